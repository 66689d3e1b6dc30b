import type { KnownMemory } from '../../memory/known.ts';
import { decodeOrc, ORC_ENTRY_BYTES, type OrcEntry, type OrcVersion } from './entry.ts';

/** Tables of the kernel or of a module, where they lie in the dump. */
export interface OrcTable {
  /** Of s32, each the distance from its own place to the code that its entry is for; ascending. */
  readonly ips: bigint;
  readonly entries: bigint;
  readonly count: number;
}

/** The largest kernel has some 0.5 million entries; a forged count costs three more steps of the search. */
const MAX_ENTRIES = 1 << 23;

/** The entry for an address: the last that begins at or before it. Searched in the dump itself, some 19 reads of few pages. */
export function findOrc(table: OrcTable, address: bigint, memory: KnownMemory, version: OrcVersion): OrcEntry | undefined {
  const codeAt = (i: number): bigint | undefined => {
    const at = table.ips + BigInt(4 * i);
    const distance = memory.bytes(at, 4)?.readInt32LE(0);
    return distance === undefined ? undefined : BigInt.asUintN(64, at + BigInt(distance));
  };
  let low = 0;
  let high = Math.min(table.count, MAX_ENTRIES);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const code = codeAt(middle);
    if (code === undefined) return undefined;
    if (code <= address) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return undefined;
  const bytes = memory.bytes(table.entries + BigInt(ORC_ENTRY_BYTES * (low - 1)), ORC_ENTRY_BYTES);
  return bytes && decodeOrc(bytes, version);
}
