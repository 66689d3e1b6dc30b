import type { PrintkRecord } from '../../record/record.ts';
import type { TextForm } from '../forms.ts';
import type { LineParser } from '../line-parser.ts';
import { PlainParser } from '../plain.ts';
import { isDigit } from '../prefix/cursor.ts';
import { isIsoOfDmesg } from '../prefix/wall-time.ts';
import type { LineCounts } from '../reading.ts';
import type { Damage } from '../repair/damage.ts';
import type { Layout } from '../sniff/layout.ts';
import type { Lines } from '../split-lines.ts';
import { StraightLines } from '../straight-lines.ts';
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

/** Bytes that typography and HTML leave. */
const DAMAGED: readonly Sought[] = [
  { sign: '\xe2', pattern: String.raw`\xe2\x80` },
  { sign: '&', pattern: '&(?:lt|gt|amp|quot|nbsp);' },
];

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
  private readonly straight = new StraightLines(isBreakable);
  /** The last of them had no prefix. */
  private lastIsBare = false;
  private readonly bareLines = new BareLines();
  private readonly lists = new Ahead([{ pattern: LIST_SIGNS }]);
  private readonly damage = new Ahead(DAMAGED);
  /** What stood before each of the last lines that bore one. */
  private prefix = '';

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
    else for (const text of within) this.oneLine(text, 0, text.length, lineNo, out);
  }

  private oneLine(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (this.gathered === 0 && !this.careful && this.goesStraight(s, start, end, lineNo, out)) {
      this.straight.add(s, start, end);
      return;
    }
    if (this.gathered === 0) this.openPassage();
    this.passage.add(s.slice(start, end), lineNo);
    this.gathered++;
    this.bytes += end - start;
    if (this.gathered >= this.limit || this.bytes > PASSAGE_BYTES) this.settle(false, out);
  }

  /** Takes the lines that bear the kernel's time alone, up to the first that is another: nearly all of most logs. */
  stampedLines(lines: Lines, out: PrintkRecord[]): void {
    if (this.gathered > 0 || this.careful || this.inRegion || this.mostlyTagged || this.prefix !== '' || this.feeder.holdsTagged) return;
    const { at, lineNo } = lines;
    this.plain.stampedLines(lines, this.damage.next(lines.piece, at), LONG, this.straight, out);
    if (lines.at === at) return;
    this.straightKernel += lines.lineNo - lineNo;
    this.lastIsBare = false;
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
    const { straight } = this;
    const longest = straight.columns;
    if (longest <= WIDEST) return false;
    const text = this.bareLines.at(s, start, end);
    if (text === undefined) return false;
    const width = straight.end - straight.start;
    if (width > 0) {
      if (this.lists.isIn(straight.piece, straight.start, straight.end)) return false;
      if (width >= longest - 1 && mayGoOn(straight.last ?? '', !this.lastIsBare, text)) return false;
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

  private openPassage(): void {
    const { columns, last } = this.straight;
    this.limit = !this.careful && columns > WIDEST ? SHORT_PASSAGE : PASSAGE_LINES;
    this.passage.begin(last, columns);
  }

  private settle(all: boolean, out: PrintkRecord[]): void {
    this.countStraight();
    this.gathered = this.passage.settle(all, out);
    this.inRegion = this.feeder.inRegion;
    this.prefix = this.passage.commonPrefix;
    this.bytes = 0;
    this.straight.interrupt(this.passage.longestLine);
  }
}
