import type { RecordStore } from './records.ts';
import type { Source } from './source.ts';

/** A stretch of the log on the axis: without a wide gap in time, and all eventful or all quiet. */
interface Stretch {
  /** Rows. */
  readonly first: number;
  last: number;
  readonly from: number;
  to: number;
  /** Events begin here; absent where it is quiet. */
  events?: number;
  /** Where it begins on the axis. */
  x: number;
  weight: number;
}

/** A part of the axis; 0 to 1 is all of it. */
export type Window = readonly [from: number, to: number];

/** Places of the axis as columns of a window; undefined: outside. */
export const windowed =
  ([from, to]: Window, width: number) =>
  (x: number): number | undefined =>
    x < from || x > to ? undefined : Math.min(width - 1, Math.floor(((x - from) / (to - from)) * width));

/** A gap longer than this share of the whole, and than this many seconds, is squeezed to nothing. */
const WIDE = 1 / 12;
const NOTICED = 2;
/** Times may go back by this much without a new boot: a CPU that comes up late. */
const BACK = 5;
/** More stretches than this make no picture: the axis is then the log's own order. */
const MOST = 60;
/** What is quiet gets this share of the axis: events, not the noise of a boot, are what one looks for. */
const QUIET = 0.15;
/** Before and after an event so much of the whole counts as its surroundings. */
const AROUND = 1 / 40;

/** Places each row of the log on an axis from 0 to 1. */
export class Axis {
  readonly stretches: readonly Stretch[];
  /** What the axis follows: seconds since boot, the time of day (of journals and syslog), or nothing but the order of records. */
  readonly clock: 'boot' | 'wall' | undefined;

  constructor(private readonly source: Source) {
    const { count } = source.records;
    const boot = stretches(source.records, (row) => source.records.time(row));
    const found = boot ?? stretches(source.records, (row) => wallOf(source.records, row));
    this.clock = boot !== undefined ? 'boot' : found !== undefined ? 'wall' : undefined;
    const whole = found ?? [{ first: 0, last: count - 1, from: 0, to: count, x: 0, weight: 1 }];
    this.stretches = weighed(folded(source, whole, (row) => this.#value(row)) ?? whole);
  }

  #value(row: number): number | undefined {
    if (this.clock === undefined) return row;
    return this.clock === 'boot' ? this.source.records.time(row) : wallOf(this.source.records, row);
  }

  /** Where a row is, given the stretch it is in. */
  at(row: number, stretch: Stretch): number {
    const value = this.#value(row) ?? stretch.from;
    const span = stretch.to - stretch.from;
    // weights add up to 1 but for the last bit
    return Math.min(1, stretch.x + stretch.weight * (span > 0 ? Math.max(0, Math.min(1, (value - stretch.from) / span)) : 0.5));
  }

  place(row: number): number {
    const stretch = this.stretches.findLast(({ first }) => first <= row) ?? this.stretches[0];
    return stretch === undefined ? 0 : this.at(row, stretch);
  }
}

/** Seconds since 1970 of a row. */
function wallOf(records: RecordStore, row: number): number | undefined {
  const usec = records.wall(row);
  return usec === undefined ? undefined : usec / 1e6;
}

/** Stretches between gaps in time and boots; undefined where no clock runs, or too many. */
function stretches(records: RecordStore, timeOf: (row: number) => number | undefined): Stretch[] | undefined {
  let total = 0;
  let last: number | undefined;
  for (let row = 0; row < records.count; row++) {
    const time = timeOf(row);
    if (time === undefined) continue;
    if (last !== undefined && time > last) total += time - last;
    last = time;
  }
  if (last === undefined) return undefined;
  const found: Stretch[] = [];
  let open: Stretch | undefined;
  for (let row = 0; row < records.count; row++) {
    const time = timeOf(row);
    if (time === undefined) continue;
    if (open === undefined || time < open.to - BACK || time - open.to > Math.max(NOTICED, total * WIDE)) {
      if (found.length === MOST) return undefined;
      open = { first: row, last: row, from: time, to: time, x: 0, weight: 0 };
      found.push(open);
    }
    open.last = row;
    if (time > open.to) open.to = time;
  }
  return found;
}

/** The stretches cut where quiet ends and events begin; undefined where nothing happened, or where it never was quiet. */
function folded(source: Source, whole: readonly Stretch[], value: (row: number) => number | undefined): Stretch[] | undefined {
  const rows = eventRows(source);
  if (rows.length === 0) return undefined;
  const around = whole.reduce((sum, { from, to }) => sum + to - from, 0) * AROUND;
  const found: Stretch[] = [];
  let next = 0;
  for (const stretch of whole) {
    let done = stretch.first;
    const add = (first: number, last: number, events?: number): void => {
      if (last < first) return;
      const from =
        first === stretch.first ? stretch.from : Math.min(stretch.to, Math.max(found.at(-1)!.to, value(first) ?? found.at(-1)!.to));
      const to = last === stretch.last ? stretch.to : Math.min(stretch.to, Math.max(from, value(last + 1) ?? from));
      found.push({ first, last, from, to, x: 0, weight: 0, ...(events === undefined ? {} : { events }) });
      done = last + 1;
    };
    while (next < rows.length && rows[next]![0] <= stretch.last) {
      let [first, last] = rows[next++]!;
      let events = 1;
      while (next < rows.length && rows[next]![0] <= stretch.last && near(value, last, rows[next]![0], 3 * around)) {
        last = Math.max(last, rows[next++]![1]);
        events++;
      }
      [first, last] = [Math.max(first, done), Math.min(last, stretch.last)];
      const inside = [first, last] as const;
      while (first > done && near(value, first - 1, inside[0], around)) first--;
      while (last < stretch.last && near(value, inside[1], last + 1, around)) last++;
      add(done, first - 1);
      add(first, last, events);
    }
    add(done, stretch.last);
    if (found.length > MOST) return undefined;
  }
  return found.some(({ events }) => events === undefined) ? found : undefined;
}

const near = (value: (row: number) => number | undefined, a: number, b: number, most: number): boolean => {
  const [from, to] = [value(a), value(b)];
  return from === undefined || to === undefined || to - from <= most;
};

/** First and last row of each event that is more than information, rising; of all, where there is none such. */
function eventRows(source: Source): (readonly [first: number, last: number])[] {
  const worth = source.events.filter(({ severity }) => severity !== 'info');
  return (worth.length > 0 ? worth : source.events)
    .flatMap((event) => {
      const rows = source.rowsOf(event);
      return rows === undefined ? [] : [rows];
    })
    .sort((a, b) => a[0] - b[0]);
}

/** Gives each stretch its share of the axis: by its length, and of the eventful by how many events it holds as well. */
function weighed(found: Stretch[]): Stretch[] {
  const quiet = found.filter(({ events }) => events === undefined);
  const eventful = found.filter(({ events }) => events !== undefined);
  const share = eventful.length === 0 ? 1 : QUIET;
  divide(quiet, share, ({ from, to }) => to - from);
  const events = eventful.reduce((sum, stretch) => sum + Math.log1p(stretch.events!), 0);
  divide(eventful, (1 - (quiet.length > 0 ? share : 0)) / 2, ({ from, to }) => to - from);
  for (const stretch of eventful) stretch.weight += ((1 - (quiet.length > 0 ? share : 0)) / 2) * (Math.log1p(stretch.events!) / events);
  let x = 0;
  for (const stretch of found) {
    stretch.x = x;
    x += stretch.weight;
  }
  return found;
}

/** Divides a share among stretches by their lengths; a burst of no length is seen as well. */
function divide(stretches: readonly Stretch[], share: number, lengthOf: (stretch: Stretch) => number): void {
  const active = stretches.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
  const least = Math.max(active, 1e-6) / 40;
  const sum = active + least * stretches.length;
  for (const stretch of stretches) stretch.weight = (share * (lengthOf(stretch) + least)) / sum;
}
