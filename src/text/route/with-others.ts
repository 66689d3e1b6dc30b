import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';

/** A form that most lines of a text have, and what reads the other lines: two logs in one file, a log in a mail. */
export class WithOthers implements LineParser {
  private others = false;

  constructor(
    private readonly inner: LineParser,
    private readonly belongs: RegExp,
    private readonly other: LineParser,
  ) {}

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (this.inner.isOpen !== true && !this.belongs.test(s.slice(start, Math.min(end, start + 400)))) {
      if (!this.others) this.inner.flush(out);
      this.others = true;
      this.other.line(s, start, end, lineNo, out);
      return;
    }
    if (this.others) this.other.flush(out);
    this.others = false;
    this.inner.line(s, start, end, lineNo, out);
  }

  flush(out: PrintkRecord[]): void {
    if (this.others) this.other.flush(out);
    this.inner.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.inner.end?.(out);
    this.other.end?.(out);
  }
}
