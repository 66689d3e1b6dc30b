import type { Cursor } from './cursor.ts';

/** Columns of a stamp of the kernel's at least: `[%5lu.%06lu]`. */
export const STAMP_WIDTH = 14;

/**
 * `[    1.234567]`: print_time() of kernel/printk, `[%5lu.%06lu]`, of every kernel with CONFIG_PRINTK_TIME. Returns the index
 * after the `]`, or -1; `usec` is left in {@link lastUsec}, so that a line costs no object.
 */
export function matchKernelTime(s: string, from: number, end: number): number {
  if (from >= end || s.charCodeAt(from) !== 0x5b) return -1;
  let i = from + 1;
  while (i < end && s.charCodeAt(i) === 0x20) i++;
  const digits = i;
  let seconds = 0;
  for (; i < end; i++) {
    const digit = s.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) break;
    seconds = seconds * 10 + digit;
  }
  // nine digits are 31 years of uptime; 2.6 kernels with INITIAL_JIFFIES print 4294667 and the like
  if (i === digits || i - digits > 10 || i + 8 > end || s.charCodeAt(i) !== 0x2e || s.charCodeAt(i + 7) !== 0x5d) return -1;
  let micros = 0;
  for (let k = i + 1; k < i + 7; k++) {
    const digit = s.charCodeAt(k) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    micros = micros * 10 + digit;
  }
  lastUsec = seconds * 1e6 + micros;
  return i + 8;
}

/** What the last successful {@link matchKernelTime} read, in microseconds since boot. */
export let lastUsec = 0;

/** Reads the stamp and what printk may put right after it: `[   12.345678][   T12] `, then one space. */
export function readKernelTime(c: Cursor): boolean {
  const after = matchKernelTime(c.s, c.pos, c.end);
  if (after < 0) return false;
  c.usec = lastUsec;
  c.pos = after;
  readCaller(c);
  c.skipSpace();
  return true;
}

/**
 * `[   T12]` or `[    C3]`: print_caller(), CONFIG_PRINTK_CALLER since 5.1 (15ff2069cb7f). The console has it right behind the
 * time; dmesg, makedumpfile and crash put a space between.
 */
export function readCaller(c: Cursor): boolean {
  const { s, end } = c;
  let i = c.pos;
  if (i < end && s.charCodeAt(i) === 0x20) i++;
  if (i >= end || s.charCodeAt(i) !== 0x5b) return false;
  i++;
  while (i < end && s.charCodeAt(i) === 0x20) i++;
  const id = i;
  const kind = i < end ? s.charCodeAt(i) : 0;
  if (kind !== 0x54 && kind !== 0x43) return false;
  i++;
  while (i < end && s.charCodeAt(i) >= 0x30 && s.charCodeAt(i) <= 0x39) i++;
  if (i - id < 2 || i - id > 11 || i >= end || s.charCodeAt(i) !== 0x5d) return false;
  c.callerId = s.slice(id, i);
  c.pos = i + 1;
  return true;
}
