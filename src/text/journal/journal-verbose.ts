import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';
import { Cursor } from '../prefix/cursor.ts';
import { WallReader } from '../prefix/wall-time.ts';
import { FIELDS, JournalEntries } from './entry.ts';

/** journalctl prints the fields of an entry four columns in. */
const INDENT = '    ';

/** journalctl -o verbose: a line with time and cursor, then `    NAME=value` lines; later lines of a value are indented to its column. */
export class JournalVerbose implements LineParser {
  private readonly c = new Cursor();
  private readonly wall = new WallReader({ source: 'journal', lateSeconds: 0 });
  private readonly entries = new JournalEntries();
  private fields = new Map<string, string>();
  private last: string | undefined;
  private entryLine = 1;

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (!s.startsWith(INDENT, start) || end - start < INDENT.length) {
      this.c.start(s, start, end);
      if (!this.wall.readFull(this.c)) return;
      this.flush(out);
      this.entryLine = lineNo;
      const usec = this.c.wall?.usec;
      if (usec !== undefined) this.fields.set('__REALTIME_TIMESTAMP', String(usec));
      return;
    }
    const field = /^([A-Z_][A-Z0-9_]*)=(.*)$/s.exec(s.slice(start + INDENT.length, end));
    if (field?.[1] !== undefined) {
      this.last = FIELDS.has(field[1]) && !this.fields.has(field[1]) ? field[1] : undefined;
      if (this.last !== undefined) this.fields.set(this.last, field[2] ?? '');
    } else if (this.last !== undefined) {
      const column = Math.min(end, start + INDENT.length + this.last.length + 1);
      const text = s.slice(start, column).trim() === '' ? s.slice(column, end) : s.slice(start, end).trimStart();
      this.fields.set(this.last, `${this.fields.get(this.last) ?? ''}\n${text}`);
    }
  }

  flush(out: PrintkRecord[]): void {
    if (this.fields.size > 0) this.entries.read(this.fields, this.entryLine, out);
    this.fields = new Map();
    this.last = undefined;
  }
}
