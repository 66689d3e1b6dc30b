import type { Reader } from '../../dump/bytes.ts';
import type { PhysicalMemory } from '../physical.ts';
import { asPhysical, type KernelFacts, type Translate, type Translation, walkFromTop } from './architecture.ts';

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

/** 32-bit kernels: what the tables map, and low memory by its formula where they are lost. */
export function tablesThenLowMemory(
  facts: KernelFacts,
  lowMemory: Translate,
  walkFrom: (facts: KernelFacts, root: number) => Translate,
): Translation {
  const walk = walkFromTop(facts.info.symbol('swapper_pg_dir'), lowMemory, (root) => walkFrom(facts, root));
  return { translate: (v) => walk?.(v) ?? lowMemory(v), walk };
}

/** Walks page tables: one bounded loop, an entry a level. */
export function pageTableWalk({ physical, reader, root, levels, entrySize, decode }: PageTables): Translate {
  const { ofMachine } = physical.dump;
  const own = (address: bigint): number | undefined => {
    const paddr = asPhysical(address);
    return paddr === undefined || !ofMachine ? paddr : ofMachine(paddr);
  };
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
        return own((entry.leaf & ~within) | (vaddr & within));
      }
      table = own(entry.next);
    }
    return undefined;
  };
}

/** Physical addresses of more than 32 bits on a 32-bit CPU: i386 with PAE, arm with LPAE. Entries of 8 bytes, pages of 4 KiB. */
export const EXTENDED_LEVELS: readonly Level[] = [
  { shift: 30, bits: 2 },
  { shift: 21, bits: 9 },
  { shift: 12, bits: 9 },
];

/** `count` equal levels above pages of 2^pageShift bytes, top first. */
export const equalLevels = (count: number, pageShift: number, bits: number): Level[] =>
  Array.from({ length: count }, (_, i) => ({ shift: pageShift + bits * (count - 1 - i), bits }));
