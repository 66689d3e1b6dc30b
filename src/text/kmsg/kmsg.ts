import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';
import { makeRecord } from '../make-record.ts';
import { Cursor } from '../prefix/cursor.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import { Fragments, type Piece } from './fragments.ts';
import { type KmsgHeader, readKmsgHeader } from './header.ts';
import { Reorder } from './reorder.ts';
import { unescapeKmsg } from './unescape.ts';

/**
 * Records as /dev/kmsg gives them: `prio,seq,usec,flag;text`, then ` KEY=value` lines. `seq` is the kernel's own number. Extended
 * netconsole has the same form; its datagrams may come out of order and in fragments. A line that is neither goes to `other`.
 */
export class KmsgParser implements LineParser {
  private readonly c = new Cursor();
  private readonly other: LineParser;
  private readonly losses: string[];
  private readonly reorder = new Reorder();
  private readonly fragments = new Fragments();
  /** The last line was another's. */
  private others = false;
  /** The last record, held for its dictionary lines. */
  private held: PrintkRecord | undefined;
  /** Headers of records in pieces. */
  private readonly heads = new Map<number, PrintkRecord>();
  /** The record whose fragment ended the last line, and where its body goes on: dictionary lines of a fragment are lines of their own. */
  private open: { readonly seq: number; readonly offset: number; readonly total: number } | undefined;

  constructor(other: LineParser, losses: string[]) {
    this.other = other;
    this.losses = losses;
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (start >= end) return;
    if (s.charCodeAt(start) === 0x20 && this.open !== undefined) {
      const { seq, offset, total } = this.open;
      this.body(seq, { offset, total }, `\n${s.slice(start, end)}`, out);
      return;
    }
    if (s.charCodeAt(start) === 0x20 && this.held !== undefined) {
      const dict = [...(this.held.dict ?? []), unescapeKmsg(s.slice(start + 1, end))];
      if (dict.length < 64) this.held = { ...this.held, dict };
      return;
    }
    this.open = undefined;
    this.c.start(s, start, end);
    const header = readKmsgHeader(this.c);
    if (header === undefined) this.stray(s, start, end, lineNo, out);
    else if (header.fragment !== undefined) this.piece(header, header.fragment, s.slice(start, this.c.pos), s, end, out);
    else this.hold({ ...makeRecord(header.seq, this.c, unescapeKmsg(this.c.rest())), continuation: header.continuation || undefined }, out);
  }

  flush(out: PrintkRecord[]): void {
    if (this.held !== undefined) this.reorder.push(this.held, out);
    this.held = undefined;
    for (const whole of this.fragments.flush()) this.assembled(whole, out);
    this.heads.clear();
    this.reorder.flush(out);
    this.other.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.flush(out);
    this.other.end?.(out);
  }

  private hold(record: PrintkRecord, out: PrintkRecord[]): void {
    if (this.others) this.other.flush(out);
    this.others = false;
    if (this.held !== undefined) this.reorder.push(this.held, out);
    this.held = record;
  }

  /** Not the beginning of a record: the rest of a fragment whose body holds a newline before its dictionary, or noise. */
  private stray(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (this.held !== undefined) this.reorder.push(this.held, out);
    this.held = undefined;
    this.reorder.flush(out);
    this.other.line(s, start, end, lineNo, out);
    this.others = true;
  }

  /** Only the last fragment ends in a newline: in a capture of bare bytes the next header stands in the middle of the line. */
  private piece(header: KmsgHeader, fragment: Piece, head: string, s: string, end: number, out: PrintkRecord[]): void {
    const stem = head.slice(0, head.lastIndexOf('ncfrag=') + 7);
    const bodyStart = this.c.pos;
    const record = makeRecord(header.seq, this.c, '');
    if (!this.heads.has(header.seq)) this.heads.set(header.seq, record);
    const next = this.nextHeader(s, bodyStart, end, stem, fragment.total);
    const bodyEnd = next < 0 ? end : next;
    this.body(header.seq, fragment, s.slice(bodyStart, bodyEnd), out);
    if (next >= 0) this.line(s, next, end, 0, out);
  }

  private body(seq: number, piece: Piece, body: string, out: PrintkRecord[]): void {
    this.open = { seq, offset: piece.offset + body.length, total: piece.total };
    for (const whole of this.fragments.add(seq, piece, body)) {
      if (whole.seq === seq) this.open = undefined;
      this.assembled(whole, out);
    }
  }

  private nextHeader(s: string, from: number, end: number, stem: string, total: number): number {
    // one search a fragment, bounded by the line's limit
    const line = s.slice(from, Math.min(end, from + LINE_LIMIT));
    for (let at = line.indexOf(stem); at >= 0; at = line.indexOf(stem, at + 1)) {
      const semicolon = line.indexOf(';', at);
      if (semicolon > 0 && line.slice(at + stem.length, semicolon).endsWith(`/${total}`)) return from + at;
    }
    return -1;
  }

  private assembled(whole: { readonly seq: number; readonly body: string; readonly missing: number }, out: PrintkRecord[]): void {
    const head = this.heads.get(whole.seq);
    this.heads.delete(whole.seq);
    if (head === undefined) return;
    if (whole.missing > 0) this.losses.push(`record ${whole.seq}: ${whole.missing} bytes of its fragments are missing`);
    const [text = '', ...dict] = whole.body.split('\n');
    const entries = dict.filter((d) => d.startsWith(' ')).map((d) => unescapeKmsg(d.slice(1)));
    this.hold({ ...head, text: unescapeKmsg(text), dict: entries.length > 0 ? entries : undefined }, out);
  }
}
