import type { Source } from './source.ts';

/** The log along time in so many columns. */
export interface Strip {
  /** Records in each column. */
  readonly all: readonly number[];
  /** Records of level error and worse, and events that are. */
  readonly errors: readonly number[];
  /** Columns with a fatal event. */
  readonly fatal: readonly boolean[];
  /** Columns before which time was squeezed, or the machine booted anew. */
  readonly breaks: ReadonlySet<number>;
  /** Seconds since boot at which a column's stretch of the log begins; undefined where no clock runs. */
  readonly starts: readonly { readonly column: number; readonly time: number | undefined }[];
}

/** A stretch of the log without a wide gap in time. */
interface Stretch {
  /** Rows. */
  readonly first: number;
  last: number;
  readonly from: number;
  to: number;
  /** Where it begins on the axis. */
  x: number;
  weight: number;
}

/** A part of the axis; 0 to 1 is all of it. */
export type Window = readonly [from: number, to: number];

/** A gap longer than this share of the whole, and than this many seconds, is squeezed to nothing. */
const WIDE = 1 / 12;
const NOTICED = 2;
/** Times may go back by this much without a new boot: a CPU that comes up late. */
const BACK = 5;
/** More stretches than this make no picture: the axis is then the log's own order. */
const MOST = 60;

/** Places each row of the log on an axis from 0 to 1. */
export class Axis {
  readonly stretches: readonly Stretch[];
  /** The axis follows time, not the order of records. */
  readonly timed: boolean;

  constructor(private readonly source: Source) {
    const found = stretches(source);
    this.timed = found !== undefined;
    this.stretches = found ?? [{ first: 0, last: source.records.count - 1, from: 0, to: source.records.count, x: 0, weight: 1 }];
  }

  /** Where a row is, given the stretch it is in. */
  at(row: number, stretch: Stretch): number {
    const value = this.timed ? (this.source.records.time(row) ?? stretch.from) : row;
    const span = stretch.to - stretch.from;
    // weights add up to 1 but for the last bit
    return Math.min(1, stretch.x + stretch.weight * (span > 0 ? Math.max(0, Math.min(1, (value - stretch.from) / span)) : 0.5));
  }

  place(row: number): number {
    const stretch = this.stretches.findLast(({ first }) => first <= row) ?? this.stretches[0];
    return stretch === undefined ? 0 : this.at(row, stretch);
  }
}

function stretches({ records }: Source): Stretch[] | undefined {
  let total = 0;
  let last: number | undefined;
  for (let row = 0; row < records.count; row++) {
    const time = records.time(row);
    if (time === undefined) continue;
    if (last !== undefined && time > last) total += time - last;
    last = time;
  }
  if (last === undefined) return undefined;
  const found: Stretch[] = [];
  let open: Stretch | undefined;
  for (let row = 0; row < records.count; row++) {
    const time = records.time(row);
    if (time === undefined) continue;
    if (open === undefined || time < open.to - BACK || time - open.to > Math.max(NOTICED, total * WIDE)) {
      if (found.length === MOST) return undefined;
      open = { first: row, last: row, from: time, to: time, x: 0, weight: 0 };
      found.push(open);
    }
    open.last = row;
    if (time > open.to) open.to = time;
  }
  // a burst of no length is seen as well
  const active = found.reduce((sum, { from, to }) => sum + to - from, 0);
  const least = Math.max(active, 1e-6) / 40;
  const sum = active + least * found.length;
  let x = 0;
  for (const stretch of found) {
    stretch.x = x;
    stretch.weight = (stretch.to - stretch.from + least) / sum;
    x += stretch.weight;
  }
  return found;
}

/** Counts a window of the log into columns. */
export function stripOf(source: Source, axis: Axis, width: number, [from, to]: Window): Strip {
  const { records, events } = source;
  const all = new Array<number>(width).fill(0);
  const errors = new Array<number>(width).fill(0);
  const fatal = new Array<boolean>(width).fill(false);
  const columnOf = (x: number): number => Math.min(width - 1, Math.floor(((x - from) / (to - from)) * width));
  const breaks = new Set<number>();
  const starts: { column: number; time: number | undefined }[] = [];
  for (const [i, stretch] of axis.stretches.entries()) {
    for (let row = stretch.first; row <= stretch.last; row++) {
      const x = axis.at(row, stretch);
      if (x < from || x > to) continue;
      const column = columnOf(x);
      all[column]!++;
      if ((records.level(row) ?? 7) <= 3) errors[column]!++;
    }
    if (stretch.x + stretch.weight < from || stretch.x > to) continue;
    const column = Math.max(0, columnOf(stretch.x));
    if (i > 0 && column > 0) breaks.add(column);
    const share = Math.max(0, (from - stretch.x) / stretch.weight);
    starts.push({ column, time: axis.timed ? stretch.from + share * (stretch.to - stretch.from) : undefined });
  }
  for (const event of events) {
    if (event.severity !== 'fatal' && event.severity !== 'error') continue;
    const row = records.rowOf(event.records.first);
    const x = row < 0 ? -1 : axis.place(row);
    if (x < from || x > to) continue;
    errors[columnOf(x)]!++;
    if (event.severity === 'fatal') fatal[columnOf(x)] = true;
  }
  return { all, errors, fatal, breaks, starts };
}
