/** Bytes of one line that are kept; the rest of a longer line is counted and dropped, so that memory stays bounded. */
export const LINE_LIMIT = 1 << 20;

const CR = 13;

/** A piece of text and the lines of it that nobody took so far. */
export interface Lines {
  readonly piece: string;
  /** Where the next line begins. */
  at: number;
  /** Lines seen so far. */
  lineNo: number;
}

/** Where a line ends whose LF stands at `lf`: CRs before it are no part of it. */
export function endOfLine(s: string, start: number, lf: number): number {
  let end = lf;
  while (end > start && s.charCodeAt(end - 1) === CR) end--;
  return end;
}

/** Cuts a stream of byte strings at LF. A line that lies whole within a chunk is handed on as a range of it, without a copy. */
export class LineSplitter implements Lines {
  piece = '';
  at = 0;
  lineNo = 0;
  /** Bytes dropped from lines longer than {@link LINE_LIMIT}, and how many lines those were. */
  cutBytes = 0;
  cutLines = 0;
  private carry = '';
  private dropping = false;
  private readonly onLine: (s: string, start: number, end: number, lineNo: number) => void;
  private readonly onLines: ((lines: Lines) => void) | undefined;

  /** @param onLines may take whole lines before the next is handed to `onLine` */
  constructor(onLine: (s: string, start: number, end: number, lineNo: number) => void, onLines?: (lines: Lines) => void) {
    this.onLine = onLine;
    this.onLines = onLines;
  }

  push(s: string): void {
    this.piece = s;
    this.at = 0;
    while (this.at < s.length) {
      if (this.carry === '') this.onLines?.(this);
      const from = this.at;
      const lf = s.indexOf('\n', from);
      if (lf < 0) {
        this.keep(s, from, s.length);
        return;
      }
      this.at = lf + 1;
      if (this.carry !== '' || lf - from > LINE_LIMIT) {
        this.keep(s, from, lf);
        this.emitCarry();
      } else this.emit(s, from, lf);
    }
  }

  /** The last line, when it has no LF. */
  end(): void {
    if (this.carry !== '') this.emitCarry();
  }

  private keep(s: string, from: number, to: number): void {
    const room = LINE_LIMIT - this.carry.length;
    const taken = Math.min(to - from, room);
    // indexOf on a rope flattens it once; a line arrives in few pieces, so this stays linear
    if (taken > 0) this.carry += s.slice(from, from + taken);
    if (to - from > room) {
      this.cutBytes += to - from - room;
      if (!this.dropping) this.cutLines++;
      this.dropping = true;
    }
  }

  private emitCarry(): void {
    const line = this.carry;
    this.carry = '';
    this.dropping = false;
    this.emit(line, 0, line.length);
  }

  private emit(s: string, start: number, lf: number): void {
    this.onLine(s, start, endOfLine(s, start, lf), ++this.lineNo);
  }
}
