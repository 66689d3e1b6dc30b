import { monthAt, twoDigits } from './civil.ts';
import { type Cursor, isDigit } from './cursor.ts';

/**
 * The relative formats of dmesg: `[<    0.000054>] ` (delta), `[    4.319084 <    0.000054>] ` (-d), `[  +0.000054] ` (`-` where a late
 * CPU's clock lags) and `[Nov22 21:11] ` (reltime, -e, -H). Deltas do not add up to the time since boot: dmesg prints 0 for the first
 * record whose time is not 0, and the minute where that changes. Only -d says the time. Reads one at a `[`, and the space behind it.
 */
export function readRelative(c: Cursor): boolean {
  const { s, end } = c;
  let i = c.pos + 1;
  while (i < end && s.charCodeAt(i) === 0x20) i++;
  const code = s.charCodeAt(i);
  if (code === 0x3c || code === 0x2b || code === 0x2d) {
    const delta = seconds(s, i + 1, end);
    if (delta === undefined) return false;
    i = delta.next;
    if (code === 0x3c && s.charCodeAt(i++) !== 0x3e) return false;
    if (i >= end || s.charCodeAt(i) !== 0x5d) return false;
  } else if (isDigit(code)) {
    const time = seconds(s, i, end);
    const bracket = time && deltaBehind(s, time.next, end);
    if (time === undefined || bracket === undefined) return false;
    c.usec = time.usec;
    i = bracket;
  } else {
    // the month in whatever language: the day, a space, hours and minutes stand at the end
    i = s.indexOf(']', i);
    if (i < 0 || i >= end || i - c.pos > 40 || s.charCodeAt(i - 3) !== 0x3a || s.charCodeAt(i - 6) !== 0x20) return false;
    if (twoDigits(s, i - 8) < 0 || twoDigits(s, i - 5) < 0 || twoDigits(s, i - 2) < 0) return false;
    if (monthAt(s, c.pos + 1) === 0 && !isName(s, c.pos + 1, i - 8)) return false;
  }
  c.pos = i + 1;
  c.skipSpace();
  return true;
}

/** A word that can be a month's name: no sign that stamps and paths have. */
function isName(s: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!(s.charCodeAt(i) >= 0x80 || /[A-Za-z. '\d]/.test(s[i] ?? ''))) return false;
  return to - from >= 2;
}

/** Behind a time: ` <    0.000054>]` of dmesg -d and ctime+delta (journalctl's short-delta has a space before the `>`); the index of the `]`. */
export function deltaBehind(s: string, from: number, end: number): number | undefined {
  if (s.charCodeAt(from) !== 0x20 || s.charCodeAt(from + 1) !== 0x3c) return undefined;
  const delta = seconds(s, from + 2, end);
  if (delta === undefined) return undefined;
  let i = delta.next;
  if (s.charCodeAt(i) === 0x20) i++;
  return s.charCodeAt(i) === 0x3e && s.charCodeAt(i + 1) === 0x5d && i + 1 < end ? i + 1 : undefined;
}

/** `    0.000054` in microseconds. */
function seconds(s: string, from: number, end: number): { usec: number; next: number } | undefined {
  let i = from;
  while (i < end && s.charCodeAt(i) === 0x20) i++;
  const sign = s.charCodeAt(i) === 0x2d ? -1 : 1;
  if (sign < 0) i++;
  const first = i;
  let whole = 0;
  for (; i < end && i - first < 12 && isDigit(s.charCodeAt(i)); i++) whole = whole * 10 + s.charCodeAt(i) - 0x30;
  // printf's decimal point is the locale's: `[  +0,000054]`
  const point = s.charCodeAt(i);
  if (i === first || (point !== 0x2e && point !== 0x2c) || i + 6 >= end) return undefined;
  let micros = 0;
  for (let k = 1; k <= 6; k++) {
    if (!isDigit(s.charCodeAt(i + k))) return undefined;
    micros = micros * 10 + s.charCodeAt(i + k) - 0x30;
  }
  return { usec: sign * (whole * 1e6 + micros), next: i + 7 };
}
