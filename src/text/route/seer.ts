import { MESSAGES } from '../json/message.ts';
import { type Peeled, peel } from '../peel/peeler.ts';
import type { PlainParser } from '../plain.ts';
import { isDigit } from '../prefix/cursor.ts';
import { isIsoOfDmesg } from '../prefix/wall-time.ts';
import type { Layout } from '../sniff/layout.ts';
import type { TaggedParser } from '../tagged/tagged.ts';
import { isPlainlyBare } from './plainly-bare.ts';
import { type RegionForm, regionAt } from './regions.ts';
import { columnsOf, Token } from './token.ts';

/** A string of a JSON or YAML list: what ansible registers, what was pasted out of a program's output. */
const LISTED = /^[ \t]*(?:- )?(?:"(?<key>[\w.@-]+)"\s?: ?)?(?<string>(?<quote>["'])(?<inner>.{4,})\k<quote>)[,\]]*$/s;
/** What output/text prints above an excerpt of a log, and above an event. */
const OWN_OUTPUT = /^E\d+ in the log \(records? |^E\d+ {2}[FEWI] [a-z]+ {2}[\w-]+ {2}records? \d/;

/** Says what a line is by itself; what its neighbours are is seen later. */
export class Seer {
  private readonly plain: PlainParser;
  private readonly tagged: TaggedParser;
  private readonly layout: Layout;
  private region: RegionForm | undefined;
  /** The shape of what stood before the last line's stamp. */
  private shape = '';
  private quotes = false;
  /** Columns by which the later lines of the last record are indented; 0: there are none. */
  private indent = 0;

  constructor(plain: PlainParser, tagged: TaggedParser, layout: Layout) {
    this.plain = plain;
    this.tagged = tagged;
    this.layout = layout;
  }

  see(text: string, lineNo: number): Token {
    const trimmed = text.trimEnd();
    if (this.region === undefined && !this.quotes && trimmed !== '' && isPlainlyBare(text) && !this.isIndented(text)) {
      this.indent = 0;
      const token = new Token('bare', text, lineNo, trimmed.length, 0, text.length);
      token.plain = true;
      return token;
    }
    const width = columnsOf(trimmed);
    const token = new Token('bare', text, lineNo, width, 0);
    if (this.isQuotation(text, width)) {
      token.foreign = true;
      token.own = true;
      return token;
    }
    token.region = this.regionOf(text);
    if (token.region !== undefined) token.kind = 'region';
    else if (width > 0) this.recognise(token);
    return token;
  }

  /** Lines of our own summary are being read. */
  get isQuoting(): boolean {
    return this.quotes;
  }

  /** Our own summary quotes the log that it was made from, up to a blank line: that log is not there. */
  private isQuotation(text: string, width: number): boolean {
    const quotes = width > 0 && (this.quotes || OWN_OUTPUT.test(text));
    this.quotes = quotes;
    return quotes;
  }

  private recognise(token: Token): void {
    const { text } = token;
    if (this.isIndented(text)) {
      token.kind = 'indented';
      return;
    }
    this.indent = 0;
    const whose = this.mayBeTagged(text) ? this.tagged.sees(text, 0, text.length) : 'no';
    if (whose !== 'no') {
      this.indent = this.tagged.prefixWidth;
      token.kind = 'tagged';
    } else if (this.mayBeRecord(text) && this.plain.begins(text, 0, text.length)) {
      this.indent = this.plain.prefixWidth;
      token.kind = 'record';
    } else if (!this.peeled(token, peel(text)) && !this.listed(token)) this.stampInside(token);
  }

  private peeled(token: Token, found: Peeled | undefined): boolean {
    if (found === undefined) return false;
    const { start, pos, layers, tag } = found;
    token.layers = layers;
    // the stamp before the tag is syslog's where it can be read
    const clock = start === 'tag' ? layers.findIndex(({ kind }) => kind === 'clock') : -1;
    const at = clock > 0 ? (layers[clock - 1]?.end ?? 0) : 0;
    if (clock > 0 && this.tagged.sees(token.text, at, token.text.length) === 'kernel') {
      token.kind = 'tagged';
      token.pos = at;
    } else {
      token.kind = start;
      token.pos = pos;
      token.tag = tag;
    }
    return true;
  }

  /** On a console a program may indent as well: only the exact column counts. */
  private isIndented(text: string): boolean {
    const { indent } = this;
    if (indent < 8 || text.charCodeAt(indent - 1) !== 0x20 || text.search(/\S/) < indent) return false;
    return this.layout.form !== 'console' || text.charCodeAt(indent) !== 0x20;
  }

  /** A date in the first column is syslog's, but not dmesg's own, nor one that this log's writer puts before each line. */
  private mayBeTagged(text: string): boolean {
    return !(isIsoOfDmesg(text, 0) || (this.layout.stampAfterWall && isDigit(text.charCodeAt(0))));
  }

  /** A date without dmesg's comma is any program's, unless this log's writer puts one before each line. */
  private mayBeRecord(text: string): boolean {
    return !isDigit(text.charCodeAt(0)) || isIsoOfDmesg(text, 0) || this.layout.stampAfterWall || /^[\w.+~,-]{1,90};/.test(text);
  }

  private regionOf(text: string): RegionForm | undefined {
    if (this.region?.belongs.test(text) === true) return this.region;
    this.region = regionAt(text);
    return this.region;
  }

  private listed(token: Token): boolean {
    const last = token.text.charCodeAt(token.text.length - 1);
    // quotation mark, apostrophe, comma, bracket
    if (last !== 0x22 && last !== 0x27 && last !== 0x2c && last !== 0x5d) return false;
    const groups = LISTED.exec(token.text)?.groups;
    // a message printed over the lines of its object: what it says and whether it is several lines, JSON tells
    if (groups?.quote === '"' && (MESSAGES.includes(groups.key ?? '') || groups.inner?.includes('\\n'))) {
      token.text = `{"message":${groups.string}}`;
      token.kind = 'json';
      return true;
    }
    const inner = groups?.inner?.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
    const found = inner === undefined ? undefined : peel(inner);
    if (inner === undefined || found === undefined || found.start === 'json') return false;
    token.text = inner;
    return this.peeled(token, found);
  }

  /** A stamp behind something that no layer is: what stands before each line of a passage is a prefix, what stands there once a line of its own. */
  private stampInside(token: Token): void {
    const { text } = token;
    const stamp = this.plain.gluedAt(text);
    // a program's own string is no line that a console tore
    if (stamp <= 0 || token.foreignAs === 'source code') return;
    const at = stamp - (/<\d{1,3}>$/.exec(text.slice(Math.max(0, stamp - 5), stamp))?.[0].length ?? 0);
    const shape = shapeOf(text.slice(0, at));
    const again = shape === this.shape;
    this.shape = shape;
    token.kind = again ? 'record' : 'glued';
    if (again) token.pos = at;
  }
}

/** Letters and digits by their sort, other characters as they are. */
const shapeOf = (text: string): string => text.replace(/\d+/g, '0').replace(/[A-Za-z]+/g, 'a');
