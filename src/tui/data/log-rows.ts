import type { Source } from './source.ts';

/** What stands in one row of the log screen. */
export type LogRow =
  | { readonly kind: 'record'; readonly row: number }
  /** Records of a long report that are folded away. */
  | { readonly kind: 'fold'; readonly event: number; readonly row: number; readonly count: number }
  /** Records that a filter hides. */
  | { readonly kind: 'hidden'; readonly row: number; readonly count: number };

/** Records of a report that are shown before the rest is folded, and how many must be left to make it worth it. */
const HEAD = 12;
const WORTH = 8;

const RECORDS = 0;
const FOLD = 1;
const HIDDEN = 2;

/**
 * The rows of the log screen as runs: shown records, a folded run, a hidden run. A million records in one run cost one entry; looking
 * up either way is a binary search.
 */
export class LogRows {
  /** Of each run: the first record row, the first screen row, its kind. One entry more at the end. */
  #from: number[] = [];
  #at: number[] = [];
  #kind: number[] = [];
  readonly #folded = new Map<number, number>();
  /** Rows of the screen. */
  readonly count: number;
  /** Records that a filter hides. */
  readonly hidden: number;

  /**
   * @param unfolded ids of events whose reports are shown whole
   * @param shown rows that the filters let through, rising; absent: all are shown
   * @param total rows that were looked at so far
   */
  constructor(source: Source, unfolded: ReadonlySet<string>, shown?: readonly number[], total = source.records.count) {
    let at = 0;
    let hidden = 0;
    let next = 0;
    const add = (kind: number, from: number, to: number): void => {
      if (to <= from) return;
      if (kind === HIDDEN) hidden += to - from;
      const last = this.#kind.length - 1;
      const joins = kind === this.#kind[last] && kind !== FOLD;
      if (!joins) {
        this.#kind.push(kind);
        this.#from.push(from);
        this.#at.push(at);
      }
      if (kind === RECORDS) at += to - from;
      else if (!joins) at++;
    };
    /** Shown and hidden runs between two rows. @returns whether any is shown */
    const plain = (from: number, to: number, fold = false): boolean => {
      if (shown === undefined) {
        if (!fold) add(RECORDS, from, to);
        return true;
      }
      let done = from;
      const first = next;
      for (; next < shown.length && shown[next]! < to; next++) {
        if (fold) continue;
        add(HIDDEN, done, shown[next]!);
        add(RECORDS, shown[next]!, shown[next]! + 1);
        done = shown[next]! + 1;
      }
      // of what a filter hides nothing is left to fold
      if (!fold || next === first) add(HIDDEN, done, to);
      return next > first;
    };
    let done = 0;
    for (const { first, end, event } of folds(source, unfolded)) {
      if (first < done || end > total) continue;
      plain(done, first);
      if (plain(first, end, true)) {
        add(FOLD, first, end);
        this.#folded.set(first, event);
      }
      done = end;
    }
    plain(done, total);
    this.#from.push(total);
    this.#at.push(at);
    this.count = at;
    this.hidden = hidden;
  }

  /** What stands in a row of the screen. */
  at(screenRow: number): LogRow | undefined {
    if (screenRow < 0 || screenRow >= this.count) return undefined;
    const run = lastAtMost(this.#at, screenRow, this.#kind.length);
    const row = this.#from[run]!;
    if (this.#kind[run] === RECORDS) return { kind: 'record', row: row + screenRow - this.#at[run]! };
    const count = this.#from[run + 1]! - row;
    return this.#kind[run] === FOLD ? { kind: 'fold', event: this.#folded.get(row)!, row, count } : { kind: 'hidden', row, count };
  }

  /** The row of the screen that shows a record, or the run that it is folded or hidden in. */
  rowOf(record: number): number {
    if (this.count === 0) return 0;
    const run = lastAtMost(this.#from, record, this.#kind.length);
    const at = this.#at[run]!;
    return Math.min(this.count - 1, this.#kind[run] === RECORDS ? at + record - this.#from[run]! : at);
  }
}

interface Fold {
  readonly first: number;
  /** The row after its last. */
  readonly end: number;
  readonly event: number;
}

/** Runs of records of one report, beyond its first ones, that nothing interrupts; in log order. One look at each record. */
function folds({ records, events }: Source, unfolded: ReadonlySet<string>): Fold[] {
  const found: Fold[] = [];
  if (events.length === 0) return found;
  const seen = new Uint32Array(events.length);
  const kept = events.map(({ id, records: { count } }) => count < HEAD + WORTH || unfolded.has(id));
  let run = -1;
  let owner = -1;
  for (let row = 0; row <= records.count; row++) {
    const now = row < records.count ? records.owner(row) : -1;
    if (run >= 0 && now !== owner) {
      if (row - run >= WORTH) found.push({ first: run, end: row, event: owner });
      run = -1;
    }
    owner = now;
    if (now >= 0 && ++seen[now]! > HEAD && run < 0 && !kept[now]) run = row;
  }
  return found;
}

/** Index of the last of the first `length` entries that is at most the value; entries rise. */
function lastAtMost(entries: readonly number[], value: number, length: number): number {
  let [low, high] = [0, length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (entries[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}
