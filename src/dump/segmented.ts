import type { PhysicalRange } from './dump.ts';
import { disjoint, type Interval, lastStartingBy } from './intervals.ts';
import { type PageState, worse } from './page-state.ts';
import type { ByteSource } from './source.ts';

/** Physical memory that lies uncompressed in a file, range by range: ELF, LiME, raw images, s390 stand-alone dumps. */
export class SegmentedMemory {
  readonly #stored: readonly Interval[];
  readonly #known: readonly Interval[];
  /** Ranges whose bytes the file really has: headers may claim any size. */
  readonly ranges: readonly PhysicalRange[];

  /**
   * @param stored where bytes are
   * @param known all memory that the file speaks of, stored or not: what is known and not stored was filtered out
   */
  constructor(
    readonly source: ByteSource,
    stored: readonly Interval[],
    known: readonly Interval[] = stored,
  ) {
    this.#stored = disjoint(stored);
    this.#known = known === stored ? this.#stored : disjoint(known);
    this.ranges = this.#stored
      .map(({ start, end, offset }) => ({ start, end: Math.min(end, start + Math.max(0, source.size - offset)) }))
      .filter((r) => r.end > r.start);
  }

  holds(paddr: number): boolean {
    const found = this.ranges[lastStartingBy(this.ranges, paddr)];
    return found !== undefined && paddr < found.end;
  }

  nextHeld(paddr: number): number | undefined {
    const index = lastStartingBy(this.ranges, paddr);
    const found = this.ranges[index];
    return found !== undefined && paddr < found.end ? paddr : this.ranges[index + 1]?.start;
  }

  read(paddr: number, into: Buffer): PageState {
    into.fill(0);
    let state: PageState = 'present';
    let at = paddr;
    const end = paddr + into.length;
    while (at < end) {
      const index = lastStartingBy(this.#stored, at);
      const interval = this.#stored[index];
      if (interval && at < interval.end) {
        const length = Math.min(end, interval.end) - at;
        const bytes = this.source.read(interval.offset + (at - interval.start), length);
        bytes.copy(into, at - paddr);
        if (bytes.length < length) state = 'missing'; // the file was cut
        at += length;
      } else {
        const next = Math.min(this.#stored[index + 1]?.start ?? end, end);
        state = worse(state, this.#isKnown(at, next) ? 'excluded' : 'missing');
        at = next;
      }
    }
    return state;
  }

  #isKnown(start: number, end: number): boolean {
    const found = this.#known[lastStartingBy(this.#known, start)];
    return found !== undefined && end <= found.end;
  }
}
