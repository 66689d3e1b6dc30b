import type { Dump } from '../dump/dump.ts';
import { type PageState, worse } from '../dump/page-state.ts';

/** Bytes of pages kept; a log is read out of a few hundred pages. */
const CACHE = 16 << 20;

export interface Page {
  readonly bytes: Buffer;
  readonly state: PageState;
}

/** Physical memory of a dump with the pages last used kept, and a record of which were used (what `trim` writes). */
export class PhysicalMemory {
  readonly #pages = new Map<number, Page>();
  readonly #limit: number;
  /** Numbers of the blocks that were read, in units of dump.blockSize. */
  readonly touched = new Set<number>();

  constructor(readonly dump: Dump) {
    this.#limit = Math.max(4, Math.floor(CACHE / dump.blockSize));
  }

  /** `length` bytes, which may cross pages. Bytes that are not there are zeros and the state says so. */
  read(paddr: number, length: number): Page {
    const { blockSize } = this.dump;
    const block = Math.floor(paddr / blockSize);
    const within = paddr - block * blockSize;
    if (within + length <= blockSize) {
      const page = this.#page(block);
      return within === 0 && length === blockSize ? page : { bytes: page.bytes.subarray(within, within + length), state: page.state };
    }
    const bytes = Buffer.alloc(length);
    let state: PageState = 'present';
    for (let done = 0; done < length; ) {
      const at = paddr + done;
      const take = Math.min(blockSize - (at % blockSize), length - done);
      const part = this.read(at, take);
      part.bytes.copy(bytes, done);
      state = worse(state, part.state);
      done += take;
    }
    return { bytes, state };
  }

  /** Fills `into` past the cache, which a large table would flood; the pages count as used. */
  readPast(paddr: number, into: Buffer): PageState {
    const { blockSize } = this.dump;
    for (let block = Math.floor(paddr / blockSize); block * blockSize < paddr + into.length; block++) this.touched.add(block);
    return this.dump.readPhysical(paddr, into);
  }

  #page(block: number): Page {
    const kept = this.#pages.get(block);
    if (kept) return kept;
    this.touched.add(block);
    const bytes = Buffer.allocUnsafe(this.dump.blockSize);
    const page = { bytes, state: this.dump.readPhysical(block * this.dump.blockSize, bytes) };
    if (this.#pages.size >= this.#limit) this.#pages.delete(this.#pages.keys().next().value!);
    this.#pages.set(block, page);
    return page;
  }
}
