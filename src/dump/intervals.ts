/** A range and where its bytes are in the file. */
export interface Interval {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly offset: number;
}

/** Many intervals, 24 bytes each: a dump may claim a million segments, a flattened one have some for every page. */
export class Intervals {
  #columns: Float64Array;
  #length = 0;

  /** @param room for how many */
  constructor(room = 64) {
    this.#columns = new Float64Array(3 * Math.max(room, 1));
  }

  static of(intervals: Iterable<Interval>): Intervals {
    const made = new Intervals();
    for (const { start, end, offset } of intervals) made.push(start, end, offset);
    return made;
  }

  get length(): number {
    return this.#length;
  }

  push(start: number, end: number, offset: number): void {
    const at = 3 * this.#length++;
    if (at === this.#columns.length) {
      const larger = new Float64Array(2 * at);
      larger.set(this.#columns);
      this.#columns = larger;
    }
    this.#columns[at] = start;
    this.#columns[at + 1] = end;
    this.#columns[at + 2] = offset;
  }

  /** Moves the end of the last one. */
  extend(end: number): void {
    this.#columns[3 * this.#length - 2] = end;
  }

  start(index: number): number {
    return this.#columns[3 * index]!;
  }

  end(index: number): number {
    return this.#columns[3 * index + 1]!;
  }

  offset(index: number): number {
    return this.#columns[3 * index + 2]!;
  }

  /** Index of the last one that starts at or before `at`; -1 where none does. They must ascend. */
  lastStartingBy(at: number): number {
    return lastBy(this.#length, (i) => this.start(i) <= at);
  }

  /** Indices by start, those that start alike in the order of `tie`. */
  ascending(tie: (a: number, b: number) => number): Uint32Array {
    const order = upTo(this.#length);
    const compare = (a: number, b: number) => this.start(a) - this.start(b) || tie(a, b);
    for (let i = 1; i < order.length; i++) if (compare(i - 1, i) > 0) return order.sort(compare);
    return order;
  }
}

/**
 * Disjoint, ascending intervals out of ones that may overlap (kexec repeats the kernel's text in a segment of its own, QEMU with
 * paging lists a page once a mapping): where several hold a byte, the one that starts first keeps it.
 */
export function disjoint(intervals: Intervals): Intervals {
  if (isDisjoint(intervals)) return intervals;
  const result = new Intervals(intervals.length);
  let covered = Number.NEGATIVE_INFINITY;
  for (const i of intervals.ascending((a, b) => intervals.end(b) - intervals.end(a))) {
    const from = Math.max(intervals.start(i), covered);
    if (!(intervals.end(i) > from)) continue;
    result.push(from, intervals.end(i), intervals.offset(i) + (from - intervals.start(i)));
    covered = intervals.end(i);
  }
  return result;
}

function isDisjoint(intervals: Intervals): boolean {
  for (let i = 0; i < intervals.length; i++) {
    const isFree = i === 0 || intervals.start(i) >= intervals.end(i - 1);
    if (!isFree || !(intervals.end(i) > intervals.start(i))) return false;
  }
  return true;
}

/** Indices below `length`. */
export function upTo(length: number): Uint32Array {
  const indices = new Uint32Array(length);
  for (let i = 0; i < length; i++) indices[i] = i;
  return indices;
}

/** The last index below `length` for which `holds`, which is true up to some index and false from there; -1 where it never is. */
export function lastBy(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
