import type { ByteOrder } from '../dump/bytes.ts';
import { type Reader, readerFor } from '../dump/bytes.ts';
import { type PageState, worse } from '../dump/page-state.ts';
import type { PhysicalMemory } from './physical.ts';

/** The state of what was read at a virtual address: as of its pages, or no page is mapped there. */
export type ReadState = PageState | 'unmapped';

export interface Reading {
  /** Always as long as was asked for; what was not there is zeros. */
  readonly bytes: Buffer;
  readonly state: ReadState;
}

/** Bytes that can be relied on: in the file, or left out by makedumpfile because they were zeros. */
export const isReadable = (state: ReadState): boolean => state === 'present' || state === 'excluded';

/** The kernel's view of memory: reads by virtual address in its byte order and word size. */
export class VirtualMemory {
  readonly #translated = new Map<bigint, number | undefined>();
  readonly #mask: bigint;
  readonly reader: Reader;

  constructor(
    readonly physical: PhysicalMemory,
    readonly toPhysical: (vaddr: bigint) => number | undefined,
    readonly pageSize: number,
    order: ByteOrder,
    readonly wordSize: 4 | 8,
  ) {
    this.#mask = BigInt(pageSize - 1);
    this.reader = readerFor(order);
  }

  read(vaddr: bigint, length: number): Reading {
    const within = Number(vaddr & this.#mask);
    if (within + length <= this.pageSize) return this.#withinPage(vaddr, within, length);
    const bytes = Buffer.alloc(length);
    let state: ReadState = 'present';
    for (let done = 0; done < length; ) {
      const at = vaddr + BigInt(done);
      const from = Number(at & this.#mask);
      const take = Math.min(this.pageSize - from, length - done);
      const part = this.#withinPage(at, from, take);
      part.bytes.copy(bytes, done);
      state = state === 'unmapped' || part.state === 'unmapped' ? 'unmapped' : worse(state, part.state);
      done += take;
    }
    return { bytes, state };
  }

  /** Addresses of the pages that were read so far. */
  get pagesRead(): Iterable<bigint> {
    return this.#translated.keys();
  }

  /** A word of the dumped machine: 4 or 8 bytes. */
  word(vaddr: bigint): bigint | undefined {
    const { bytes, state } = this.read(vaddr, this.wordSize);
    return isReadable(state) ? this.wordAt(bytes, 0) : undefined;
  }

  u32(vaddr: bigint): number | undefined {
    const { bytes, state } = this.read(vaddr, 4);
    return isReadable(state) ? this.reader.u32(bytes, 0) : undefined;
  }

  u64(vaddr: bigint): bigint | undefined {
    const { bytes, state } = this.read(vaddr, 8);
    return isReadable(state) ? this.reader.u64(bytes, 0) : undefined;
  }

  wordAt(bytes: Buffer, at: number): bigint {
    return this.wordSize === 8 ? this.reader.u64(bytes, at) : BigInt(this.reader.u32(bytes, at));
  }

  #withinPage(vaddr: bigint, within: number, length: number): Reading {
    const paddr = this.#page(vaddr - BigInt(within));
    return paddr === undefined ? { bytes: Buffer.alloc(length), state: 'unmapped' } : this.physical.read(paddr + within, length);
  }

  #page(page: bigint): number | undefined {
    const known = this.#translated.get(page);
    if (known !== undefined || this.#translated.has(page)) return known;
    const paddr = this.toPhysical(page);
    if (this.#translated.size > 65536) this.#translated.clear();
    this.#translated.set(page, paddr);
    return paddr;
  }
}
