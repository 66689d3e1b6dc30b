import type { Reader } from '../dump/bytes.ts';
import type { ReadState, VirtualMemory } from './virtual.ts';

/**
 * Memory of which only what the dump holds is believed. A log's pages are zeros where they were left out; a structure's are not: what
 * stands on a page that is not in the dump is unknown.
 */
export interface KnownMemory {
  readonly wordSize: 4 | 8;
  /** Bytes. */
  readonly pageSize: number;
  /** Integers in the byte order of the dumped machine. */
  readonly reader: Reader;
  /** All of the bytes, or undefined where one of them is not there; {@link why} says the reason. The result may be a view: do not write. */
  bytes(address: bigint, length: number): Buffer | undefined;
  /** Why {@link bytes} has none: not mapped, left out, missing, damaged. */
  why(address: bigint, length: number): Exclude<ReadState, 'present'> | undefined;
  /** An unsigned word of the machine. */
  word(address: bigint): bigint | undefined;
  u32(address: bigint): number | undefined;
  /**
   * A large table, read once: as much of its beginning as is there, past the page cache, which it would flood.
   */
  table(address: bigint, length: number): Buffer;
}

/** More than any table of a kernel: names of 4 million symbols, BTF of everything built in. */
const MAX_TABLE = 64 << 20;
/** No structure or string that is read whole is larger. */
const MAX_BYTES = 8 << 20;

export function knownMemory(memory: VirtualMemory): KnownMemory {
  const { wordSize, pageSize, reader } = memory;
  const mask = wordSize === 8 ? 0xffffffffffffffffn : 0xffffffffn;
  /** As much from an address on as lies in one piece of physical memory. */
  const run = (address: bigint, most: number): { readonly paddr: number | undefined; readonly bytes: number } => {
    const paddr = memory.toPhysical(address & mask);
    let bytes = Math.min(most, pageSize - Number(address & BigInt(pageSize - 1)));
    while (paddr !== undefined && bytes < most && memory.toPhysical((address + BigInt(bytes)) & mask) === paddr + bytes) bytes += pageSize;
    return { paddr, bytes: Math.min(bytes, most) };
  };
  /** How much of a piece that is not all there is, page by page. */
  const held = (paddr: number, piece: Buffer): number => {
    let done = 0;
    while (done < piece.length) {
      const take = Math.min(pageSize - ((paddr + done) % pageSize), piece.length - done);
      if (memory.physical.readPast(paddr + done, piece.subarray(done, done + take)) !== 'present') break;
      done += take;
    }
    return done;
  };
  const bytes = (address: bigint, length: number): Buffer | undefined => {
    if (!(length >= 0 && length <= MAX_BYTES)) return undefined;
    const { bytes, state } = memory.read(address & mask, length);
    return state === 'present' ? bytes : undefined;
  };
  return {
    wordSize,
    pageSize,
    reader,
    bytes,
    why(address, length) {
      if (!(length >= 0 && length <= MAX_BYTES)) return 'unmapped';
      const { state } = memory.read(address & mask, length);
      return state === 'present' ? undefined : state;
    },
    word(address) {
      const b = bytes(address, wordSize);
      return b && memory.wordAt(b, 0);
    },
    u32(address) {
      const b = bytes(address, 4);
      return b && reader.u32(b, 0);
    },
    table(address, length) {
      const into = Buffer.allocUnsafe(Math.max(0, Math.min(length, MAX_TABLE)));
      const { physical } = memory;
      let done = 0;
      while (done < into.length) {
        const { paddr, bytes } = run(address + BigInt(done), into.length - done);
        if (paddr === undefined) break;
        const piece = into.subarray(done, done + bytes);
        if (physical.readPast(paddr, piece) !== 'present') return into.subarray(0, done + held(paddr, piece));
        done += bytes;
      }
      return into.subarray(0, done);
    },
  };
}
