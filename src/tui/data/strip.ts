import { SEVERITIES } from '../../event/kinds.ts';
import { type Axis, type Window, windowed } from './axis.ts';
import type { Source } from './source.ts';

/** The log along time in so many columns. */
export interface Strip {
  /** Records in each column. */
  readonly all: readonly number[];
  /** How bad the worst record of a column is. */
  readonly levels: readonly ('error' | 'warning' | undefined)[];
  /** Index of the worst event that begins in a column. */
  readonly events: readonly (number | undefined)[];
  /** Columns of each event's first record; absent: outside of the window. */
  readonly columns: ReadonlyMap<number, number>;
  /** Columns before which time was squeezed, or the machine booted anew. */
  readonly breaks: ReadonlySet<number>;
  /** Seconds since boot at which a column's stretch of the log begins; undefined where no clock runs. */
  readonly starts: readonly { readonly column: number; readonly time: number | undefined }[];
}

const ERROR = 2;
const WARNING = 1;

/** Counts a window of the log into columns. */
export function stripOf(source: Source, axis: Axis, width: number, window: Window): Strip {
  const { records } = source;
  const all = new Array<number>(width).fill(0);
  const worst = new Uint8Array(width);
  const breaks = new Set<number>();
  const starts: { column: number; time: number | undefined }[] = [];
  const columnOf = windowed(window, width);
  const [from, to] = window;
  for (const [i, stretch] of axis.stretches.entries()) {
    if (stretch.x + stretch.weight < from || stretch.x > to) continue;
    for (let row = stretch.first; row <= stretch.last; row++) {
      const column = columnOf(axis.at(row, stretch));
      if (column === undefined) continue;
      all[column]!++;
      const level = records.level(row) ?? 7;
      if (level <= 3) worst[column] = ERROR;
      else if (level === 4 && worst[column] === 0) worst[column] = WARNING;
    }
    const column = stretch.x <= from ? 0 : (columnOf(stretch.x) ?? 0);
    if (i > 0 && column > 0) breaks.add(column);
    const share = Math.max(0, (from - stretch.x) / stretch.weight);
    starts.push({ column, time: axis.clock !== undefined ? stretch.from + share * (stretch.to - stretch.from) : undefined });
  }
  return {
    all,
    levels: Array.from(worst, (level) => (level === ERROR ? 'error' : level === WARNING ? 'warning' : undefined)),
    ...eventColumns(source, axis, width, window),
    breaks,
    starts,
  };
}

function eventColumns({ records, events }: Source, axis: Axis, width: number, window: Window): Pick<Strip, 'events' | 'columns'> {
  const found = new Array<number | undefined>(width).fill(undefined);
  const columns = new Map<number, number>();
  const columnOf = windowed(window, width);
  const rank = (index: number): number => SEVERITIES.indexOf(events[index]!.severity);
  for (const [i, event] of events.entries()) {
    const row = records.rowOf(event.records.first);
    const column = row < 0 ? undefined : columnOf(axis.place(row));
    if (column === undefined) continue;
    columns.set(i, column);
    const before = found[column];
    if (before === undefined || rank(i) < rank(before)) found[column] = i;
  }
  return { events: found, columns };
}
