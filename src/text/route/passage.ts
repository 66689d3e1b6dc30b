import type { PrintkRecord } from '../../record/record.ts';
import type { Layer } from '../peel/peeler.ts';
import { both, type Damage, damageOf } from '../repair/damage.ts';
import { repaired, softBreak } from '../repair/repair.ts';
import { isSentence } from '../shape/foreign.ts';
import { isKernelShape, mentionsKernel } from '../shape/kernel-shapes.ts';
import type { Feeder } from './feeder.ts';
import { peelBare } from './recipe.ts';
import { Token } from './token.ts';
import { isBreakable, unwrap, WIDEST, type Wrapping, wrappingOf } from './wrap.ts';

interface Line {
  readonly text: string;
  readonly lineNo: number;
  /** It was repaired in the passage before. */
  readonly isMended?: true;
}

/** So many lines in a row make what stands before them a prefix of the text. */
const PREFIX_LINES = 8;
/** Lines on either side that tell whether a line stands in prose. */
const AROUND = 4;

/** A run of lines that is looked at as a whole: repaired, peeled, put together, and then given on. */
export class Passage {
  private readonly feeder: Feeder;
  private damage: Damage | undefined;
  private lines: Line[] = [];
  /** The line before the passage, which was given on already. */
  private previous: Token | undefined;
  private layers: readonly Layer[] = [];
  private longest = 0;
  /** Columns of the longest line of the passage that could have been broken. */
  longestLine = 0;
  /** What stood before each of the last lines of the passage; empty where nothing did, or not the same. */
  commonPrefix = '';
  private wrapping: Wrapping | undefined;
  /** The host of the last tag that was a kernel's; null: there was none. */
  private host: string | undefined | null = null;

  constructor(feeder: Feeder, damage: Damage | undefined) {
    this.feeder = feeder;
    this.damage = damage;
  }

  /** @param previous the line before it; @param longest columns of the longest line lately */
  begin(previous: string | undefined, longest: number): void {
    this.longest = longest;
    this.previous = undefined;
    if (previous === undefined) return;
    this.previous = new Token('record', previous, 0, previous.trimEnd().length, 0);
    this.previous.fed = previous.length;
  }

  add(text: string, lineNo: number): void {
    this.lines.push({ text, lineNo });
  }

  /** Gives the lines on. @param all false: the last few may wait for what follows them. @returns how many lines wait */
  settle(all: boolean, out: PrintkRecord[]): number {
    const lines = this.mended();
    let tokens = lines.map(({ text, lineNo }) => this.feeder.seer.see(text, lineNo));
    if (tokens.some(({ tag }) => tag !== undefined)) this.doubtTags(tokens);
    peelBare(tokens, this.layers);
    this.longestLine = longestOf(tokens);
    // only in a wrapped text, or one that may be, the last lines wait for what follows
    const kept = all || Math.max(this.longestLine, this.longest) > WIDEST ? 0 : waiting(tokens);
    this.lines = kept === 0 ? [] : lines.slice(lines.length - kept);
    tokens = tokens.slice(0, tokens.length - kept);
    this.commonPrefix = prefixOf(tokens);
    this.layers = tokens.findLast(({ isPeeled }) => isPeeled)?.layers ?? this.layers;
    const chain = this.previous === undefined ? tokens : [this.previous, ...tokens];
    this.previous = undefined;
    this.wrapping = wrappingOf(chain, this.longest, this.wrapping);
    const whole = unwrap(chain, this.wrapping);
    markForeign(whole);
    for (const token of whole) {
      if (token.fed < 0) this.feeder.feed(token, out);
      else if (token.text.length > token.fed) this.feeder.extend(token.text.slice(token.fed));
    }
    return kept;
  }

  /** The lines as they were before mail and browsers had them. */
  private mended(): Line[] {
    const { lines } = this;
    const text = lines.map((line) => line.text).join('\n');
    this.damage = both(this.damage, damageOf(text), text);
    const { damage } = this;
    if (damage === undefined) return lines;
    const out: Line[] = [];
    let broken: Line | undefined;
    for (const { text, lineNo, isMended } of lines) {
      if (isMended) {
        out.push({ text, lineNo, isMended });
        continue;
      }
      const line: Line = broken === undefined ? { text, lineNo } : { text: broken.text + text, lineNo: broken.lineNo };
      broken = softBreak(line.text, damage) ? { text: line.text.slice(0, -1), lineNo: line.lineNo } : undefined;
      if (broken === undefined) out.push({ text: repaired(line.text, damage), lineNo: line.lineNo, isMended: true });
    }
    if (broken !== undefined) out.push({ text: repaired(broken.text, damage), lineNo: broken.lineNo, isMended: true });
    return out;
  }

  /** `my kernel: 5.10` is prose, `kernel: {` a program: a tag without a time counts where another stands beside it, or a kernel's line behind it. */
  private doubtTags(tokens: readonly Token[]): void {
    for (const [i, token] of tokens.entries()) {
      const { kind, tag, layers, text, pos } = token;
      if (kind !== 'tag' || tag === undefined || layers.some((layer) => layer.kind === 'clock')) continue;
      const beside = [tokens[i - 1], tokens[i + 1]].some(
        (other) => other !== undefined && other.tag?.host === tag.host && other.tag !== undefined,
      );
      if (beside || tag.host === this.host || isKernelShape(text.slice(pos))) this.host = tag.host;
      else {
        token.kind = 'bare';
        token.pos = 0;
      }
    }
  }
}

function longestOf(tokens: readonly Token[]): number {
  let longest = 0;
  for (const { width, text, pos } of tokens) if (width > longest && isBreakable(text.slice(pos))) longest = width;
  return longest;
}

function prefixOf(tokens: readonly Token[]): string {
  const last = tokens.slice(-PREFIX_LINES);
  const [first] = last;
  if (first === undefined || last.length < PREFIX_LINES || first.pos === 0) return '';
  const prefix = first.text.slice(0, first.pos);
  return last.every(({ kind, text, pos }) => kind === 'record' && pos === prefix.length && text.startsWith(prefix)) ? prefix : '';
}

/** The last line with a prefix and what follows it: the next passage may show that it goes on. */
function waiting(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex(({ kind }) => kind !== 'bare');
  const kept = tokens.length - Math.max(last, 0);
  return kept > tokens.length / 2 ? 0 : kept;
}

/** Marks what is surely no kernel's: by its own form, and sentences in a paragraph that holds more of them than of a kernel's lines. */
function markForeign(tokens: readonly Token[]): void {
  for (let i = 0; i < tokens.length; ) {
    if (tokens[i]?.kind !== 'bare') {
      i++;
      continue;
    }
    let end = i;
    while (tokens[end]?.kind === 'bare' && tokens[end]?.text.trim() !== '') end++;
    markParagraph(tokens.slice(i, end).map((token) => ({ token, text: token.text.slice(token.pos) })));
    // the blank line before it is part of it
    const blank = tokens[i - 1];
    if (tokens[i]?.foreign && blank?.kind === 'bare' && blank.text.trim() === '') blank.foreign = true;
    i = Math.max(end, i + 1);
  }
}

function markParagraph(lines: readonly { readonly token: Token; readonly text: string }[]): void {
  for (const { token } of lines) if (token.foreignAs !== undefined) token.foreign = true;
  // whether a sentence is one matters near a line that speaks of a report
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.token.plain || !mentionsKernel(line.text)) continue;
    markSentences(lines.slice(Math.max(0, i - AROUND), i + AROUND + 1));
    i += AROUND;
  }
}

function markSentences(lines: readonly { readonly token: Token; readonly text: string }[]): void {
  const kernels = lines.filter(({ token }) => token.isKernels).length;
  const sentences = lines.filter(({ text }) => isSentence(text)).length;
  if (sentences <= kernels) return;
  const all = sentences * 2 >= lines.length;
  for (const { token, text } of lines) if (all || isSentence(text)) token.foreign = true;
}
