import type { PrintkRecord } from '../../record/record.ts';
import type { TextForm } from '../forms.ts';
import type { LineParser } from '../line-parser.ts';
import { PlainParser } from '../plain.ts';
import { isDigit } from '../prefix/cursor.ts';
import { isIsoOfDmesg } from '../prefix/wall-time.ts';
import type { LineCounts } from '../reading.ts';
import type { Damage } from '../repair/damage.ts';
import type { Layout } from '../sniff/layout.ts';
import { endOfLine, type Lines } from '../split-lines.ts';
import { TaggedParser } from '../tagged/tagged.ts';
import { Ahead, type Sought } from './ahead.ts';
import { Feeder } from './feeder.ts';
import { LONG, linesWithin } from './one-line.ts';
import { Passage } from './passage.ts';
import { BareLines } from './plainly-bare.ts';
import { isBreakable, LIST_SIGNS, mayGoOn, WIDEST } from './wrap.ts';

/** Lines that are looked at together, and their bytes; fewer where no line can have been broken. */
const PASSAGE_LINES = 512;
const SHORT_PASSAGE = 64;
const PASSAGE_BYTES = 1 << 20;
/** `[`, with which the kernel's time begins. */
const BRACKET = 0x5b;
/** How far back the longest line is remembered, in lines. */
const WINDOW = 512;

/** Bytes that typography and HTML leave. */
const DAMAGED: Sought = {
  pattern: String.raw`\xe2\x80|&(?:lt|gt|amp|quot|nbsp);`,
  isAbsent: (piece) => !piece.includes('\xe2') && !piece.includes('&'),
};

/** What is known of a text before its lines are read. */
export interface RouterOptions {
  readonly layout: Layout;
  /** Microseconds since 1970 of a moment not before the log. */
  readonly asOf?: number | undefined;
  /** What the head of the text shows. */
  readonly damage?: Damage | undefined;
  readonly losses: string[];
  readonly counts: LineCounts;
}

/**
 * Gives each line to the parser of the form that it has. Lines that bear a prefix of the kernel's in the first column go straight to
 * theirs. The first that does not opens a passage: it and the lines behind it are gathered, so that each is seen among its neighbours.
 */
export class LineRouter implements LineParser {
  private readonly plain: PlainParser;
  private readonly tagged: TaggedParser;
  private readonly feeder: Feeder;
  private readonly passage: Passage;
  private readonly mostlyTagged: boolean;
  private readonly counts: LineCounts;
  private readonly form: TextForm;
  /** All lines are gathered: the head shows damage. */
  private readonly careful: boolean;
  private gathered = 0;
  /** The last passage ended within a form of several lines. */
  private inRegion = false;
  private bytes = 0;
  private limit = PASSAGE_LINES;
  /** The last line that went straight on. */
  private lastText = '';
  private lastStart = 0;
  private lastEnd = 0;
  private lastIsBare = false;
  private readonly bareLines = new BareLines();
  private readonly lists = new Ahead([{ pattern: LIST_SIGNS }]);
  private readonly damage = new Ahead([DAMAGED]);
  /** What stood before each of the last lines that bore one. */
  private prefix = '';
  private longest = 0;
  private longestBefore = 0;
  private direct = 0;

  constructor(options: RouterOptions) {
    const { layout, counts } = options;
    this.mostlyTagged = layout.mostlyTagged;
    this.counts = counts;
    this.form = layout.form;
    this.plain = new PlainParser(layout.mostlyTagged ? (layout.other ?? { ...layout, form: 'console' }) : layout);
    this.tagged = new TaggedParser(layout.mostlyTagged ? layout : (layout.other ?? { ...layout, form: 'journal' }), options.asOf);
    this.feeder = new Feeder({ ...options, plain: this.plain, tagged: this.tagged });
    this.passage = new Passage(this.feeder, options.damage);
    this.careful = options.damage !== undefined;
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    const within = end - start > LONG ? linesWithin(s.slice(start, end)) : undefined;
    if (within === undefined) this.oneLine(s, start, end, lineNo, out);
    else for (const [from, to] of within) this.oneLine(s, start + from, start + to, lineNo, out);
  }

  private oneLine(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (this.gathered === 0 && !this.careful && this.goesStraight(s, start, end, lineNo, out)) {
      this.wentStraight(s, start, end);
      return;
    }
    if (this.gathered === 0) this.openPassage();
    this.passage.add(s.slice(start, end), lineNo);
    this.gathered++;
    this.bytes += end - start;
    if (this.gathered >= this.limit || this.bytes > PASSAGE_BYTES) this.settle(false, out);
  }

  /** Takes the lines that bear the kernel's time alone, up to the first that is another: nearly all of most logs, in one loop. */
  stampedLines(lines: Lines, out: PrintkRecord[]): void {
    if (this.gathered > 0 || this.careful || this.inRegion || this.mostlyTagged || this.prefix !== '' || this.feeder.holdsTagged) return;
    const { piece } = lines;
    const damage = this.damage.next(piece, lines.at);
    while (lines.at < piece.length && piece.charCodeAt(lines.at) === BRACKET) {
      const start = lines.at;
      const lf = piece.indexOf('\n', start);
      if (lf < 0 || lf > damage || lf - start > LONG) return;
      const end = endOfLine(piece, start, lf);
      if (!this.plain.stampAlone(piece, start, end, lines.lineNo + 1, out)) return;
      lines.at = lf + 1;
      lines.lineNo++;
      this.straightKernel++;
      this.lastIsBare = false;
      this.wentStraight(piece, start, end);
    }
  }

  flush(out: PrintkRecord[]): void {
    if (this.gathered > 0) this.settle(true, out);
    this.feeder.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.flush(out);
    this.feeder.end(out);
    this.countStraight();
  }

  /** Nothing has to be known of a line but that it bears a prefix. */
  private goesStraight(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    if (this.inRegion || this.damage.isIn(s, start, end)) return false;
    if (this.mostlyTagged) {
      if (start >= end) return true;
      if (this.feeder.holdsPlain) return false;
      const whose = this.tagged.take(s, start, end, lineNo, out);
      if (whose === 'kernel') this.straightKernel++;
      else if (whose === 'program') this.straightProgram++;
      return whose !== 'no';
    }
    if (this.form === 'vmcore-dmesg') {
      this.plain.line(s, start, end, lineNo, out);
      this.straightKernel++;
      return true;
    }
    if (this.feeder.holdsTagged) return false;
    const { prefix } = this;
    const from = prefix !== '' && s.startsWith(prefix, start) && start + prefix.length < end ? start + prefix.length : start;
    // a date in the first column may be any program's, but not one of dmesg's
    if (isDigit(s.charCodeAt(from)) && !isIsoOfDmesg(s, from)) return false;
    if (!this.plain.take(s, from, end, lineNo, out)) return prefix === '' && this.goesBare(s, start, end, lineNo, out);
    this.straightKernel++;
    this.lastIsBare = false;
    return true;
  }

  /** A line without prefix in a text that is not wrapped, and in which no neighbour can make anything of it. */
  private goesBare(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): boolean {
    const longest = Math.max(this.longest, this.longestBefore);
    if (longest <= WIDEST) return false;
    const text = this.bareLines.at(s, start, end);
    if (text === undefined) return false;
    const last = this.lastEnd - this.lastStart;
    if (last > 0) {
      const { lastText, lastStart, lastEnd } = this;
      if (this.lists.isIn(lastText, lastStart, lastEnd)) return false;
      if (last >= longest - 1 && mayGoOn(lastText.slice(lastStart, lastEnd), !this.lastIsBare, text)) return false;
    }
    this.feeder.giveText(text, lineNo, out);
    this.lastIsBare = true;
    return true;
  }

  private straightKernel = 0;
  private straightProgram = 0;

  /** Counts the lines that went straight on since it was last asked: whoever waits for a kernel's line has it with the batch. */
  countStraight(): void {
    if (this.straightKernel > 0) this.counts.count(this.form, this.straightKernel);
    this.counts.kernel += this.straightKernel;
    if (this.straightProgram > 0) this.counts.foreign('lines of other programs', this.straightProgram);
    this.straightKernel = 0;
    this.straightProgram = 0;
  }

  private wentStraight(s: string, start: number, end: number): void {
    this.lastText = s;
    this.lastStart = start;
    this.lastEnd = end;
    if (end - start > this.longest) this.lengthen(s, start, end);
    if (++this.direct >= WINDOW) this.turnWindow();
  }

  /** Blanks at the end are the break's; a line of one word could not be broken. */
  private lengthen(s: string, start: number, end: number): void {
    const text = s.slice(start, end).trimEnd();
    if (text.length > this.longest && isBreakable(text)) this.longest = text.length;
  }

  private turnWindow(): void {
    this.direct = 0;
    this.longestBefore = this.longest;
    this.longest = 0;
  }

  private openPassage(): void {
    this.limit = !this.careful && Math.max(this.longest, this.longestBefore) > WIDEST ? SHORT_PASSAGE : PASSAGE_LINES;
    const last = this.lastEnd > this.lastStart ? this.lastText.slice(this.lastStart, this.lastEnd) : undefined;
    this.passage.begin(last, Math.max(this.longest, this.longestBefore));
  }

  private settle(all: boolean, out: PrintkRecord[]): void {
    this.countStraight();
    this.gathered = this.passage.settle(all, out);
    this.inRegion = this.feeder.inRegion;
    this.prefix = this.passage.commonPrefix;
    this.bytes = 0;
    this.lastText = '';
    this.lastEnd = this.lastStart = 0;
    this.turnWindow();
    this.longest = this.passage.longestLine;
  }
}
