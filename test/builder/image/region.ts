import type { SparseMemory } from './sparse-memory.ts';
import { alignUp } from './struct-writer.ts';

/** A stretch of kernel virtual addresses backed by memory, from which variables and arrays are allocated upwards. */
export class Region {
  #next = 0;

  constructor(
    readonly vbase: bigint,
    readonly size: number,
    /** Physical address of an offset in the region; linear within one 4 KiB page. */
    readonly physicalOf: (offset: number) => number,
  ) {}

  static contiguous(vbase: bigint, pbase: number, size: number): Region {
    return new Region(vbase, size, (offset) => pbase + offset);
  }

  allocate(size: number, align = 8): bigint {
    const at = alignUp(this.#next, align);
    if (at + size > this.size) throw new RangeError(`region at ${this.vbase.toString(16)} is full: ${at + size} > ${this.size}`);
    this.#next = at + size;
    return this.vbase + BigInt(at);
  }

  physical(vaddr: bigint): number {
    return this.physicalOf(Number(vaddr - this.vbase));
  }

  holds(vaddr: bigint): boolean {
    return vaddr >= this.vbase && vaddr < this.vbase + BigInt(this.size);
  }

  write(memory: SparseMemory, vaddr: bigint, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const offset = Number(vaddr - this.vbase) + done;
      const n = Math.min(4096 - (offset % 4096), bytes.length - done);
      memory.put(this.physicalOf(offset), bytes.subarray(done, done + n));
      done += n;
    }
  }
}
