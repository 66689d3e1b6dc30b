/** Bytes of one line that are kept; the rest of a longer line is counted and dropped, so that memory stays bounded. */
export const LINE_LIMIT = 1 << 20;

const CR = 13;

/** Cuts a stream of byte strings at LF. A line that lies whole within a chunk is handed on as a range of it, without a copy. */
export class LineSplitter {
  /** Lines seen so far. */
  lineNo = 0;
  /** Bytes dropped from lines longer than {@link LINE_LIMIT}, and how many lines those were. */
  cutBytes = 0;
  cutLines = 0;
  private carry = '';
  private dropping = false;
  private readonly onLine: (s: string, start: number, end: number, lineNo: number) => void;

  constructor(onLine: (s: string, start: number, end: number, lineNo: number) => void) {
    this.onLine = onLine;
  }

  push(s: string): void {
    let from = 0;
    while (from < s.length) {
      const lf = s.indexOf('\n', from);
      if (lf < 0) {
        this.keep(s, from, s.length);
        return;
      }
      if (this.carry !== '' || lf - from > LINE_LIMIT) {
        this.keep(s, from, lf);
        this.emitCarry();
      } else if (lf > from && s.charCodeAt(lf - 1) === CR) this.emit(s, from, lf);
      else this.onLine(s, from, lf, ++this.lineNo);
      from = lf + 1;
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
    let end = lf;
    while (end > start && s.charCodeAt(end - 1) === CR) end--;
    this.onLine(s, start, end, ++this.lineNo);
  }
}
