import type { KnownMemory } from '../memory/known.ts';
import type { UnwindKernel } from './unwinder.ts';
import type { Position } from './walk.ts';

/** In struct inactive_task_frame of x86-64 (4.9): r15 r14 r13 r12 bx, then these. */
const X86_BP = 40n;
const X86_RET = 48n;

/** Where a task that is not on a CPU goes on, by its `thread`: what switch_to() saved. Undefined where that is not in the dump. */
export function sleepingAt({ machine, memory, types }: UnwindKernel, task: bigint): Position | undefined {
  const field = (path: string): bigint | undefined => {
    const member = types?.member('task_struct', path);
    return member && memory.word(task + BigInt(member.offset));
  };
  switch (machine) {
    case 'x86_64': {
      const sp = field('thread.sp');
      return sp === undefined ? undefined : inactiveFrame(memory, sp);
    }
    case 'arm64':
      return position(field('thread.cpu_context.pc'), field('thread.cpu_context.sp'), field('thread.cpu_context.fp'));
    case 'riscv64':
      return position(field('thread.ra'), field('thread.sp'), field('thread.s[0]'));
    case 's390x': {
      const ksp = field('thread.ksp');
      const r14 = types?.member('stack_frame', 'gprs[8]');
      return ksp === undefined || !r14 ? undefined : position(memory.word(ksp + BigInt(r14.offset)), ksp, 0n, ksp + BigInt(r14.offset));
    }
    case 'ppc64': {
      // _switch() saved its own frame there; the frame behind it is its caller's
      const ksp = field('thread.ksp');
      const next = ksp === undefined ? undefined : memory.word(ksp);
      return next === undefined ? undefined : position(memory.word(next + 16n), next, 0n, next + 16n);
    }
    default:
      return undefined;
  }
}

function inactiveFrame(memory: KnownMemory, sp: bigint): Position | undefined {
  return position(memory.word(sp + X86_RET), sp + X86_RET + 8n, memory.word(sp + X86_BP), sp + X86_RET);
}

function position(ip: bigint | undefined, sp: bigint | undefined, fp: bigint | undefined, at = sp): Position | undefined {
  if (ip === undefined || sp === undefined || fp === undefined || at === undefined) return undefined;
  return { ip, sp, fp, at, interrupted: false, reliable: true };
}
