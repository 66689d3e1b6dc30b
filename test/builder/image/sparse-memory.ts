/** Granule of storage; no page size of any architecture is smaller. */
const GRANULE = 4096;

/** Bytes at an offset: of physical memory, or of a file. */
export interface Extent {
  readonly offset: number;
  readonly data: Buffer;
}

/** Physical memory of which only what was written exists; the rest reads as zeros. */
export class SparseMemory {
  readonly #pages = new Map<number, Buffer>();

  put(paddr: number, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const at = paddr + done;
      const within = at % GRANULE;
      const n = Math.min(GRANULE - within, bytes.length - done);
      bytes.copy(this.#page(at - within), within, done, done + n);
      done += n;
    }
  }

  get(paddr: number, length: number): Buffer {
    const out = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const at = paddr + done;
      const within = at % GRANULE;
      const n = Math.min(GRANULE - within, length - done);
      this.#pages.get(at - within)?.copy(out, done, within, within + n);
      done += n;
    }
    return out;
  }

  /** Whether anything there was written: most of a machine's memory was not, and need not be made to be seen to be zeros. */
  has(paddr: number, length: number): boolean {
    for (let at = paddr - (paddr % GRANULE); at < paddr + length; at += GRANULE) if (this.#pages.has(at)) return true;
    return false;
  }

  /** What was written inside `[start, end)`, ascending, neighbours joined. */
  extents(start: number, end: number): Extent[] {
    const addresses = [...this.#pages.keys()].filter((a) => a + GRANULE > start && a < end).sort((a, b) => a - b);
    const out: Extent[] = [];
    for (let i = 0; i < addresses.length; ) {
      const first = Math.max(addresses[i]!, start);
      let j = i + 1;
      while (j < addresses.length && addresses[j] === addresses[j - 1]! + GRANULE) j++;
      const last = Math.min(addresses[j - 1]! + GRANULE, end);
      out.push({ offset: first, data: this.get(first, last - first) });
      i = j;
    }
    return out;
  }

  #page(at: number): Buffer {
    let page = this.#pages.get(at);
    if (page === undefined) {
      page = Buffer.alloc(GRANULE);
      this.#pages.set(at, page);
    }
    return page;
  }
}
