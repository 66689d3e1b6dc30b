import type { Reply, ReplyColumn, ReplyRow } from '../../fleet/questions/reply.ts';
import type { Cell } from '../../fleet/store/cells.ts';
import type { TimeStyle } from '../text/wall-time.ts';
import { dayText } from './words.ts';

/** Digits of a hash that tell signatures apart, and that `fleet about` takes. */
const HASH = 8;

/** What a cell shows, not yet escaped: `-` is what is not known. */
export function cellText(row: ReplyRow, column: ReplyColumn, time: TimeStyle): string {
  const value = row[column.name];
  if (value === null || value === undefined || value === '') return '-';
  if (column.as === 'share' || column.as === 'ratio') {
    const [low, high] = [row[column.low], row[column.high]];
    const scale = column.as === 'share' ? 100 : 1;
    const unit = column.as === 'share' ? ' %' : '';
    if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') return '-';
    return `${short(value * scale)}${unit} (${short(low * scale)}–${short(high * scale)})`;
  }
  if (column.as === 'time' && typeof value === 'string') return dayText(value, time);
  return column.as === 'hash' ? wordOf(value).slice(0, HASH) : wordOf(value);
}

/** Two digits that count: `0.52`, `3.4`, `17`. */
const short = (n: number): string => (n === 0 ? '0' : n >= 9.95 ? n.toFixed(0) : n >= 0.995 ? n.toFixed(1) : n.toPrecision(2));

const wordOf = (value: Cell): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : `${value}`);

/** Rows under their headings, in their order; one part without a heading where they are not grouped. */
export function partsOf({
  rows,
  groupedBy,
}: Reply): readonly { readonly heading?: string | undefined; readonly rows: readonly ReplyRow[] }[] {
  if (groupedBy === undefined) return [{ rows }];
  const headings = [...new Set(rows.map((row) => `${row[groupedBy]}`))];
  return headings.map((heading) => ({ heading, rows: rows.filter((row) => `${row[groupedBy]}` === heading) }));
}

export const isNumber = ({ as }: ReplyColumn): boolean => as === 'count';
