import { printable } from '../../output/text/printable.ts';
import { type Clock, type TimeMode, utcText } from '../data/clock.ts';
import type { Source } from '../data/source.ts';
import { cutRight, type Line, type Span, span } from '../line/line.ts';
import { lookOf } from '../theme/looks.ts';
import type { Role } from '../theme/roles.ts';
import { coloured, marked } from './colour.ts';

/** One letter a level, emerg to debug, so that colour is never needed. */
const LEVELS = '!ACEWNID';
const levelLetter = (level: number | undefined): string => (level === undefined ? ' ' : (LEVELS[level] ?? ' '));

const levelRole = (level: number | undefined): Role | undefined =>
  level === undefined || level > 4 ? undefined : level === 4 ? 'degraded' : 'fatal';

/** Outside of reports only errors colour their text: a boot warns of much that matters to nobody. */
const textRole = (level: number | undefined): Role | undefined => (level !== undefined && level <= 3 ? 'error' : undefined);

export interface RecordLineOptions {
  readonly width: number;
  readonly time: TimeMode;
  readonly clock?: Clock | undefined;
  /** Cells of the record number; 0 leaves it out. */
  readonly numbers: number;
  /** Cells of the caller's column; 0 leaves it out. */
  readonly caller: number;
  /** Index of the event whose records stand out. */
  readonly chosen: number;
  /** The row whose time a distance is told from; absent: the one before. */
  readonly previous?: number | undefined;
  /** Bytes of the text scrolled away. */
  readonly left: number;
  readonly query: string;
}

export const TIME_WIDTH: Readonly<Record<TimeMode, number>> = { boot: 14, delta: 14, utc: 23, none: 0 };
export const TIME_HEADS: Readonly<Record<TimeMode, string>> = { boot: 'T+boot s', delta: 'Δ s', utc: 'UTC estimated', none: '' };

/** One record: number, gutter that binds it to its event, level, time, caller, text. */
export function recordLine(source: Source, row: number, options: RecordLineOptions): Line {
  const { records } = source;
  const { numbers, caller, chosen, query, left } = options;
  const owner = records.owner(row);
  const level = records.level(row);
  const parts: (string | Span)[] = [];
  if (numbers > 0) parts.push(span(records.startsRecord(row) ? `${records.seq(row)}`.padStart(numbers) : ' '.repeat(numbers), 'dim'), ' ');
  parts.push(...gutter(source, row, owner, owner >= 0 && owner === chosen, level));
  const time = timeText(source, row, options);
  if (time !== '') parts.push(' ', span(time, 'dim'));
  if (caller > 0) parts.push(' ', span(printable(records.caller(row)).slice(0, caller).padEnd(caller), 'dim'));
  parts.push(' ');
  const used = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part : part.text).length, 0);
  const room = Math.max(1, options.width - used);
  const bytes = records.text(row);
  const text = cutRight(printable(left > 0 ? bytes.slice(left, left + 4 * room) : bytes.slice(0, 4 * room + 8)), room, '»');
  if (owner < 0 && within(source, row, chosen)) return [...parts, ...marked([{ text, role: 'dim' }], query)];
  const event = source.events[owner];
  const begins = event !== undefined && records.owner(row - 1) !== owner;
  const base = event === undefined ? textRole(level) : begins ? lookOf(event).role : undefined;
  // of a text that is scrolled sideways the beginning is not there
  return [...parts, ...marked(coloured(text, { base, report: event !== undefined, start: left === 0 }), query)];
}

/** The row lies between an event's records and is not its own. */
function within(source: Source, row: number, chosen: number): boolean {
  const event = source.events[chosen];
  const rows = event && source.rowsOf(event);
  return rows !== undefined && row > rows[0] && row < rows[1];
}

function gutter({ records }: Source, row: number, owner: number, chosen: boolean, level: number | undefined): Span[] {
  const letter = levelLetter(level);
  const role = levelRole(level);
  if (owner < 0) return [span(` ${letter} `, role)];
  const first = records.owner(row - 1) !== owner;
  const [a, b] = chosen ? (first ? '╔╗' : '║║') : first ? '┌┐' : '││';
  return [span(a!, chosen ? 'title' : 'dim'), span(letter, role), span(b!, chosen ? 'title' : 'dim')];
}

function timeText(source: Source, row: number, { time: mode, clock, previous }: RecordLineOptions): string {
  const { records } = source;
  const width = TIME_WIDTH[mode];
  if (mode === 'none') return '';
  const time = records.time(row);
  if (mode === 'utc') {
    const wall = records.wall(row);
    const ms = wall !== undefined ? wall / 1000 : clock && time !== undefined ? clock.bootMs + time * 1000 : undefined;
    return (ms === undefined ? '' : utcText(ms)).padStart(width);
  }
  if (time === undefined) {
    const wall = mode === 'boot' ? records.wall(row) : undefined;
    return (wall === undefined ? '' : utcText(wall / 1000, 0).slice(5)).padStart(width);
  }
  const before = records.time(previous ?? row - 1);
  const owner = records.owner(row);
  // within a report the distances tell more than the times
  const inside = owner >= 0 && records.owner(row - 1) === owner;
  if ((mode === 'delta' || inside) && before !== undefined && time >= before) return `+${(time - before).toFixed(6)}`.padStart(width);
  return time.toFixed(6).padStart(width);
}
