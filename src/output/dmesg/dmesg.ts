import type { PrintkRecord } from '../../record/record.ts';
import { indent, type LogFormat, seconds } from './format.ts';
import { colored, type Painter } from './paint.ts';
import { FACILITIES, LEVELS } from './priority.ts';
import { safeBytes } from './safe-text.ts';

export type TimeFormat = 'time' | 'notime' | 'ctime' | 'iso' | 'delta' | 'reltime' | 'ctime+delta' | 'time+delta';

export const TIME_FORMATS: readonly TimeFormat[] = ['time', 'notime', 'ctime', 'iso', 'delta', 'reltime', 'ctime+delta', 'time+delta'];

export interface DmesgOptions {
  readonly raw: boolean;
  readonly decode: boolean;
  readonly caller: boolean;
  /** One stamp each, in this order (several since util-linux 2.41). */
  readonly timeFormats: readonly TimeFormat[];
  /** Microseconds since 1970 of a record; undefined where nothing anchors the clock. */
  readonly wallOf: (record: PrintkRecord) => number | undefined;
  readonly utc: boolean;
  readonly painter: Painter | undefined;
  /** --force-prefix: the prefix on every line of a record. */
  readonly forcePrefix?: boolean | undefined;
  /** --noescape: bytes as they are. */
  readonly noEscape?: boolean | undefined;
}

/** dmesg(1) of util-linux 2.41: plain, -r, -x, -T and the other time formats. */
export function dmesgFormat(options: DmesgOptions): LogFormat {
  const printers = options.timeFormats.map((format) => timePrinter(options, format));
  const [only] = printers;
  const times =
    only !== undefined && printers.length === 1 ? only : (r: PrintkRecord): string => printers.map((print) => print(r)).join('');
  const safe = options.noEscape ? (text: string) => text : safeBytes;
  /** Width of the last prefix: a line of a text log that has none of its own goes on below it. */
  let before = 0;
  return {
    record(r) {
      if (r.text === '') return '\n';
      const goesOn = r.ring === undefined && r.usec === undefined && r.level === undefined;
      if (options.raw) {
        const caller = options.caller && r.callerId !== undefined ? `[${r.callerId.padStart(6)}] ` : '';
        const prefix = goesOn ? '' : `<${((r.facility ?? 0) << 3) | (r.level ?? 6)}>[${seconds(r.usec ?? 0)}] ${caller}`;
        return `${prefix}${indent(safe(r.text), prefix.length)}\n`;
      }
      if (goesOn && before > 0) return `${' '.repeat(before)}${indent(safe(r.text), before)}\n`;
      const decoded =
        options.decode && r.level !== undefined ? `${pad(FACILITIES[r.facility ?? 0] ?? 'kern')}:${pad(LEVELS[r.level] ?? '')}: ` : '';
      const time = times(r);
      const caller = options.caller && r.callerId !== undefined ? `[${r.callerId.padStart(6)}] ` : '';
      const prefix = `${decoded}${time}${caller}`;
      before = prefix.length;
      const text = options.forcePrefix ? safe(r.text).replaceAll('\n', `\n${prefix}`) : indent(safe(r.text), prefix.length);
      return options.painter ? `${decoded}${colored(options.painter, time, caller, text, r.level)}\n` : `${prefix}${text}\n`;
    },
  };
}

const pad = (name: string): string => name.padEnd(6);

/** The stamp of each record in turn; deltas look back at the record before. */
function timePrinter(options: DmesgOptions, format: TimeFormat): (r: PrintkRecord) => string {
  let last: number | undefined;
  let minute = '';
  return (r) => {
    const { usec } = r;
    if (format === 'notime' || usec === undefined) return '';
    const delta = last === undefined ? 0 : (usec - last) / 1e6;
    last = usec;
    const plain = `[${seconds(usec)}] `;
    const deltaText = `<${delta.toFixed(6).padStart(12)}>`;
    if (format === 'time') return plain;
    if (format === 'delta') return `[${deltaText}] `;
    if (format === 'time+delta') return `[${seconds(usec)} ${deltaText}] `;
    const wall = options.wallOf(r);
    if (wall === undefined) return plain;
    const parts = wallParts(wall, options.utc);
    if (format === 'ctime') return `[${ctime(parts)}] `;
    if (format === 'ctime+delta') return `[${ctime(parts)} ${deltaText}] `;
    if (format === 'iso') return `${iso(parts)} `;
    const short = `${parts.month}${String(parts.day).padStart(2)} ${two(parts.hour)}:${two(parts.minute)}`;
    if (short !== minute) {
      minute = short;
      return `[${short}] `;
    }
    const signed = `${delta < 0 ? '' : '+'}${delta.toFixed(6)}`;
    return delta < 10 ? `[  ${signed.padStart(8)}] ` : `[ ${signed.padStart(9)}] `;
  };
}

interface WallParts {
  readonly weekday: string;
  readonly month: string;
  readonly monthNumber: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly usec: number;
  readonly year: number;
  /** Minutes east of Greenwich. */
  readonly zone: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function wallParts(usec: number, utc: boolean): WallParts {
  const date = new Date(Math.floor(usec / 1000));
  const zone = utc ? 0 : -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + zone * 60_000);
  return {
    weekday: DAYS[shifted.getUTCDay()] ?? '',
    month: MONTHS[shifted.getUTCMonth()] ?? '',
    monthNumber: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    usec: ((usec % 1e6) + 1e6) % 1e6,
    year: shifted.getUTCFullYear(),
    zone,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `%a %b %e %H:%M:%S %Y` */
const ctime = (p: WallParts): string =>
  `${p.weekday} ${p.month} ${String(p.day).padStart(2)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)} ${p.year}`;

/** `2026-11-22T20:15:14,000000+00:00` */
function iso(p: WallParts): string {
  const zone = `${p.zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(p.zone) / 60))}:${two(Math.abs(p.zone) % 60)}`;
  return `${p.year}-${two(p.monthNumber)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)},${String(Math.floor(p.usec)).padStart(6, '0')}${zone}`;
}
