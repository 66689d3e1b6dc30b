import type { PrintkRecord } from '../../record/record.ts';

/** One way to print a log: records in, byte strings out. State (deltas, JSON commas) lives in the closure that makes it. */
export interface LogFormat {
  /** @returns what to print for the record; empty where this format leaves it out */
  record(record: PrintkRecord): string;
  /** Printed before the first record, and after the last. */
  readonly head?: string;
  end?(): string;
}

/** `%5d.%06d`: seconds and microseconds, truncated by the kernel. */
export function seconds(usec: number): string {
  const whole = Math.floor(usec / 1e6);
  return `${String(whole).padStart(5)}.${String(usec - whole * 1e6).padStart(6, '0')}`;
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
