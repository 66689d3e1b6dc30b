import type { Reader } from '../../dump/bytes.ts';
import type { PhysicalMemory } from '../physical.ts';
import { asPhysical, type Translate } from './architecture.ts';

export interface Level {
  /** Lowest bit of the address that indexes this level's table. */
  readonly shift: number;
  readonly bits: number;
}

/** What a table entry says: nothing mapped, the physical address of the next table, or of the memory itself. */
type Entry = { readonly next: bigint } | { readonly leaf: bigint } | undefined;

export interface PageTables {
  readonly physical: PhysicalMemory;
  readonly reader: Reader;
  /** Physical address of the top table. */
  readonly root: number;
  /** Top level first. */
  readonly levels: readonly Level[];
  readonly entrySize: 4 | 8;
  /** @param last true at the lowest level, whose entries can only be pages */
  readonly decode: (entry: bigint, level: number, last: boolean) => Entry;
}

/** Walks page tables: one bounded loop, an entry a level. */
export function pageTableWalk({ physical, reader, root, levels, entrySize, decode }: PageTables): Translate {
  return (vaddr) => {
    let table: number | undefined = root;
    for (let i = 0; i < levels.length && table !== undefined; i++) {
      const { shift, bits } = levels[i]!;
      const index = Number((vaddr >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
      const { bytes, state } = physical.read(table + index * entrySize, entrySize);
      if (state !== 'present') return undefined;
      const entry = decode(entrySize === 8 ? reader.u64(bytes, 0) : BigInt(reader.u32(bytes, 0)), i, i === levels.length - 1);
      if (entry === undefined) return undefined;
      if ('leaf' in entry) {
        const within = (1n << BigInt(shift)) - 1n;
        return asPhysical((entry.leaf & ~within) | (vaddr & within));
      }
      table = asPhysical(entry.next);
    }
    return undefined;
  };
}

/** `count` equal levels above pages of 2^pageShift bytes, top first. */
export const equalLevels = (count: number, pageShift: number, bits: number): Level[] =>
  Array.from({ length: count }, (_, i) => ({ shift: pageShift + bits * (count - 1 - i), bits }));
