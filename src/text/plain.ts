import type { PrintkRecord } from '../record/record.ts';
import { readKmsgHeader } from './kmsg/header.ts';
import { unescapeKmsg } from './kmsg/unescape.ts';
import type { LineParser } from './line-parser.ts';
import { makeRecord, stampedRecord } from './make-record.ts';
import { mayBeMore } from './prefix/behind-time.ts';
import { colourAt, stripColours } from './prefix/colour.ts';
import { Cursor } from './prefix/cursor.ts';
import { GlueFinder } from './prefix/glue.ts';
import { lastUsec, matchKernelTime } from './prefix/kernel-time.ts';
import { beginsFacility } from './prefix/priority.ts';
import { RecordPrefix } from './prefix/record-prefix.ts';
import type { Layout } from './sniff/layout.ts';
import { endOfLine, LINE_LIMIT, type Lines } from './split-lines.ts';
import type { StraightLines } from './straight-lines.ts';

/** `[`, with which the kernel's time begins. */
const BRACKET = 0x5b;

/** Lines of dmesg, of a console, of /proc/kmsg or of a pstore dump: every line is a record, or continues one. */
export class PlainParser implements LineParser {
  private readonly c = new Cursor();
  private readonly glue = new GlueFinder();
  private readonly layout: Layout;
  private readonly prefix: RecordPrefix;
  private stamped: boolean;
  /** Neither a colour nor a level stands before it or behind it. */
  private readonly timeStandsFirst: boolean;
  /** The last record, held until the next line shows that it does not continue it. */
  private held: PrintkRecord | undefined;
  /** Width of the held record's prefix, by which dmesg, makedumpfile and crash indent its later lines. 0: nothing can join. */
  private indent = 0;
  /** The held line has a stamp in a log that has none. */
  private doubted = false;
  private heldIsKmsg = false;
  private lastUsec = 0;
  /** Where the next record begins that stands on the same line, glued to the one before; -1 where none does. */
  private gluedNext = -1;

  constructor(layout: Layout) {
    this.layout = layout;
    this.stamped = layout.stamped;
    this.timeStandsFirst = !layout.coloured && !layout.levelAfterTime;
    this.prefix = new RecordPrefix(layout);
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (!this.take(s, start, end, lineNo, out)) this.bare(s, start, end, lineNo, out);
  }

  /** Takes a line that bears a record's prefix, or continues the record before it by its indent. @returns false: it does neither */
  take(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    if (start + 2 < end && !this.layout.coloured && isWord(s.charCodeAt(start), s.charCodeAt(start + 1))) return false;
    const from = textStart(s, start, end);
    if (this.indent > 0 && this.isIndented(s, from, end)) {
      this.join(s.slice(from + this.indent, end), lineNo, out);
      return true;
    }
    if (this.layout.coloured || (from < end && s.charCodeAt(from) === 0x1b && this.isPainted(s, from, end))) {
      const clean = stripColours(s.slice(from, end));
      return this.prefixed(clean, 0, clean.length, lineNo, out);
    }
    return this.prefixed(s, from, end, lineNo, out);
  }

  /**
   * Takes lines of nothing but the kernel's time, a blank and a text, as nearly all are, up to the first where more may stand, or nothing:
   * what {@link RecordPrefix} would find. What is asked of each line is asked in one loop, which V8 compiles at once and as one.
   * @param last where in the piece the last of them ends at the latest
   * @param longest characters of the longest
   * @param straight is told of each
   */
  stampedLines(lines: Lines, last: number, longest: number, straight: StraightLines, out: PrintkRecord[]): void {
    if (!this.stamped || !this.timeStandsFirst) return;
    const piece = lines.piece;
    let held = this.held;
    for (let at = lines.at; at < piece.length && piece.charCodeAt(at) === BRACKET; at = lines.at) {
      const lf = piece.indexOf('\n', at);
      if (lf < 0 || lf > last || lf - at > longest) break;
      const end = endOfLine(piece, at, lf);
      const text = matchKernelTime(piece, at, end) + 1;
      if (text === 0 || text + 1 >= end || piece.charCodeAt(text - 1) !== 0x20 || mayBeMore(piece, text, end)) break;
      const usec = lastUsec;
      // most texts hold no bracket; the next is that of the next line
      if (piece.indexOf('[', text + 1) < end && this.glue.inRecord(piece, text, end, usec) >= 0) break;
      if (held !== undefined) out.push(held);
      held = stampedRecord(++lines.lineNo, usec, piece.slice(text, end));
      this.indent = text - at;
      this.lastUsec = usec;
      straight.add(piece, at, end);
      lines.at = lf + 1;
    }
    if (held === this.held) return;
    this.held = held;
    this.heldIsKmsg = false;
  }

  /** Takes a line that continues the record before it: by its indent, or a field of /dev/kmsg's. */
  goesOn(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    const from = textStart(s, start, end);
    if (this.indent > 0 && this.isIndented(s, from, end)) {
      this.join(s.slice(from + this.indent, end), lineNo, out);
      return true;
    }
    return this.isDictLine(s, from, end) && this.kmsgLine(s, from, end, lineNo, out);
  }

  /** Whether {@link take} would take the line; nothing is taken. */
  begins(s: string, start: number, end: number): boolean {
    const from = textStart(s, start, end);
    if (this.indent > 0 && this.isIndented(s, from, end)) return true;
    if (this.layout.coloured || (from < end && s.charCodeAt(from) === 0x1b)) {
      const clean = stripColours(s.slice(from, end));
      this.c.start(clean, 0, clean.length);
    } else this.c.start(s, from, end);
    return this.prefix.read(this.c, this.stamped) || this.isKmsg(s, from, end);
  }

  /** Columns of the prefix that {@link begins} found last. */
  get prefixWidth(): number {
    return this.c.pos;
  }

  /** Where a stamp stands in the middle of a line without prefix, or -1. */
  gluedAt(text: string): number {
    return this.stamped ? this.glue.inProse(text, this.lastUsec) : -1;
  }

  /** A line without prefix: a program's, firmware's, or the kernel's where it prints no time. `foreign`: surely not the kernel's. */
  bare(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[], foreign?: true): void {
    const from = textStart(s, start, end);
    if (this.layout.coloured) {
      const clean = stripColours(s.slice(from, end));
      this.prose(clean, 0, clean.length, lineNo, out, foreign);
    } else this.prose(s, from, end, lineNo, out, foreign);
  }

  /** A record whose prefix something else has read. */
  give(record: PrintkRecord, out: PrintkRecord[]): void {
    this.hold(record, out);
    this.lastUsec = record.usec ?? this.lastUsec;
  }

  /** What a line break in the middle of the last record had cut off. */
  extend(text: string): void {
    const { held } = this;
    if (held !== undefined && held.text.length + text.length < LINE_LIMIT) this.held = { ...held, text: held.text + text };
  }

  /** Whether a record is held that a next line may continue. */
  get isHolding(): boolean {
    return this.held !== undefined;
  }

  flush(out: PrintkRecord[]): void {
    if (this.held !== undefined) out.push(this.held);
    this.held = undefined;
    this.indent = 0;
    this.doubted = false;
    this.heldIsKmsg = false;
  }

  private prefixed(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    const taken = this.onePrefixed(s, from, end, lineNo, out);
    this.onwards(s, from, end, lineNo, out);
    return taken;
  }

  private prose(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[], foreign?: true): void {
    this.oneOfProse(s, from, end, lineNo, out, foreign);
    this.onwards(s, from, end, lineNo, out);
  }

  /** The records behind the first of a line, one after the other: a torn line holds thousands. */
  private onwards(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    for (let at = from; this.gluedNext > at; ) {
      at = this.gluedNext;
      this.gluedNext = -1;
      if (!this.onePrefixed(s, at, end, lineNo, out)) this.oneOfProse(s, at, end, lineNo, out);
    }
    this.gluedNext = -1;
  }

  private onePrefixed(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    const { c } = this;
    c.start(s, from, end);
    if (!this.prefix.read(c, this.stamped)) return this.kmsgLine(s, from, end, lineNo, out);
    const text = s.slice(c.pos, end);
    const glued = this.stamped && c.usec !== undefined ? this.glue.inRecord(text, 0, text.length, c.usec) : -1;
    if (glued >= 0) this.gluedNext = c.pos + glued;
    this.hold(makeRecord(lineNo, c, glued < 0 ? text : text.slice(0, glued)), out);
    this.indent = c.pos - from;
    this.lastUsec = c.usec ?? this.lastUsec;
    if (!this.stamped) this.doubt(s, c.pos, end, out);
    return true;
  }

  private oneOfProse(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[], foreign?: true): void {
    const text = s.slice(from, end);
    const glued = this.stamped && foreign === undefined ? this.glue.inProse(text, this.lastUsec) : -1;
    if (glued >= 0) {
      const before = text.slice(0, glued);
      if (/[^\s\0]/.test(stripColours(before)) && !isClock(before)) this.hold(makeRecord(lineNo, this.blank(), before), out);
      this.gluedNext = from + glued;
    } else if (this.layout.form === 'vmcore-dmesg' && this.held !== undefined) this.join(text, lineNo, out);
    else {
      this.hold(makeRecord(lineNo, this.blank(), text, foreign), out);
      if (!this.stamped) this.doubt(s, from, end, out);
    }
  }

  /** `cat /dev/kmsg` on a console. */
  private kmsgLine(s: string, from: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    if (this.isDictLine(s, from, end) && this.held !== undefined) {
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

  private isKmsg(s: string, from: number, end: number): boolean {
    if (this.isDictLine(s, from, end)) return true;
    this.c.start(s, from, end);
    return readKmsgHeader(this.c) !== undefined;
  }

  private isDictLine(s: string, from: number, end: number): boolean {
    return this.heldIsKmsg && this.held !== undefined && /^ [A-Z][A-Z_]*=/.test(s.slice(from, Math.min(end, from + 32)));
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

/** It begins with a letter and no facility: every other prefix begins with a bracket, a digit, a blank or a control character. */
const isWord = (first: number, second: number): boolean =>
  ((first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a)) && !beginsFacility(first, second);

/** Behind what consoles that end lines with LF CR, and a UART that starts, leave before a line. */
function textStart(s: string, start: number, end: number): number {
  let from = start;
  while (from < end && (s.charCodeAt(from) === 0x0d || s.charCodeAt(from) === 0)) from++;
  return from;
}

/** What a capturing program (ts, minicom, conserver) writes before each line: a time and nothing else. */
const isClock = (before: string): boolean =>
  before.length < 48 && /^[[(<]?[\w ,./:+-]*\d\d:\d\d:\d\d[\w ,.:+-]*[\])>]?:? *$/.test(before) && !/[a-z]{4}/i.test(before);
