import { BOOT_ENTRY } from '../../record/boot-entry.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { unescapeKmsg } from '../kmsg/unescape.ts';
import { makeRecord } from '../make-record.ts';
import { stripColours } from '../prefix/colour.ts';
import { Cursor } from '../prefix/cursor.ts';
import { matchKernelTime, readKernelTime, STAMP_WIDTH } from '../prefix/kernel-time.ts';
import { readPriority } from '../prefix/priority.ts';
import type { Layout } from '../sniff/layout.ts';
import { JOURNAL_NOTE } from '../sniff/line-kinds.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import { EarlyJournal } from './early-journal.ts';
import { HostLanes } from './host-lanes.ts';
import { decodeOctal } from './octal.ts';
import { TaggedStamp } from './stamp.ts';
import { read5424, TagReader } from './tag.ts';

/** LOG_USER: what a program wrote into the kernel's log; the short forms do not tell its true facility. */
const USER = 1;

/** Whose a line is: nobody's that can be told here, the kernel's, another program's, journalctl's own. */
export type TaggedLine = 'no' | 'kernel' | 'program' | 'note';

/**
 * Lines of syslog and of journalctl's short forms: `stamp host tag: text`. Only the kernel's lines become records, and what programs
 * wrote through the kernel's log; what they told syslog or journald is not the kernel's.
 */
export class TaggedParser {
  private readonly c = new Cursor();
  private readonly layout: Layout;
  private readonly stamp: TaggedStamp;
  private readonly tags: TagReader;
  private readonly early = new EarlyJournal();
  private readonly lanes = new HostLanes();
  private held: PrintkRecord | undefined;
  private heldHost = '';
  /** Column of the last text: journalctl indents the later lines of a message by it. */
  private indent = 0;
  private bootMark: string | undefined;
  private looksStamped = false;
  /** The line bears a kernel's own time, and no tag of a kernel's. */
  private isRelayed = false;

  constructor(layout: Layout, asOf: number | undefined) {
    this.layout = layout;
    this.stamp = new TaggedStamp(layout.form === 'journal' ? 'journal' : 'syslog', asOf);
    this.tags = new TagReader(layout.hostColumn);
  }

  /** Takes a line that bears a stamp and a tag, or continues the one before it by its indent. */
  take(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): TaggedLine {
    if (this.indent > 0 && this.isIndented(s, start, end)) {
      this.join(s.slice(start + this.indent, end));
      return this.held === undefined ? 'program' : 'kernel';
    }
    if (!this.read(s, start, end)) return this.note(s, start, end) ? 'note' : 'no';
    this.indent = this.layout.form === 'journal' ? this.c.pos - start : 0;
    return this.give(lineNo, out);
  }

  /** Whose line it is; nothing is taken. */
  sees(s: string, start: number, end: number): TaggedLine {
    if (this.indent > 0 && this.isIndented(s, start, end)) return this.held === undefined ? 'program' : 'kernel';
    if (!this.read(s, start, end)) return this.isNote(s, start, end) ? 'note' : 'no';
    return this.tags.tag === 'kernel' ? 'kernel' : 'program';
  }

  /** Columns of what {@link sees} found before the text; 0 where nothing is indented by it. */
  get prefixWidth(): number {
    return this.layout.form === 'journal' ? this.c.pos : 0;
  }

  /** Stamp, host and tag; the cursor stands at the text. */
  private read(s: string, start: number, end: number): boolean {
    const { c } = this;
    c.start(s, start, end);
    const priority = readPriority(c);
    const version = priority && c.at(0) === 0x31 && c.at(1) === 0x20;
    if (version) c.pos += 2;
    // `[    1.234567] text` is dmesg's, unless most lines have a host and a tag behind the time
    if (c.at(0) === 0x5b && !(this.layout.mostlyTagged && this.layout.monotonic)) return false;
    if (!this.stamp.read(c)) return false;
    if (!version || !read5424(c, this.tags)) this.tags.read(c);
    this.isRelayed = this.tags.tag !== 'kernel' && this.isStamped();
    if (this.isRelayed) return this.relayed();
    // short-monotonic names a host in each line: where none does, a time alone is the kernel's
    return this.tags.tag !== '' || (this.layout.mostlyTagged && (this.layout.hostColumn || !this.layout.monotonic));
  }

  private isStamped(): boolean {
    const { c } = this;
    return c.at(0) === 0x5b && matchKernelTime(c.s, c.pos, c.end) - c.pos >= STAMP_WIDTH;
  }

  /**
   * The kernel's own time where a tag would end: netconsole through rsyslog (no tag), a program that passes on a console. Beside
   * kernel lines of the log's own machine a program's stay its own.
   */
  private relayed(): boolean {
    const { tags, layout } = this;
    if (tags.tag === '' || (layout.mostlyTagged && layout.relays)) tags.tag = 'kernel';
    // a stamp behind a name that is no tag of this log is found as what stands inside a line
    return tags.tag === 'kernel' || layout.mostlyTagged;
  }

  /** What a line break in the middle of the last record had cut off. */
  extend(text: string): void {
    if (this.held !== undefined && this.held.text.length + text.length < LINE_LIMIT)
      this.held = { ...this.held, text: this.held.text + text };
  }

  /** Whether a record is held that a next line may continue. */
  get isHolding(): boolean {
    return this.held !== undefined;
  }

  flush(out: PrintkRecord[]): void {
    this.release(out);
    this.lanes.flush(out);
  }

  private give(lineNo: number, out: PrintkRecord[]): TaggedLine {
    const { c, tags } = this;
    const { tag, host } = tags;
    if (tag === 'kernel') {
      const stamp = this.layout.stampAfterTag || this.isRelayed || this.stampedTwice();
      this.release(out);
      if (stamp) {
        // klogd passes on what `dmesg -r` prints: a level before the time
        if (c.at(0) === 0x20 && (c.at(1) === 0x5b || c.at(1) === 0x3c)) c.pos++;
        if (c.at(0) === 0x3c) readPriority(c);
        readKernelTime(c);
      }
      const text = this.text();
      if (text.startsWith('Linux version ')) this.early.boot();
      this.hold(makeRecord(lineNo, c, text), host);
      return 'kernel';
    }
    this.release(out);
    if (this.layout.form !== 'journal' || tag === '') return 'program';
    const text = this.text();
    if (!this.early.throughKernel(tag, text)) return 'program';
    c.facility = USER;
    // journald takes `unknown` for lines that name no program
    this.hold(makeRecord(lineNo, c, tag === 'unknown' ? text : `${tag}: ${text}`), host);
    return 'kernel';
  }

  private text(): string {
    const text = this.c.rest();
    if (this.layout.coloured) return stripColours(text);
    if (this.layout.form !== 'syslog') return text;
    // imkmsg leaves the escapes of /dev/kmsg in the text, a multi-line record on one line
    return this.layout.stampAfterTag ? decodeOctal(text) : unescapeKmsg(decodeOctal(text));
  }

  private hold(record: PrintkRecord, host: string): void {
    this.held = this.bootMark === undefined ? record : { ...record, dict: [this.bootMark] };
    this.bootMark = undefined;
    this.heldHost = host;
  }

  private release(out: PrintkRecord[]): void {
    if (this.held !== undefined) this.lanes.push(this.held, this.heldHost, out);
    this.held = undefined;
  }

  private isIndented(s: string, start: number, end: number): boolean {
    const text = start + this.indent;
    if (text > end) return false;
    for (let i = start; i < text; i++) if (s.charCodeAt(i) !== 0x20) return false;
    return true;
  }

  /** A later line of a message; of a program's message that is no record it goes the same way. */
  private join(text: string): void {
    if (this.held === undefined || this.held.text.length + text.length >= LINE_LIMIT) return;
    this.held = { ...this.held, text: `${this.held.text}\n${this.layout.coloured ? stripColours(text) : text}` };
  }

  /** What journalctl says of itself. */
  private note(s: string, start: number, end: number): boolean {
    if (!this.isNote(s, start, end)) return false;
    this.indent = 0;
    // `-- Boot 0123… --` since systemd 246, `-- Reboot --` before; the id is left out: the next record is another boot's
    if (/^-- (?:Boot [0-9a-f]{32}|Reboot) --/.test(s.slice(start, Math.min(end, start + 48)))) {
      this.bootMark = BOOT_ENTRY;
      this.early.boot();
    }
    return true;
  }

  private isNote(s: string, start: number, end: number): boolean {
    return s.charCodeAt(start) === 0x2d && JOURNAL_NOTE.test(s.slice(start, Math.min(end, start + 64)));
  }

  /**
   * Whether the kernel's own time stands behind the tag, in a log that was not seen to have it there: two lines in a row say so. One
   * alone is a text that looks like a time.
   */
  private stampedTwice(): boolean {
    const { c } = this;
    const at = c.at(0) === 0x20 ? c.pos + 1 : c.at(0) === 0x3c && c.at(2) === 0x3e ? c.pos + 3 : c.pos;
    const looks = matchKernelTime(c.s, at, c.end) >= 0;
    const again = looks && this.looksStamped;
    this.looksStamped = looks;
    if (!again || this.held === undefined || this.held.usec !== undefined) return again;
    const stamp = new Cursor();
    stamp.start(this.held.text, 0, this.held.text.length);
    if (stamp.at(0) === 0x20) stamp.pos++;
    if (stamp.at(0) === 0x3c) readPriority(stamp);
    const { level, facility } = stamp.level === undefined ? this.held : stamp;
    if (readKernelTime(stamp))
      this.held = { ...this.held, usec: stamp.usec, level, facility, callerId: stamp.callerId, text: stamp.rest() };
    return true;
  }
}
