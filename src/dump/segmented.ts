import type { PhysicalRange } from './dump.ts';
import { disjoint, Intervals, lastBy, upTo } from './intervals.ts';
import { type PageState, worse } from './page-state.ts';
import type { ByteSource } from './source.ts';

/** Physical memory that lies uncompressed in a file, range by range: ELF, LiME, raw images, s390 stand-alone dumps. */
export class SegmentedMemory {
  readonly #stored: Intervals;
  readonly #known: Intervals;
  /** Ranges whose bytes the file really has: headers may claim any size. */
  readonly ranges: readonly PhysicalRange[];

  /**
   * @param stored where bytes are
   * @param known all memory that the file speaks of, stored or not: what is known and not stored was filtered out
   */
  constructor(
    readonly source: ByteSource,
    stored: Intervals,
    known: Intervals = stored,
  ) {
    this.#stored = disjoint(stored);
    this.#known = known === stored ? this.#stored : disjoint(known);
    this.ranges = heldRanges(onceOnly(this.#stored, source.size), source.size);
  }

  holds(paddr: number): boolean {
    const found = this.ranges[this.#rangeBy(paddr)];
    return found !== undefined && paddr < found.end;
  }

  nextHeld(paddr: number): number | undefined {
    const index = this.#rangeBy(paddr);
    const found = this.ranges[index];
    return found !== undefined && paddr < found.end ? paddr : this.ranges[index + 1]?.start;
  }

  read(paddr: number, into: Buffer): PageState {
    let state: PageState = 'present';
    let at = paddr;
    const end = paddr + into.length;
    while (at < end) {
      const index = this.#stored.lastStartingBy(at);
      if (index >= 0 && at < this.#stored.end(index)) {
        const length = Math.min(end, this.#stored.end(index)) - at;
        const part = into.subarray(at - paddr, at - paddr + length);
        const got = this.#readInto(this.#stored.offset(index) + (at - this.#stored.start(index)), part);
        if (got < length) {
          part.fill(0, got);
          state = 'missing'; // the file was cut
        }
        at += length;
      } else {
        const next = index + 1 < this.#stored.length ? Math.min(this.#stored.start(index + 1), end) : end;
        into.fill(0, at - paddr, next - paddr);
        state = worse(state, this.#isKnown(at, next) ? 'excluded' : 'missing');
        at = next;
      }
    }
    return state;
  }

  #readInto(offset: number, into: Buffer): number {
    if (this.source.readInto) return this.source.readInto(offset, into);
    return this.source.read(offset, into.length).copy(into);
  }

  #rangeBy(paddr: number): number {
    return lastBy(this.ranges.length, (i) => this.ranges[i]!.start <= paddr);
  }

  #isKnown(start: number, end: number): boolean {
    const found = this.#known.lastStartingBy(start);
    return found >= 0 && end <= this.#known.end(found);
  }
}

/**
 * Intervals of which no two have the same bytes of the file: no dump has a byte of memory twice, and one that claims so must not make
 * who looks through memory go through more than the file holds.
 */
function onceOnly(stored: Intervals, size: number): Intervals {
  let held = 0;
  for (let i = 0; i < stored.length; i++) held += stored.end(i) - stored.start(i);
  if (held <= size) return stored;
  const isKept = new Uint8Array(stored.length);
  let covered = 0;
  const byOffset = upTo(stored.length).sort((a, b) => stored.offset(a) - stored.offset(b) || a - b);
  for (const i of byOffset) {
    if (stored.offset(i) < covered) continue;
    isKept[i] = 1;
    covered = stored.offset(i) + stored.end(i) - stored.start(i);
  }
  const kept = new Intervals();
  for (let i = 0; i < stored.length; i++) if (isKept[i]) kept.push(stored.start(i), stored.end(i), stored.offset(i));
  return kept;
}

/** What of the intervals the file has, neighbours joined. */
function heldRanges(stored: Intervals, size: number): PhysicalRange[] {
  const ranges: { readonly start: number; end: number }[] = [];
  for (let i = 0; i < stored.length; i++) {
    const start = stored.start(i);
    const end = Math.min(stored.end(i), start + Math.max(0, size - stored.offset(i)));
    const before = ranges.at(-1);
    if (before?.end === start && end > start) before.end = end;
    else if (end > start) ranges.push({ start, end });
  }
  return ranges;
}
