import stringWidth from 'string-width';

/** Text of which each character takes one cell and joins no other: ASCII, Latin, Greek, punctuation, arrows, mathematics, lines, blocks. */
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u03ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cells that printable text takes on a terminal: two for East Asian wide characters and emoji, whatever they are joined of. */
export const cells = (text: string): number => (SIMPLE.test(text) ? text.length : stringWidth(text));

/** The text in the pieces that a terminal shows as one character: a letter with its accents, a flag, an emoji with its colour. */
export const characters = (text: string): string[] =>
  SIMPLE.test(text) ? text.split('') : Array.from(graphemes.segment(text), ({ segment }) => segment);

/** As much of the beginning as takes at most so many cells. */
function head(text: string, width: number): string {
  if (SIMPLE.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > width) return text.slice(0, index);
  }
  return text;
}

/** Cuts to a number of cells, `…` at the end where something was cut. */
export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  return width > 0 ? `${head(text, width - 1)}…` : '';
}

/** Breaks text into lines of at most so many cells, at blanks where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (cells(line) + cells(word.trimEnd()) > width && line) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (cells(line) > width && cells(line.trimEnd()) > width) {
      const first = head(line, width);
      if (!first) return [...lines, line]; // the room is narrower than one character
      lines.push(first);
      line = line.slice(first.length);
    }
  }
  return line || lines.length === 0 ? [...lines, line.trimEnd()] : lines;
}

/** Pads to a number of cells. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));
