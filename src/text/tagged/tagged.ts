import { BOOT_ENTRY } from '../../record/boot-entry.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { unescapeKmsg } from '../kmsg/unescape.ts';
import type { LineParser } from '../line-parser.ts';
import { makeRecord } from '../make-record.ts';
import { stripColours } from '../prefix/colour.ts';
import { Cursor } from '../prefix/cursor.ts';
import { readKernelTime } from '../prefix/kernel-time.ts';
import { readPriority } from '../prefix/priority.ts';
import type { Layout } from '../sniff/layout.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import { EarlyJournal } from './early-journal.ts';
import { HostLanes } from './host-lanes.ts';
import { decodeOctal } from './octal.ts';
import { TaggedStamp } from './stamp.ts';
import { read5424, TagReader } from './tag.ts';

/** LOG_USER: what a program wrote into the kernel's log; the short forms do not tell its true facility. */
const USER = 1;

/**
 * Lines of syslog and of journalctl's short forms: `stamp host tag: text`. Only the kernel's lines become records, and what programs
 * wrote through the kernel's log; what they told syslog or journald is not the kernel's.
 */
export class TaggedParser implements LineParser {
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

  constructor(layout: Layout, asOf: number | undefined) {
    this.layout = layout;
    this.stamp = new TaggedStamp(layout.form === 'journal' ? 'journal' : 'syslog', asOf);
    this.tags = new TagReader(layout.hostColumn);
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (start >= end) return;
    const { c } = this;
    if (this.indent > 0 && this.isIndented(s, start, end)) {
      this.join(s.slice(start + this.indent, end));
      return;
    }
    c.start(s, start, end);
    const priority = readPriority(c);
    const version = priority && c.at(0) === 0x31 && c.at(1) === 0x20;
    if (version) c.pos += 2;
    if (!this.stamp.read(c)) {
      this.unstamped(s, start, end);
      return;
    }
    if (!version || !read5424(c, this.tags)) this.tags.read(c);
    this.indent = this.layout.form === 'journal' ? c.pos - start : 0;
    this.give(lineNo, out);
  }

  flush(out: PrintkRecord[]): void {
    this.release(out);
    this.lanes.flush(out);
  }

  private give(lineNo: number, out: PrintkRecord[]): void {
    const { c, tags } = this;
    this.release(out);
    const { tag, host } = tags;
    if (tag === 'kernel') {
      if (this.layout.stampAfterTag) readKernelTime(c);
      const text = this.text();
      if (text.startsWith('Linux version ')) this.early.boot();
      this.hold(makeRecord(lineNo, c, text), host);
    } else if (this.layout.form === 'journal' && tag !== '') {
      const text = this.text();
      if (!this.early.throughKernel(tag, text)) return;
      c.facility = USER;
      // journald takes `unknown` for lines that name no program
      this.hold(makeRecord(lineNo, c, tag === 'unknown' ? text : `${tag}: ${text}`), host);
    }
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

  /** What journalctl says of itself, or the later line of a message that something else indented or did not. */
  private unstamped(s: string, start: number, end: number): void {
    const line = s.slice(start, end);
    if (!line.startsWith('-- ')) {
      this.join(line.trimStart());
      return;
    }
    this.indent = 0;
    // `-- Boot 0123… --` since systemd 246, `-- Reboot --` before; the id is left out: the next record is another boot's
    if (!/^-- (?:Boot [0-9a-f]{32}|Reboot) --/.test(line)) return;
    this.bootMark = BOOT_ENTRY;
    this.early.boot();
  }
}
