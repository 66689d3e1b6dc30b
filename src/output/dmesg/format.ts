import type { PrintkRecord } from '../../record/record.ts';

/** One way to print a log: records in, byte strings out. State (deltas, JSON commas) lives in the closure that makes it. */
export interface LogFormat {
  /** @returns what to print for the record; empty where this format leaves it out */
  record(record: PrintkRecord): string;
  /** Printed before the first record, and after the last. */
  readonly head?: string;
  end?(): string;
}

/** `000` to `999`: to make the digits of each time from its number took a tenth of the time of `dmesg`. */
const DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** The last second that was asked for, as text: a log has many records in one. */
let second = { whole: 0, text: '    0.' };

/** `%5d.%06d`: seconds and microseconds, truncated by the kernel. */
export function seconds(usec: number): string {
  const whole = Math.floor(usec / 1e6);
  if (whole !== second.whole) second = { whole, text: `${String(whole).padStart(5)}.` };
  const micros = usec - whole * 1e6;
  const thousands = Math.floor(micros / 1000);
  const [high, low] = [DIGITS[thousands], DIGITS[micros - thousands * 1000]];
  // what a damaged log says may be no number of digits
  const digits = high === undefined || low === undefined ? String(micros).padStart(6, '0') : high + low;
  return second.text + digits;
}

/** The stamp that printk itself would print, with its trailing blank; empty where the record has no time. */
export const stamp = (usec: number | undefined): string => (usec === undefined ? '' : `[${seconds(usec)}] `);

const hex = (c: string): string => c.charCodeAt(0).toString(16).padStart(2, '0');

/** Bytes that neither isprint() nor isspace() accepts in the C locale, as `\xNN`. */
export const escapeBytes = (text: string): string => (UNSAFE.test(text) ? text.replace(UNSAFE_ALL, (c) => `\\x${hex(c)}`) : text);

const UNSAFE = /[^\x20-\x7e\t-\r]/;
const UNSAFE_ALL = /[^\x20-\x7e\t-\r]/g;

/** Indents the lines after the first. */
export const indent = (text: string, width: number): string =>
  text.includes('\n') ? text.replaceAll('\n', `\n${' '.repeat(width)}`) : text;
