import type { PrintkRecord } from '../../record/record.ts';
import type { BytesParser, LineParser } from '../line-parser.ts';
import { FIELDS, JournalEntries } from './entry.ts';

/** Bytes of one field that are read; a longer one is skipped. */
const FIELD_LIMIT = 1 << 20;

const FIELD = /^[A-Z_][A-Z0-9_]{0,63}(?:=|$)/;

/**
 * journalctl -o export (systemd's Journal Export Format): `NAME=text` lines, or `NAME`, newline, length as a 64-bit little-endian
 * number, that many bytes, newline; an empty line ends an entry. Read as bytes: a length may hold a newline.
 */
export class JournalExport implements BytesParser {
  private readonly entries = new JournalEntries();
  private readonly losses: string[];
  private carry = '';
  private skip = 0;
  private skippingLine = false;
  private lineNo = 1;
  private entryLine = 1;
  private fields = new Map<string, string>();
  private skipped = 0;

  private readonly other: LineParser | undefined;
  private others = false;

  /** @param other takes the lines between entries that are no fields */
  constructor(losses: string[], other?: LineParser) {
    this.losses = losses;
    this.other = other;
  }

  bytes(chunk: string, out: PrintkRecord[]): void {
    const s = this.carry === '' ? chunk : this.carry + chunk;
    let at = 0;
    for (;;) {
      if (this.skip > 0) {
        const taken = Math.min(this.skip, s.length - at);
        at += taken;
        this.skip -= taken;
        if (this.skip > 0) break;
      }
      const next = this.field(s, at, out);
      if (next < 0) break;
      at = next;
    }
    this.carry = s.slice(at);
    if (this.carry.length > FIELD_LIMIT + 64 || (this.skippingLine && !this.carry.includes('\n'))) {
      this.skippingLine = true;
      this.carry = '';
    }
  }

  flush(out: PrintkRecord[]): void {
    this.other?.flush(out);
  }

  end(out: PrintkRecord[]): void {
    // an entry whose empty line is missing was cut; its message may be
    if (this.carry !== '') this.bytes('\n', out);
    this.entry(out);
    this.other?.end?.(out);
    if (this.skipped > 0) this.losses.push(`${this.skipped} journal fields longer than 1 MiB were skipped`);
  }

  /** Reads one line or binary field at `at`; where the next begins, or -1 when more bytes are needed. */
  private field(s: string, at: number, out: PrintkRecord[]): number {
    const lf = s.indexOf('\n', at);
    if (lf < 0) return -1;
    if (this.skippingLine) {
      this.skippingLine = false;
      this.skipped++;
    } else if (lf === at) this.entry(out);
    else {
      const line = s.slice(at, lf);
      const equals = line.indexOf('=');
      if (this.other !== undefined && this.fields.size === 0 && !FIELD.test(line)) {
        this.others = true;
        this.other.line(s, at, lf, this.lineNo++, out);
        return lf + 1;
      }
      if (equals < 0) return this.binary(s, at, lf);
      this.set(line.slice(0, equals), line.slice(equals + 1));
    }
    this.lineNo++;
    return lf + 1;
  }

  private binary(s: string, at: number, lf: number): number {
    const name = s.slice(at, lf);
    if (!/^[A-Z_][A-Z0-9_]{0,63}$/.test(name)) {
      // the text begins in the middle of a field
      this.lineNo++;
      return lf + 1;
    }
    if (s.length < lf + 9) return -1;
    let length = 0;
    for (let i = 8; i >= 1; i--) length = length * 256 + s.charCodeAt(lf + i);
    if (length > FIELD_LIMIT) {
      this.skipped++;
      this.skip = Math.min(length, Number.MAX_SAFE_INTEGER) + 1;
      return lf + 9;
    }
    const end = lf + 9 + length;
    if (s.length <= end) return -1;
    const value = s.slice(lf + 9, end);
    this.set(name, value);
    this.lineNo += 2 + value.split('\n').length - 1;
    return end + 1;
  }

  private set(name: string, value: string): void {
    if (this.fields.size === 0) this.entryLine = this.lineNo;
    if (FIELDS.has(name) && !this.fields.has(name)) this.fields.set(name, value);
  }

  private entry(out: PrintkRecord[]): void {
    if (this.others) this.other?.flush(out);
    this.others = false;
    if (this.fields.size > 0) this.entries.read(this.fields, this.entryLine, out);
    this.fields = new Map();
  }
}
