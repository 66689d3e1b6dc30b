import type { SparseMemory } from './sparse-memory.ts';
import { type Shape, StructWriter } from './struct-writer.ts';

/** How one architecture writes its page tables. Levels count from the root, 0. */
export interface TableFormat {
  readonly levels: readonly { readonly shift: number; readonly bits: number }[];
  readonly entryBytes: 4 | 8;
  /** Entry that points to the table of the next level. */
  table(pa: number, level: number): bigint;
  /** Entry that maps memory: a page at the last level, a block above it. */
  leaf(pa: number, level: number): bigint;
  /** What an unused entry holds, where that is not 0 (s390x: invalid bits). */
  empty?(level: number): bigint;
}

export class PageTables {
  constructor(
    readonly memory: SparseMemory,
    readonly shape: Shape,
    readonly format: TableFormat,
    readonly root: number,
    /** Physical address of a new table of that many bytes, aligned to its size. */
    readonly allocate: (bytes: number) => number,
  ) {
    this.#clear(root, 0);
  }

  readonly #children = new Map<string, number>();

  /** Maps `size` bytes with entries of `level` (the last unless said). */
  map(va: bigint, physicalOf: (offset: number) => number, size: number, level = this.format.levels.length - 1): void {
    const step = 2 ** this.format.levels[level]!.shift;
    for (let offset = 0; offset < size; offset += step) this.#mapOne(va + BigInt(offset), physicalOf(offset), level);
  }

  #mapOne(va: bigint, pa: number, leafLevel: number): void {
    let table = this.root;
    for (let level = 0; level < leafLevel; level++) {
      const at = table + this.#index(va, level) * this.format.entryBytes;
      const key = `${level}:${at}`;
      let child = this.#children.get(key);
      if (child === undefined) {
        child = this.allocate(this.tableBytes(level + 1));
        this.#clear(child, level + 1);
        this.#children.set(key, child);
        this.#entry(at, this.format.table(child, level));
      }
      table = child;
    }
    this.#entry(table + this.#index(va, leafLevel) * this.format.entryBytes, this.format.leaf(pa, leafLevel));
  }

  tableBytes(level: number): number {
    return 2 ** this.format.levels[level]!.bits * this.format.entryBytes;
  }

  #index(va: bigint, level: number): number {
    const { shift, bits } = this.format.levels[level]!;
    return Number((va >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
  }

  #clear(table: number, level: number): void {
    const empty = this.format.empty?.(level) ?? 0n;
    if (empty !== 0n) for (let i = 0; i < 2 ** this.format.levels[level]!.bits; i++) this.#entry(table + i * this.format.entryBytes, empty);
    else this.memory.put(table, Buffer.alloc(this.tableBytes(level)));
  }

  #entry(at: number, value: bigint): void {
    const w = new StructWriter(this.shape, this.format.entryBytes);
    this.memory.put(at, (this.format.entryBytes === 8 ? w.u64(0, value) : w.u32(0, Number(value))).bytes);
  }
}
