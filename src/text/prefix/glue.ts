import { lastUsec, matchKernelTime, STAMP_WIDTH } from './kernel-time.ts';

/** A stamp that follows its record's own by no more than this, behind a blank, begins the next record (µs). */
const NEAR = 100_000;
/** The same where no blank stands between: nobody writes a stamp so in prose. */
const GLUED = 10_000_000;
/** How far time may go back before a stamp in the middle of a program's line is taken for a quotation. */
const BACK = 5_000_000;
const FIRST_SECOND = 1_000_000;

/**
 * Finds a record that begins in the middle of a line: behind a prompt (`login: [   16.305150] INFO: …`), behind a line that lost
 * its newline (`trusty crashed[  331.041781] …`), behind `<IRQ> ` of kernels whose continuation lines broke (4.9).
 */
export class GlueFinder {
  /** Time of the record found, µs. */
  usec = 0;

  /** In a line without prefix: the index of the stamp, or -1. */
  inProse(line: string, last: number): number {
    for (let at = line.indexOf('['); at >= 0; at = line.indexOf('[', at + 1)) {
      if (!this.stampAt(line, at, line.length)) continue;
      if (this.usec >= last - BACK || this.usec < FIRST_SECOND) return at;
    }
    return -1;
  }

  /** In `s[from, end)`, the text of a record of time `own`: the index of the next record's stamp, or -1. */
  inRecord(s: string, from: number, end: number, own: number): number {
    for (let at = s.indexOf('[', from + 1); at >= 0 && at < end; at = s.indexOf('[', at + 1)) {
      if (!this.stampAt(s, at, end)) continue;
      const after = this.usec - own;
      if (after >= 0 && after <= (s.charCodeAt(at - 1) === 0x20 ? NEAR : GLUED)) return at;
    }
    return -1;
  }

  /** A stamp as `%5lu` pads it, with a blank, a caller or nothing behind it. */
  private stampAt(s: string, at: number, end: number): boolean {
    const after = matchKernelTime(s, at, end);
    if (after < 0 || after - at < STAMP_WIDTH) return false;
    this.usec = lastUsec;
    return after >= end || s.charCodeAt(after) === 0x20 || s.charCodeAt(after) === 0x5b;
  }
}
