/** A physical range and where its bytes are in the file. */
export interface Interval {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly offset: number;
}

/**
 * Disjoint, ascending intervals out of ones that may overlap (kexec repeats the kernel's text in a segment of its own, QEMU with
 * paging lists a page once a mapping): where several hold a byte, the one that starts first keeps it.
 */
export function disjoint(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const { start, end, offset } of [...intervals].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const from = Math.max(start, covered);
    if (end <= from) continue;
    result.push({ start: from, end, offset: offset + (from - start) });
    covered = end;
  }
  return result;
}

/** Index of the last interval that starts at or before `at`; -1 where none does. */
export function lastStartingBy(intervals: readonly { readonly start: number }[], at: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
