import type { PrintkRecord } from '../record/record.ts';

/** Turns lines into records. Lines come as ranges of a larger byte string, so that a line costs no copy before it is understood. */
export interface LineParser {
  /** One line, `s[start, end)`, without its LF and the CRs before it; `lineNo` counts from 1. */
  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void;
  /** Gives out what is held back to see whether the next line belongs to it. */
  flush(out: PrintkRecord[]): void;
}
