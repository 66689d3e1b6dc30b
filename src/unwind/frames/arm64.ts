import type { KnownMemory } from '../../memory/known.ts';
import type { StackEnd } from '../stack.ts';
import type { Position, Step } from '../walk.ts';

/** struct pt_regs of arm64: x0 to x30, sp, pc, pstate; then orig_x0, syscallno, pmr, sdei_ttbr1 before the frame record. */
const FP = 29n * 8n;
const SP = 31n * 8n;
const PC = 32n * 8n;
const STACKFRAME = 296n;
/** A record whose both memory are 0 says in a third what it is, since 6.14 (c2c6b27b5aa1); before, it was the end. */
const META_REGISTERS = 2n;

/**
 * arm64: a chain of records {fp, lr}, each at the address that the last one named. An exception entry puts a record into pt_regs,
 * with the interrupted function's fp and pc, so the chain runs through it; `el1h_64_irq` and its like are the entries.
 * @param pacMask NUMBER(KERNELPACMASK): bits of a return address that hold its signature
 */
export function arm64Step(memory: KnownMemory, entryAt: (ip: bigint) => boolean, pacMask: bigint): Step {
  return (position) => {
    const { fp } = position;
    if (fp === 0n) return 'thread';
    if (fp % 8n !== 0n) return 'lost';
    const next = memory.word(fp);
    const lr = memory.word(fp + 8n);
    if (next === undefined || lr === undefined) return 'unreadable';
    if (next === 0n && lr === 0n) return metaRecord(memory, fp, position);
    const ip = withoutSignature(lr, pacMask);
    // the record of an entry lies in pt_regs: its lr is where the CPU was, no return address
    const interrupted = !position.interrupted && entryAt(position.ip);
    return { ip, sp: fp + 16n, fp: next, at: fp + 8n, interrupted, reliable: position.reliable };
  };
}

function metaRecord(memory: KnownMemory, fp: bigint, { reliable }: Position): Position | StackEnd {
  if (memory.word(fp + 16n) !== META_REGISTERS) return 'thread';
  const regs = fp - STACKFRAME;
  const [ip, sp, before] = [memory.word(regs + PC), memory.word(regs + SP), memory.word(regs + FP)];
  if (ip === undefined || sp === undefined || before === undefined) return 'unreadable';
  return { ip, sp, fp: before, at: sp, interrupted: true, reliable };
}

/** Pointer authentication puts a signature into the bits above the address; a kernel address has ones there. */
const withoutSignature = (lr: bigint, mask: bigint): bigint => ((lr >> 55n) & 1n ? lr | mask : lr & ~mask);
