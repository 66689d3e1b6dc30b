import type { KnownMemory } from '../../memory/known.ts';
import type { Step } from '../walk.ts';

/** pt_regs of i386: bx cx dx si di bp ax ds es fs gs orig_ax ip cs flags sp, four bytes each. */
const BP = 20n;
const IP = 48n;
const CS = 52n;
const SP = 60n;
/** Entries store the address of pt_regs in ebp with its highest bit off (ENCODE_FRAME_POINTER, 4.15); kernel addresses have it on. */
const KERNEL = 0x80000000n;

/** i386: {ebp, return address} at ebp (CONFIG_UNWINDER_FRAME_POINTER; there is no ORC for it). */
export function i386Step(memory: KnownMemory, isText: (ip: bigint) => boolean): Step {
  return ({ fp, reliable }) => {
    if (fp === 0n) return 'thread';
    if (fp % 4n !== 0n) return 'lost';
    if ((fp & KERNEL) === 0n) {
      const regs = fp | KERNEL;
      const [ip, sp, before, cs] = [memory.word(regs + IP), memory.word(regs + SP), memory.word(regs + BP), memory.word(regs + CS)];
      if (ip === undefined || sp === undefined || before === undefined || cs === undefined) return 'lost';
      // a kernel thread's pt_regs are zeros
      if (ip === 0n && cs === 0n) return 'thread';
      return (cs & 3n) === 3n ? 'user' : { ip, sp, fp: before, at: sp, interrupted: true, reliable };
    }
    const [next, ip] = [memory.word(fp), memory.word(fp + 4n)];
    if (next === undefined || ip === undefined) return 'unreadable';
    if (next === 0n && !isText(ip)) return 'thread';
    return { ip, sp: fp + 8n, fp: next, at: fp + 4n, interrupted: false, reliable };
  };
}
