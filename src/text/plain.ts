import type { PrintkRecord } from '../record/record.ts';
import { readKmsgHeader } from './kmsg/header.ts';
import { unescapeKmsg } from './kmsg/unescape.ts';
import type { LineParser } from './line-parser.ts';
import { makeRecord } from './make-record.ts';
import { colourAt, stripColours } from './prefix/colour.ts';
import { Cursor } from './prefix/cursor.ts';
import { GlueFinder } from './prefix/glue.ts';
import { matchKernelTime } from './prefix/kernel-time.ts';
import { RecordPrefix } from './prefix/record-prefix.ts';
import type { Layout } from './sniff/layout.ts';
import { LINE_LIMIT } from './split-lines.ts';

/** Lines of dmesg, of a console, of /proc/kmsg or of a pstore dump: every line is a record, or continues one. */
export class PlainParser implements LineParser {
  private readonly c = new Cursor();
  private readonly glue = new GlueFinder();
  private readonly layout: Layout;
  private readonly prefix: RecordPrefix;
  private stamped: boolean;
  /** The last record, held until the next line shows that it does not continue it. */
  private held: PrintkRecord | undefined;
  /** Width of the held record's prefix, by which dmesg, makedumpfile and crash indent its later lines. 0: nothing can join. */
  private indent = 0;
  /** The held line has a stamp in a log that has none. */
  private doubted = false;
  private heldIsKmsg = false;
  private lastUsec = 0;

  constructor(layout: Layout) {
    this.layout = layout;
    this.stamped = layout.stamped;
    this.prefix = new RecordPrefix(layout);
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    let from = start;
    // consoles that end lines with LF CR, and the NULs of a UART that starts
    while (from < end && (s.charCodeAt(from) === 0x0d || s.charCodeAt(from) === 0)) from++;
    if (this.indent > 0 && this.isIndented(s, from, end)) this.join(s.slice(from + this.indent, end), lineNo, out);
    else if (this.layout.coloured || (from < end && s.charCodeAt(from) === 0x1b && this.isPainted(s, from, end))) {
      const clean = stripColours(s.slice(from, end));
      this.record(clean, 0, clean.length, lineNo, out);
    } else this.record(s, from, end, lineNo, out);
  }

  flush(out: PrintkRecord[]): void {
    if (this.held !== undefined) out.push(this.held);
    this.held = undefined;
    this.indent = 0;
    this.doubted = false;
    this.heldIsKmsg = false;
  }

  private record(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    const { c } = this;
    c.start(s, from, end);
    if (this.prefix.read(c, this.stamped)) {
      const text = s.slice(c.pos, end);
      const glued = this.stamped && c.usec !== undefined ? this.glue.inRecord(text, c.usec) : -1;
      const next = glued < 0 ? -1 : c.pos + glued;
      this.hold(makeRecord(lineNo, c, glued < 0 ? text : text.slice(0, glued)), out);
      this.indent = c.pos - from;
      this.lastUsec = c.usec ?? this.lastUsec;
      if (!this.stamped) this.doubt(s, c.pos, end, out);
      if (next >= 0) this.record(s, next, end, lineNo, out);
    } else if (!this.kmsgLine(s, from, end, lineNo, out)) this.prose(s, from, end, lineNo, out);
  }

  /** A line without prefix: a program's, firmware's, or the kernel's where it prints no time. */
  private prose(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    const text = s.slice(from, end);
    const glued = this.stamped ? this.glue.inProse(text, this.lastUsec) : -1;
    if (glued >= 0) {
      const before = text.slice(0, glued);
      if (/[^\s\0]/.test(stripColours(before)) && !isClock(before)) this.hold(makeRecord(lineNo, this.blank(), before), out);
      this.record(s, from + glued, end, lineNo, out);
    } else if (this.layout.form === 'vmcore-dmesg' && this.held !== undefined) this.join(text, lineNo, out);
    else {
      this.hold(makeRecord(lineNo, this.blank(), text), out);
      if (!this.stamped) this.doubt(s, from, end, out);
    }
  }

  /** `cat /dev/kmsg` on a console. */
  private kmsgLine(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    if (this.heldIsKmsg && this.held !== undefined && /^ [A-Z][A-Z_]*=/.test(s.slice(from, Math.min(end, from + 32)))) {
      this.held = { ...this.held, dict: [...(this.held.dict ?? []), unescapeKmsg(s.slice(from + 1, end))] };
      return true;
    }
    this.c.start(s, from, end);
    const header = readKmsgHeader(this.c);
    if (header === undefined) return false;
    this.hold({ ...makeRecord(lineNo, this.c, unescapeKmsg(this.c.rest())), continuation: header.continuation || undefined }, out);
    this.heldIsKmsg = true;
    this.lastUsec = this.c.usec ?? this.lastUsec;
    return true;
  }

  private blank(): Cursor {
    this.c.start('', 0, 0);
    return this.c;
  }

  private hold(record: PrintkRecord, out: PrintkRecord[]): void {
    if (this.held !== undefined) out.push(this.held);
    this.held = record;
    this.indent = 0;
    this.heldIsKmsg = false;
  }

  /** In a log without stamps one line with a stamp says something about time; two in a row are stamps (printk.time switched on). */
  private doubt(s: string, at: number, end: number, out: PrintkRecord[]): void {
    const looksStamped = matchKernelTime(s, at, end) >= 0;
    const again = looksStamped && this.doubted;
    this.doubted = looksStamped;
    if (!again) return;
    this.stamped = true;
    const second = this.held;
    this.held = undefined;
    for (const record of [out.pop(), second]) {
      if (record === undefined) continue;
      this.c.start(record.text, 0, record.text.length);
      this.prefix.read(this.c, true);
      const { usec, callerId } = this.c;
      this.hold({ ...record, usec, callerId, text: this.c.rest() }, out);
      this.lastUsec = usec ?? this.lastUsec;
    }
  }

  private isIndented(s: string, from: number, end: number): boolean {
    const text = from + this.indent;
    if (text >= end) return false;
    for (let i = from; i < text; i++) if (s.charCodeAt(i) !== 0x20) return false;
    // on a console a program may indent as well: only the exact column counts
    return this.layout.form !== 'console' || s.charCodeAt(text) !== 0x20;
  }

  private join(text: string, lineNo: number, out: PrintkRecord[]): void {
    const { held } = this;
    const clean = this.layout.coloured ? stripColours(text) : text;
    if (held !== undefined && held.text.length + clean.length < LINE_LIMIT) this.held = { ...held, text: `${held.text}\n${clean}` };
    else {
      const { indent } = this;
      this.hold({ ...(held ?? makeRecord(lineNo, this.blank(), '')), seq: lineNo, text: clean, continuation: true }, out);
      this.indent = indent;
    }
  }

  /** Colours, then a time: dmesg painted this line. What a program on the console paints stays as it is. */
  private isPainted(s: string, from: number, end: number): boolean {
    if (!colourAt(s, from, end)) return false;
    const head = stripColours(s.slice(from, Math.min(end, from + 96)));
    this.c.start(head, 0, head.length);
    return this.prefix.read(this.c, this.stamped);
  }
}

/** What a capturing program (ts, minicom, conserver) writes before each line: a time and nothing else. */
const isClock = (before: string): boolean =>
  before.length < 48 && /^[[(<]?[\w ,./:+-]*\d\d:\d\d:\d\d[\w ,.:+-]*[\])>]?:? *$/.test(before) && !/[a-z]{4}/i.test(before);
