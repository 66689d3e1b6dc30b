import type { Reader } from '../dump/bytes.ts';

/** How the addresses of symbols are stored (kernel/kallsyms.c kallsyms_sym_address). */
export type Encoding =
  /** Words, up to 6.10 where CONFIG_KALLSYMS_BASE_RELATIVE was off. */
  | 'absolute'
  /** u32 from a base, 4.6 to 6.19. */
  | 'base-relative'
  /** s32: as it is where ≥ 0 (per-CPU), else base - 1 - v; 4.6 to 6.14 with CONFIG_KALLSYMS_ABSOLUTE_PERCPU. */
  | 'absolute-percpu'
  /** s32 from where it stands itself, since 7.0. */
  | 'place-relative';

export interface AddressTable {
  readonly encoding: Encoding;
  /** Of the first entry. */
  readonly address: bigint;
  readonly base: bigint;
  readonly bytes: Buffer;
  readonly reader: Reader;
  readonly wordSize: 4 | 8;
}

/** Addresses of all symbols: each on demand, and searched by address over a table of doubles made at the first search. */
export class Addresses {
  readonly count: number;
  readonly #mask: bigint;
  readonly #at: (index: number) => bigint;
  /** Distance from the base: fits a double, and orders as addresses do. */
  readonly #keyAt: (index: number) => number;
  #sorted: { readonly keys: Float64Array; readonly order: Uint32Array | undefined } | undefined;

  constructor(
    readonly table: AddressTable,
    count: number,
  ) {
    this.#mask = table.wordSize === 8 ? 0xffffffffffffffffn : 0xffffffffn;
    this.count = Math.min(count, Math.floor(table.bytes.length / (table.encoding === 'absolute' ? table.wordSize : 4)));
    this.#at = decoder(table);
    this.#keyAt = keys(table);
  }

  /** The same table where the kernel lies elsewhere (KASLR): what was made to search it stays, for that knows distances alone. */
  moved(by: bigint): Addresses {
    const { table } = this;
    const moved = new Addresses({ ...table, address: table.address + by, base: table.base + by }, this.count);
    moved.#sorted = this.#sorted;
    return moved;
  }

  at(index: number): bigint {
    return this.#at(index) & this.#mask;
  }

  /**
   * The first symbol, in the table's order, of the address that is the nearest at or below: what the kernel prints of several that
   * share one. `next` is the next other address.
   */
  floor(address: bigint): { readonly index: number; readonly start: bigint; readonly next: bigint | undefined } | undefined {
    const { keys, order } = this.#search();
    const key = keyOf(this.table, address & this.#mask);
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! <= key) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    let first = low - 1;
    while (first > 0 && keys[first - 1] === keys[first]) first--;
    const indexOf = (i: number): number => order?.[i] ?? i;
    return {
      index: indexOf(first),
      start: this.at(indexOf(first)),
      next: low < keys.length ? this.at(indexOf(low)) : undefined,
    };
  }

  /** All symbols by address: indices, ascending. */
  *ascending(): Generator<number> {
    const { keys, order } = this.#search();
    for (let i = 0; i < keys.length; i++) yield order?.[i] ?? i;
  }

  #search(): { readonly keys: Float64Array; readonly order: Uint32Array | undefined } {
    if (this.#sorted) return this.#sorted;
    let keys: Float64Array = new Float64Array(this.count);
    let ascends = true;
    for (let i = 0; i < this.count; i++) {
      keys[i] = this.#keyAt(i);
      if (i > 0 && keys[i]! < keys[i - 1]!) ascends = false;
    }
    let order: Uint32Array | undefined;
    if (!ascends) {
      const unsorted = keys;
      order = Uint32Array.from({ length: this.count }, (_, i) => i).sort((a, b) => unsorted[a]! - unsorted[b]! || a - b);
      keys = Float64Array.from(order, (i) => unsorted[i]!);
    }
    this.#sorted = { keys, order };
    return this.#sorted;
  }
}

/** Absolute values beside a base are per-CPU offsets: they come before all addresses. */
const SMALL = 0x80000000n;
const BELOW_ALL = 2 ** 62;

/** Where an address stands among the keys. */
function keyOf(table: AddressTable, address: bigint): number {
  const { wordSize, encoding } = table;
  const base = originOf(table);
  if (wordSize === 4) return Number(address - base);
  // per-CPU offsets come before all addresses, and what lies in the other half of the address space is far from any symbol
  if (encoding === 'absolute-percpu' && address < SMALL) return Number(address) - BELOW_ALL;
  if (address >> 63n !== base >> 63n) return Number(address) - 2 * BELOW_ALL;
  return Number(BigInt.asIntN(64, address - base));
}

/** What distances are counted from: of a table without a base its first address. */
function originOf({ encoding, base, bytes, reader, wordSize }: AddressTable): bigint {
  if (encoding !== 'absolute' || bytes.length < wordSize) return base;
  return wordSize === 8 ? reader.u64(bytes, 0) : 0n;
}

function keys(table: AddressTable): (index: number) => number {
  const { encoding, address, bytes, reader, wordSize } = table;
  const base = originOf(table);
  switch (encoding) {
    case 'absolute':
      return wordSize === 8 ? (i) => keyOf(table, reader.u64(bytes, 8 * i)) : (i) => reader.u32(bytes, 4 * i);
    case 'base-relative':
      return (i) => reader.u32(bytes, 4 * i);
    case 'absolute-percpu':
      return (i) => {
        const v = reader.u32(bytes, 4 * i) | 0;
        return v >= 0 ? v - BELOW_ALL : -1 - v;
      };
    case 'place-relative': {
      const shift = Number(address - base);
      return (i) => shift + 4 * i + (reader.u32(bytes, 4 * i) | 0);
    }
  }
}

function decoder({ encoding, address, base, bytes, reader, wordSize }: AddressTable): (index: number) => bigint {
  const u32 = (i: number): number => reader.u32(bytes, 4 * i);
  const s32 = (i: number): bigint => BigInt(u32(i) | 0);
  switch (encoding) {
    case 'absolute':
      return wordSize === 8 ? (i) => reader.u64(bytes, 8 * i) : (i) => BigInt(u32(i));
    case 'base-relative':
      return (i) => base + BigInt(u32(i));
    case 'absolute-percpu':
      return (i) => {
        const v = s32(i);
        return v >= 0n ? v : base - 1n - v;
      };
    case 'place-relative':
      return (i) => address + BigInt(4 * i) + s32(i);
  }
}
