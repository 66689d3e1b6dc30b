import { recordAt } from '../peel/kernel-start.ts';
import { peel } from '../peel/peeler.ts';
import { stripColours } from '../prefix/colour.ts';
import { Cursor } from '../prefix/cursor.ts';
import { readDecoded } from '../prefix/priority.ts';
import { KERNEL_TAG, TAGGED } from '../sniff/line-kinds.ts';
import { BehindStamp, textsBehindStamps } from './behind-stamp.ts';
import { type Common, commonTokens } from './common.ts';
import { evidenceIn } from './evidence.ts';
import { Frame, type FrameShape, type Framing } from './frame.ts';
import { escapingOf } from './quotes.ts';
import { lastTokensOf, type Token, tokensOf } from './tokens.ts';

/** Lines of the head that are looked at. */
const LINES = 400;
/** Fewer lines show no frame. */
const FEWEST = 6;
/** So many lines tell whether a text needs to be looked at at all. */
const ASKED = 48;
/** The share of a text's lines that stand in one frame. */
const SHARE = 0.5;
/** The share of lines that have the end of a frame, if it has one. */
const ENDING_SHARE = 0.9;
/** Of a log's lines that bear no time the fewest that say for themselves whose they are; 0.11 of those of a healthy boot do. */
const EVIDENCE = 0.08;
/** So many lines must be a kernel's for sure, and no two of them the same but for numbers; */
const EVIDENT = 4;
/** Columns of a line that make it another. */
const COMPARED = 48;
/** where a column says `kernel`, so many. */
const EVIDENT_BESIDE_NAME = 2;
/** The share of lines that may be indented less than the others: a heading. */
const ODD = 0.05;
/** Different frames in one text: rows with and without a program's number. */
const FRAMES = 3;

const KERNEL = /^kern(?:el)?$/i;
/** A host and a program, or the program alone. */
const TAG = /^(?:\S{1,255} )?[\w./@()-]{1,64}(?:\[\d+\])?: /;

/** The frames that the first lines of a text stand in; none where they are read as they are, or hold no kernel's log. */
export function learnFrames(head: readonly string[]): readonly Framing[] {
  const lines = head.filter((line) => line.trim() !== '').slice(0, LINES);
  if (lines.length < FEWEST) return [];
  if (!isReadable(lines)) return framesOf(lines);
  const behind = textsBehindStamps(lines);
  return behind === undefined ? [] : framesOf(behind).map((frame) => new BehindStamp(frame));
}

function framesOf(head: readonly string[]): readonly Frame[] {
  let lines = head;
  const frames: Frame[] = [];
  const enough = lines.length / 10;
  while (frames.length < FRAMES && lines.length >= FEWEST) {
    const frame = learnFrame(lines);
    if (frame === undefined) break;
    frames.push(frame);
    lines = lines.filter((line) => frame.read(line) === undefined);
    if (lines.length < enough) break;
  }
  return frames;
}

/** Whether most lines say for themselves where they begin. */
function isReadable(lines: readonly string[]): boolean {
  const step = Math.max(1, Math.floor(lines.length / ASKED));
  const asked = lines.filter((_, i) => i % step === 0);
  return asked.filter(isPrefixed).length * 2 >= asked.length;
}

function isPrefixed(painted: string): boolean {
  const line = stripColours(painted);
  const c = new Cursor();
  c.start(line, 0, line.length);
  if (recordAt(line, 0) || readDecoded(c)) return true;
  const stamp = TAGGED.exec(line);
  const tagged = stamp === null ? '' : line.slice(stamp[0].length);
  if (stamp !== null && (TAG.test(tagged) || KERNEL_TAG.test(tagged))) return true;
  return peel(line) !== undefined;
}

interface Cut {
  readonly depth: number;
  readonly blanks: FrameShape['blanks'];
  readonly rows: readonly number[];
  readonly texts: readonly string[];
  readonly evident: readonly string[];
}

/** The frame that shows the most lines to be a kernel's. */
function learnFrame(lines: readonly string[]): Frame | undefined {
  const tokens = lines.map(tokensOf);
  const common = commonTokens(tokens, SHARE);
  let best: Cut | undefined;
  for (let depth = 1; depth <= common.sorts.length; depth++) {
    const cut = cutAt(depth, lines, tokens, common);
    if (cut !== undefined && cut.evident.length > (best?.evident.length ?? 0)) best = cut;
  }
  if (best === undefined) return undefined;
  const { depth, rows, texts, evident } = best;
  const before = lines.filter((line) => evidenceIn(line) !== undefined).length;
  const program = programOf(
    rows.map((i) => tokens[i] ?? []),
    rows.map((i) => lines[i] ?? ''),
    common.sorts.slice(0, depth),
  );
  const different = new Set(evident.map((text) => text.slice(0, COMPARED).replace(/\d+/g, '0'))).size;
  if (different < (program?.isEach ? EVIDENT_BESIDE_NAME : EVIDENT)) return undefined;
  if ((!program?.isEach && evident.length < rows.length * EVIDENCE) || evident.length < before * 2) return undefined;
  return new Frame({
    ...endingOf(
      rows.map((i) => lines[i] ?? ''),
      texts,
      common.sorts[depth - 1] ?? '',
    ),
    sorts: sortsOf(best, common),
    blanks: best.blanks,
    program: program?.index,
  });
}

/** The tokens of the prefix, without the blanks that are counted. */
const sortsOf = ({ depth, blanks }: Cut, { sorts }: Common): readonly string[] => sorts.slice(0, blanks === undefined ? depth : depth - 1);

/** What is left of the lines behind their first tokens. */
function cutAt(depth: number, lines: readonly string[], tokens: readonly (readonly Token[])[], { sorts, having }: Common): Cut | undefined {
  const last = sorts[depth - 1];
  // a word is not cut; blanks and a quotation mark before a text are no text
  if (last === undefined || last === 'w' || /^[ "']$/.test(sorts[depth] ?? '')) return undefined;
  const rows = having[depth - 1] ?? [];
  const blanks =
    last === ' '
      ? blanksOf(
          rows.map((i) => tokens[i] ?? []),
          depth,
          rows.map((i) => lines[i] ?? ''),
        )
      : undefined;
  const texts = rows.map((i) => textBehind(lines[i] ?? '', tokens[i] ?? [], depth, blanks));
  return { depth, blanks, rows, texts, evident: texts.map(evidenceIn).filter((text) => text !== undefined) };
}

function textBehind(line: string, tokens: readonly Token[], depth: number, blanks: FrameShape['blanks']): string {
  const end = tokens[depth - 1]?.end ?? 0;
  if (blanks === undefined) return line.slice(end).replace(/^["'](?=.)/, '');
  const from = tokens[depth - 2]?.end ?? 0;
  return line.slice('width' in blanks ? from + blanks.width : Math.min(end, Math.max(from, blanks.column)));
}

/** How many of the blanks before a text are the frame's: up to a column, where most texts begin in one, else as many as nearly each line has. */
function blanksOf(rows: readonly (readonly Token[])[], depth: number, lines: readonly string[]): FrameShape['blanks'] {
  // some lines are nothing but the prefix
  const ends = rows
    .map((tokens, i) => ({ from: tokens[depth - 2]?.end ?? 0, to: tokens[depth - 1]?.end ?? 0, line: lines[i] ?? '' }))
    .filter(({ to, line }) => to < line.length);
  const width = lowest(ends.map(({ from, to }) => to - from));
  const column = lowest(ends.map(({ to }) => to));
  const isTable = ends.some(({ from }) => from !== ends[0]?.from) && ends.filter(({ to }) => to === column).length * 2 > ends.length;
  return isTable ? { column } : { width };
}

/** The lowest but for a few odd ones. */
const lowest = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * ODD)] ?? 1;

/** Where the word stands that names the program: `kernel` on some of the lines. */
function programOf(
  rows: readonly (readonly Token[])[],
  lines: readonly string[],
  sorts: readonly string[],
): { readonly index: number; readonly isEach: boolean } | undefined {
  let index = 0;
  for (const [depth, sort] of sorts.entries()) {
    if (sort !== 'w') continue;
    index++;
    const kernels = rows.filter((tokens, i) => KERNEL.test(lines[i]?.slice(tokens[depth - 1]?.end ?? 0, tokens[depth]?.end) ?? '')).length;
    if (kernels > 0) return { index, isEach: kernels === rows.length };
  }
  return undefined;
}

/** What a text ends with: the tokens that nearly all have, from the first sign among them that separates. */
function endingOf(
  lines: readonly string[],
  texts: readonly string[],
  last: string,
): Pick<FrameShape, 'behind' | 'ending' | 'quote' | 'maybeQuoted' | 'escaping'> {
  const quote = last === '"' || last === "'" || last === '`' ? last : '';
  const { sorts } = commonTokens(lines.map(lastTokensOf), ENDING_SHARE);
  const from = sorts.findLastIndex((sort) => (quote === '' ? /^["'|,;<]$/.test(sort) : sort === quote));
  // an object's end is its own
  const isJson = texts.filter((text) => text.startsWith('{')).length * 2 > texts.length;
  const behind = isJson ? [] : sorts.slice(0, from + 1);
  return {
    behind,
    ending: behind.length > 0 || isJson ? '' : literalEnding(lines),
    quote,
    maybeQuoted: quote === '' && (/[,;=|:]/.test(last) || last === ' '),
    escaping: escapingOf(texts),
  };
}

/** What all texts end with to the letter, from its first blank on: no kernel ends its lines so. */
function literalEnding(lines: readonly string[]): string {
  let ending = lines[0] ?? '';
  for (const line of lines) {
    let n = 0;
    while (n < ending.length && n < line.length && ending[ending.length - 1 - n] === line[line.length - 1 - n]) n++;
    ending = ending.slice(ending.length - n);
    if (n === 0) return '';
  }
  const from = ending.search(/[^\w\x80-\xff]/);
  return from >= 0 && ending.length - from >= 2 ? ending.slice(from) : '';
}
