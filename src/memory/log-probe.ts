import type { VirtualMemory } from './virtual.ts';
import { logGeneration, type Vmcoreinfo } from './vmcoreinfo.ts';

interface Found {
  readonly info: Vmcoreinfo;
  readonly memory: VirtualMemory;
}

/**
 * True where what the log's pointers lead to looks like a log: a translation that is right for the kernel image may still be wrong for
 * memory that lies elsewhere.
 */
export function isLogThere(kernel: Found): boolean {
  switch (logGeneration(kernel.info)) {
    case 'lockless':
      return isRing(kernel);
    case 'records':
      return isRecordAt(kernel);
    default:
      return true; // bytes of any kind
  }
}

/** An index of the descriptor array is the low bits of the identifier that stands there (prb_desc.state_var, since 5.10). */
function isRing({ info, memory }: Found): boolean {
  const prb = info.symbol('prb');
  const ring = prb === undefined ? undefined : memory.word(prb);
  if (ring === undefined) return false;
  const descRing = ring + BigInt(info.offset('printk_ringbuffer.desc_ring') ?? 0);
  const countBits = memory.u32(descRing + BigInt(info.offset('prb_desc_ring.count_bits') ?? 0));
  const descs = memory.word(descRing + BigInt(info.offset('prb_desc_ring.descs') ?? memory.wordSize));
  if (countBits === undefined || countBits < 1 || countBits > 27 || descs === undefined) return false;
  const state = info.offset('prb_desc.state_var') ?? 0;
  const second = memory.word(descs + BigInt((info.size('prb_desc') ?? 3 * memory.wordSize) + state));
  return second !== undefined && (second & ((1n << BigInt(countBits)) - 1n)) === 1n;
}

/** The oldest record's length is one that a header can have. */
function isRecordAt({ info, memory }: Found): boolean {
  const [buffer, first] = [info.symbol('log_buf'), info.symbol('log_first_idx')];
  const start = buffer === undefined ? undefined : memory.word(buffer);
  const index = first === undefined ? undefined : memory.u32(first);
  if (start === undefined || index === undefined) return false;
  const { bytes, state } = memory.read(start + BigInt(index), 16);
  const length = memory.reader.u16(bytes, info.offset('printk_log.len') ?? info.offset('log.len') ?? 8);
  return state === 'present' && length >= 16 && length % 4 === 0;
}
