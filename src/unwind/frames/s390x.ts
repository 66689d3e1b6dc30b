import type { KnownMemory } from '../../memory/known.ts';
import type { Types } from '../../types/types.ts';
import type { StackEnd } from '../stack.ts';
import type { Position, Step } from '../walk.ts';

/** Offsets in struct stack_frame: of the back chain, and of r14, the return address, among the saved registers 6 to 15. */
export interface S390Frame {
  readonly backChain: bigint;
  readonly r14: bigint;
}

/** As types say, else as distributions build it: CONFIG_PACK_STACK, whose frame is empty[9], gprs[10], back_chain. */
export function s390Frame(types: Types | undefined): S390Frame {
  const backChain = types?.member('stack_frame', 'back_chain');
  const gprs = types?.member('stack_frame', 'gprs[8]');
  return { backChain: BigInt(backChain?.offset ?? 152), r14: BigInt(gprs?.offset ?? 136) };
}
/** Bytes of a frame; pt_regs follow it where an interrupt began. */
const FRAME = 160n;
/** In pt_regs: args[1], psw.mask, psw.addr, gprs. */
const PSW_MASK = 8n;
const PSW_ADDR = 16n;
const GPR15 = 24n + 15n * 8n;
/** Problem state: a user's PSW. */
const PROBLEM_STATE = 1n << 48n;

/** s390x: the back chain (unwind_bc.c); a chain that ends has pt_regs behind its frame. */
export function s390xStep(memory: KnownMemory, frame: S390Frame): Step {
  return ({ sp, reliable }) => {
    if (sp % 8n !== 0n) return 'lost';
    const next = memory.word(sp + frame.backChain);
    if (next === undefined) return 'unreadable';
    if (next === 0n) return behind(memory, sp + FRAME, reliable);
    const at = next + frame.r14;
    const ip = memory.word(at);
    return ip === undefined ? 'unreadable' : { ip, sp: next, fp: 0n, at, interrupted: false, reliable };
  };
}

function behind(memory: KnownMemory, regs: bigint, reliable: boolean): Position | StackEnd {
  const [mask, ip, sp] = [memory.word(regs + PSW_MASK), memory.word(regs + PSW_ADDR), memory.word(regs + GPR15)];
  if (mask === undefined || ip === undefined || sp === undefined) return 'unreadable';
  if (mask & PROBLEM_STATE) return 'user';
  // a kernel thread's pt_regs are zeros
  if (ip === 0n) return 'thread';
  return { ip, sp, fp: 0n, at: sp, interrupted: true, reliable };
}
