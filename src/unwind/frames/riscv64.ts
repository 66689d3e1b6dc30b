import type { KnownMemory } from '../../memory/known.ts';
import type { Step } from '../walk.ts';

/** struct pt_regs of riscv64: epc, ra, sp, gp, tp, t0 to t2, s0. */
const SP = 16n;
const S0 = 64n;

export interface RiscvCode {
  /** Code that enters the kernel: handle_exception up to ret_from_exception's end; pt_regs lie where its frame begins. */
  readonly isEntry: (ip: bigint) => boolean;
  readonly isText: (ip: bigint) => boolean;
  /** call_on_irq_stack (6.6): its caller's frame lies on another stack. The kernel's own traces end there. */
  readonly isSwitch: (ip: bigint) => boolean;
}

/**
 * riscv64: the caller's frame pointer at fp - 16, the return address at fp - 8 (walk_stackframe()). A leaf function saves no return
 * address: fp - 8 then holds the frame pointer, and ra is still in its register.
 */
export function riscv64Step(memory: KnownMemory, { isEntry, isText, isSwitch }: RiscvCode): Step {
  return ({ ip, sp, fp, interrupted, registers, reliable }) => {
    if (!interrupted && isEntry(ip)) {
      const [epc, before, stack] = [memory.word(sp), memory.word(sp + S0), memory.word(sp + SP)];
      if (epc === undefined || before === undefined || stack === undefined) return 'unreadable';
      if (!isText(epc)) return 'user';
      return { ip: epc, sp: stack, fp: before, at: stack, interrupted: true, reliable };
    }
    if (fp === 0n) return 'thread';
    if (fp % 8n !== 0n || fp < 16n) return 'lost';
    // the first frame of a thread has the stack's top for its frame pointer, behind which nothing lies
    if (!isWithin(fp, sp) && !isSwitch(ip)) return 'thread';
    const [next, ra] = [memory.word(fp - 16n), memory.word(fp - 8n)];
    if (next === undefined || ra === undefined) return 'unreadable';
    const held = registers?.('ra');
    if (interrupted && held !== undefined && isWithin(ra, fp)) return { ip: held, sp: fp, fp: ra, at: fp, interrupted: false, reliable };
    if (ra === 0n) return 'thread';
    return { ip: ra, sp: fp, fp: next, at: fp - 8n, interrupted: false, reliable };
  };
}

/** THREAD_SIZE is 16 KiB, and stacks are aligned to it (twice that with KASAN). */
const STACK = 0x4000n;
const isWithin = (fp: bigint, sp: bigint): boolean =>
  fp >= sp + 16n && fp <= sp + STACK - 1n - ((sp + STACK - 1n) % STACK) && fp % 8n === 0n;
