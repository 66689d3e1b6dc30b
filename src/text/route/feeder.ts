import type { PrintkRecord } from '../../record/record.ts';
import { JournalJson } from '../journal/journal-json.ts';
import { DmesgJson } from '../json/dmesg-json.ts';
import { journalEntryOf } from '../json/journal-entry.ts';
import { jsonMessages } from '../json/message.ts';
import { parseJsonBytes } from '../json/parse-bytes.ts';
import { makeRecord } from '../make-record.ts';
import type { PlainParser } from '../plain.ts';
import { Cursor } from '../prefix/cursor.ts';
import { matchKernelTime } from '../prefix/kernel-time.ts';
import { levelOfWord } from '../prefix/priority.ts';
import type { LineCounts } from '../reading.ts';
import { foreignKind } from '../shape/foreign.ts';
import { isKernelShape, looksLikeKernel, mentionsKernel } from '../shape/kernel-shapes.ts';
import type { Layout } from '../sniff/layout.ts';
import type { TaggedParser } from '../tagged/tagged.ts';
import { OpenRegion } from './open-region.ts';
import { Seer } from './seer.ts';
import type { Token } from './token.ts';

export interface FeederOptions {
  readonly layout: Layout;
  readonly losses: string[];
  readonly counts: LineCounts;
  readonly plain: PlainParser;
  readonly tagged: TaggedParser;
}

/** A text inside a JSON object inside a text: deeper nobody nests a log. */
const MAX_DEPTH = 2;

/** Hands the lines of a passage to their parsers, in their order, and counts them. */
export class Feeder {
  readonly seer: Seer;
  private readonly options: FeederOptions;
  private readonly region: OpenRegion;
  private readonly c = new Cursor();
  private readonly journal = new JournalJson();
  private readonly dmesg = new DmesgJson();

  constructor(options: FeederOptions) {
    this.options = options;
    this.seer = new Seer(options.plain, options.tagged, options.layout);
    this.region = new OpenRegion(options.losses);
  }

  /** A record that is held back and that only a line of the other sort can set free. */
  get holdsPlain(): boolean {
    return this.options.plain.isHolding;
  }

  get holdsTagged(): boolean {
    return this.options.tagged.isHolding;
  }

  /** A form of several lines has begun and not ended: its lines are not looked at one by one. */
  get inRegion(): boolean {
    return this.region.isOpen || this.seer.isQuoting;
  }

  flush(out: PrintkRecord[]): void {
    this.options.plain.flush(out);
    this.options.tagged.flush(out);
    this.region.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.flush(out);
    this.region.close(out);
  }

  feed(token: Token, out: PrintkRecord[]): void {
    this.give(token, out, 0);
  }

  /** What a line break had cut off the record that was given last. */
  extend(text: string): void {
    const { plain, tagged } = this.options;
    if (tagged.isHolding) tagged.extend(text);
    else plain.extend(text);
  }

  private give(token: Token, out: PrintkRecord[], depth: number): void {
    const { counts, layout } = this.options;
    const { text, pos, lineNo } = token;
    if (token.region !== undefined) {
      this.to('region', out);
      this.region.line(token.region, text, lineNo, out);
      counts.count(token.region.form);
      counts.kernel++;
      return;
    }
    this.region.close(out);
    switch (token.kind) {
      case 'tagged':
        this.giveTagged(token, out);
        return;
      case 'record':
        this.to('plain', out).line(text, pos, text.length, lineNo, out);
        counts.count(layout.mostlyTagged ? (layout.other?.form ?? 'console') : layout.form);
        counts.kernel++;
        return;
      case 'glued':
        this.to('plain', out).bare(text, pos, text.length, lineNo, out);
        counts.count('console');
        counts.kernel++;
        return;
      case 'indented':
        this.giveIndented(token, out);
        return;
      case 'tag':
        this.giveTag(token, out);
        return;
      case 'json':
        if (depth < MAX_DEPTH && this.giveJson(token, out, depth)) return;
    }
    this.giveBare(token, out);
  }

  private giveTagged({ text, pos, lineNo }: Token, out: PrintkRecord[]): void {
    const { counts, tagged, layout } = this.options;
    this.to('tagged', out);
    const whose = tagged.take(text, pos, text.length, lineNo, out);
    if (whose === 'kernel') {
      counts.count(layout.mostlyTagged ? layout.form : (layout.other?.form ?? 'journal'));
      counts.kernel++;
    } else if (whose === 'program') {
      counts.foreign('lines of other programs');
      // among a console's lines it stays; a log of many programs would be nothing else
      if (!layout.mostlyTagged) this.to('plain', out).bare(text, 0, text.length, lineNo, out, true);
    } else if (whose === 'no') this.to('plain', out).bare(text, 0, text.length, lineNo, out);
  }

  /** Later lines belong to whichever parser holds the record. */
  private giveIndented({ text, lineNo }: Token, out: PrintkRecord[]): void {
    const { counts, tagged, plain, layout } = this.options;
    counts.count(layout.form);
    if (!tagged.isHolding || tagged.take(text, 0, text.length, lineNo, out) === 'no') plain.line(text, 0, text.length, lineNo, out);
  }

  private giveTag({ text, pos, lineNo, tag }: Token, out: PrintkRecord[]): void {
    const { counts } = this.options;
    const plain = this.to('plain', out);
    const end = text.length;
    // what klogd passes on may still have its level before the time
    if (matchKernelTime(text, pos, end) >= 0 || /^<\d{1,3}>/.test(text.slice(pos, pos + 5))) plain.line(text, pos, end, lineNo, out);
    else {
      this.c.start(text, pos, end);
      this.c.level = tag?.level === undefined ? undefined : levelOfWord(tag.level);
      plain.give(makeRecord(lineNo, this.c, text.slice(pos)), out);
    }
    counts.count('syslog');
    counts.kernel++;
  }

  /** @returns false: no JSON, or none that carries a message */
  private giveJson(token: Token, out: PrintkRecord[], depth: number): boolean {
    const { counts } = this.options;
    const text = token.text.slice(token.pos);
    const json = parseJsonBytes(text.startsWith('[') ? `{"data":${text}}` : text);
    if (json === undefined) return false;
    const { object } = json;
    if (journalEntryOf(object) !== undefined) {
      this.to('region', out);
      const before = out.length;
      this.journal.read(json, token.lineNo, out);
      if (out.length === before) counts.foreign('lines of other programs');
      else {
        counts.count('journal-json');
        counts.kernel++;
      }
      return true;
    }
    if (typeof object.msg === 'string' && typeof object.time === 'number' && object.pri !== undefined) {
      this.to('region', out);
      this.dmesg.read(json, token.lineNo, out);
      counts.count('dmesg-json');
      counts.kernel++;
      return true;
    }
    const messages = jsonMessages(json);
    if (messages.length === 0) return false;
    counts.count('json');
    for (const { text, program } of messages) {
      for (const line of text.replace(/\r*\n$/, '').split(/\r*\n/)) {
        const inner = this.seer.see(line, token.lineNo);
        if (inner.kind === 'bare' || inner.kind === 'region') this.giveMessage(line, token, program, out);
        else this.give(inner, out, depth + 1);
      }
    }
    return true;
  }

  /** A message without a prefix: whose it is, its object says, or its form. */
  private giveMessage(line: string, { lineNo }: Token, program: string | undefined, out: PrintkRecord[]): void {
    const plain = this.to('plain', out);
    if (program === 'kernel' || isKernelShape(line)) {
      this.options.counts.kernel++;
      this.c.start('', 0, 0);
      plain.give(makeRecord(lineNo, this.c, line), out);
    } else plain.bare(line, 0, line.length, lineNo, out, program === undefined ? undefined : true);
  }

  /** A line that is text for sure, and nothing more was asked of it. */
  giveText(text: string, lineNo: number, out: PrintkRecord[]): void {
    const { counts, plain } = this.options;
    const kind = foreignKind(text);
    if (kind !== undefined) counts.foreign(kind);
    else {
      counts.text++;
      // whether a text is a kernel's log at all, one line of it tells
      if (counts.kernel === 0 && isKernelShape(text)) counts.kernel++;
    }
    plain.bare(text, 0, text.length, lineNo, out, kind === undefined ? undefined : true);
  }

  private giveBare(token: Token, out: PrintkRecord[]): void {
    const { counts, layout, plain } = this.options;
    const { text, pos, lineNo, foreign } = token;
    const body = text.slice(pos);
    if (!token.joined && plain.goesOn(text, 0, text.length, lineNo, out)) return;
    if (body.trim() === '') {
      if (layout.mostlyTagged) return;
      counts.count('blank');
    } else if (foreign) {
      counts.foreign(token.own ? 'output of lastkmsg' : (token.foreignAs ?? 'prose'));
      if (!token.own && mentionsKernel(body)) counts.lost(body);
    } else if (token.isKernels) {
      counts.count('console');
      counts.kernel++;
    } else {
      counts.count('console');
      if (looksLikeKernel(body)) counts.likely++;
      else counts.unlike++;
    }
    this.to('plain', out).bare(text, pos, text.length, lineNo, out, foreign);
  }

  /** The parser that takes the next line; what the others hold back comes before it. */
  private to(next: 'plain' | 'tagged' | 'region', out: PrintkRecord[]): PlainParser {
    const { plain, tagged } = this.options;
    if (next !== 'plain') plain.flush(out);
    if (next !== 'tagged') tagged.flush(out);
    return plain;
  }
}
