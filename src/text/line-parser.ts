import type { PrintkRecord } from '../record/record.ts';

/** Turns lines into records. Lines come as ranges of a larger byte string, so that a line costs no copy before it is understood. */
export interface LineParser {
  /** One line, `s[start, end)`, without its LF and the CRs before it; `lineNo` counts from 1. */
  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void;
  /** Gives out what is held back to see whether the next line belongs to it. */
  flush(out: PrintkRecord[]): void;
  /** The text ends here. */
  end?(out: PrintkRecord[]): void;
  /** What has begun is not at its end: the next line is its, whatever it looks like. */
  readonly isOpen?: boolean;
}

/** The same for a form that is not made of lines. */
export interface BytesParser {
  bytes(s: string, out: PrintkRecord[]): void;
  flush(out: PrintkRecord[]): void;
  end?(out: PrintkRecord[]): void;
}
