import type { RecordWall } from '../../record/record.ts';
import { type Cursor, isDigit } from '../prefix/cursor.ts';
import { deltaBehind } from '../prefix/delta.ts';
import { lastUsec, matchKernelTime } from '../prefix/kernel-time.ts';
import { WallReader } from '../prefix/wall-time.ts';

/**
 * journald and imklog stamp what the kernel printed when they read it: what stood in the ring before they started came up to this
 * much later (5–15 s were measured on slow machines).
 */
const READER_LATE_SECONDS = 15;

/** The stamp of a line of syslog or of journalctl, of whichever kind. */
export class TaggedStamp {
  private readonly wall: WallReader;

  constructor(source: RecordWall['source'], asOf: number | undefined) {
    this.wall = new WallReader({ source, lateSeconds: READER_LATE_SECONDS, asOf });
  }

  /** Reads the stamp and the space behind it; sets `wall`, or `usec` for journalctl's monotonic forms. */
  read(c: Cursor): boolean {
    const from = c.pos;
    if (this.readStamp(c) && c.at(0) === 0x20) {
      c.pos++;
      return true;
    }
    c.pos = from;
    c.wall = undefined;
    c.usec = undefined;
    return false;
  }

  private readStamp(c: Cursor): boolean {
    const code = c.at(0);
    if (code === 0x5b) return readMonotonic(c);
    if (isDigit(code)) return c.at(4) === 0x2d ? this.wall.readIso(c) : this.wall.readUnix(c);
    // names of months in any language; a bracket, a slash begin none
    if (code < 0x41 || (code > 0x5a && code < 0x61) || (code > 0x7a && code < 0x80)) return false;
    // `Nov 22 …`, `Sun 2026-…`, `Sun Nov …`
    return isDigit(c.at(4)) && c.at(8) === 0x2d ? this.wall.readFull(c) : this.wall.readRfc3164(c) || this.wall.readCtime(c);
  }
}

/** `[   40.256600]` of short-monotonic, `[   40.256600 <    0.000036 >]` of short-delta: the kernel's own time. */
function readMonotonic(c: Cursor): boolean {
  const after = matchKernelTime(c.s, c.pos, c.end);
  if (after >= 0) {
    c.usec = lastUsec;
    c.pos = after;
    return true;
  }
  let i = c.pos + 1;
  while (i < c.end && (c.s.charCodeAt(i) === 0x20 || c.s.charCodeAt(i) === 0x2e || isDigit(c.s.charCodeAt(i)))) i++;
  const bracket = deltaBehind(c.s, i - 1, c.end);
  if (bracket === undefined) return false;
  const whole = Number(c.s.slice(c.pos + 1, i - 1));
  if (!Number.isFinite(whole)) return false;
  c.usec = Math.round(whole * 1e6);
  c.pos = bracket + 1;
  return true;
}
