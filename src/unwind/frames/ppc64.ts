import type { KnownMemory } from '../../memory/known.ts';
import type { Step } from '../walk.ts';

/** Bytes from a frame's start to the return address that its callee saved there. */
const LR_SAVE = 16n;
/** "regs" in the word that marks a frame with pt_regs; "regshere" before 5.18 (6895dfc04741 put it into 32 bits, in either order). */
const MARKERS: ReadonlySet<bigint | undefined> = new Set([0x52454753n, 0x53474552n, 0x7265677368657265n]);
/** Where the marker and pt_regs lie in such a frame: since 6.2 (cd52414d5a6c) behind the smallest frame of ABI v2, before behind 112 bytes. */
const FORMS: readonly { readonly marker: bigint; readonly regs: bigint }[] = [
  { marker: 96n, regs: 112n },
  { marker: 32n, regs: 48n },
];
/** pt_regs: 32 gprs, nip, msr, orig_gpr3, ctr, link. */
const GPR1 = 8n;
const NIP = 32n * 8n;
const MSR = 33n * 8n;
/** Problem state: user space. */
const MSR_PR = 0x4000n;

/** powerpc, 64 bits: r1's back chain; the caller's address lies in the caller's own frame. */
export function ppc64Step(memory: KnownMemory): Step {
  return ({ sp, reliable }) => {
    if (sp % 16n !== 0n) return 'lost';
    const next = memory.word(sp);
    if (next === undefined) return 'unreadable';
    for (const { marker, regs } of FORMS) {
      if (!MARKERS.has(memory.word(sp + marker))) continue;
      const [ip, before, msr] = [memory.word(sp + regs + NIP), memory.word(sp + regs + GPR1), memory.word(sp + regs + MSR)];
      if (ip === undefined || before === undefined || msr === undefined) return 'unreadable';
      return msr & MSR_PR ? 'user' : { ip, sp: before, fp: 0n, at: before, interrupted: true, reliable };
    }
    if (next === 0n) return 'thread';
    const ip = memory.word(next + LR_SAVE);
    return ip === undefined ? 'unreadable' : { ip, sp: next, fp: 0n, at: next + LR_SAVE, interrupted: false, reliable };
  };
}
