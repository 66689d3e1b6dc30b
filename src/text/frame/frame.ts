import { type Escaping, unescaped } from './quotes.ts';
import { lastTokensOf } from './tokens.ts';

/** What stands before each line of a text, and behind it: the columns of a table, the fields of an export, a collector's prefix. */
export interface FrameShape {
  /** Sorts of the tokens before the text; the last blanks are counted apart. */
  readonly sorts: readonly string[];
  /** Blanks between the last of them and the text: so many, or up to a column. */
  readonly blanks: { readonly width: number } | { readonly column: number } | undefined;
  /** Sorts of the tokens behind the text, the last one first. */
  readonly behind: readonly string[];
  /** What stands behind each text to the letter. */
  readonly ending: string;
  /** The quotation mark before the text; empty where there is none, or not before each. */
  readonly quote: string;
  /** A text may be quoted: the frame is one of separated fields. */
  readonly maybeQuoted: boolean;
  readonly escaping: Escaping;
  /** Which word of the prefix names the program, where one does. */
  readonly program: number | undefined;
}

/** What of a line was found in its frame. */
export interface Framed {
  readonly prefix: string;
  readonly text: string;
  /** The line is another program's. */
  readonly isForeign: boolean;
}

const WORD = '([A-Za-z0-9\\x80-\\xff]+)';
const BLANKS = '[ \\t]+';
const sourceOf = (sort: string): string => (sort === 'w' ? WORD : sort === ' ' ? BLANKS : sort.replace(/\W/, '\\$&'));
const KERNEL = /^kern(?:el)?$/i;

/** What takes lines out of what stands round them. */
export interface Framing {
  /** @returns undefined: the line does not stand in it */
  read(line: string): Framed | undefined;
}

/** Takes lines out of their frame. */
export class Frame implements Framing {
  private readonly shape: FrameShape;
  private readonly before: RegExp;

  constructor(shape: FrameShape) {
    this.shape = shape;
    this.before = new RegExp(shape.sorts.map(sourceOf).join(''), 'y');
  }

  read(line: string): Framed | undefined {
    const { shape, before } = this;
    before.lastIndex = 0;
    const match = before.exec(line);
    if (match === null) return undefined;
    const from = this.textStart(line, before.lastIndex);
    const end = Math.max(from, this.textEnd(line, from));
    const program = shape.program === undefined ? undefined : match[shape.program];
    return {
      prefix: line.slice(0, from),
      text: this.unquoted(line.slice(from, end)),
      isForeign: program !== undefined && !KERNEL.test(program),
    };
  }

  private textStart(line: string, at: number): number {
    const { blanks } = this.shape;
    let end = at;
    if (blanks === undefined) return end;
    const limit = 'width' in blanks ? at + blanks.width : Math.max(blanks.column, at);
    while (end < limit && (line.charCodeAt(end) === 0x20 || line.charCodeAt(end) === 9)) end++;
    return end;
  }

  private textEnd(line: string, from: number): number {
    const { behind, ending } = this.shape;
    let end = line.length;
    if (ending !== '') {
      if (line.endsWith(ending)) end -= ending.length;
    } else if (behind.length > 0) {
      const tokens = lastTokensOf(line);
      if (behind.every((sort, i) => tokens[i]?.sort === sort)) end = tokens[behind.length - 1]?.end ?? end;
      else return this.quoteEnd(line, from);
    } else return this.quoteEnd(line, from);
    while (end > from && line.charCodeAt(end - 1) === 0x20) end--;
    return end;
  }

  /** The last of a list has no comma behind it; lines of more than the list end otherwise. */
  private quoteEnd(line: string, from: number): number {
    const { quote } = this.shape;
    const last = quote === '' ? -1 : line.lastIndexOf(quote);
    return last > from && /^[\s,;\])}]*$/.test(line.slice(last + 1)) ? last : line.length;
  }

  private unquoted(text: string): string {
    const { quote, maybeQuoted, escaping } = this.shape;
    if (quote !== '') return unescaped(text, quote, escaping);
    const first = text.charAt(0);
    if (!maybeQuoted || (first !== '"' && first !== "'") || text.length < 2 || !text.endsWith(first)) return text;
    return unescaped(text.slice(1, -1), first, escaping);
  }
}
