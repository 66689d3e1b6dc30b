import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** A screen is at least so wide. */
const NARROWEST = 60;
const FEWEST = 6;
/** The share of lines that are as wide as the screen, and of those that blanks fill. */
const SHARE = 0.8;
const FILLED = 0.5;

/** The right edge of a table. */
const BAR = / \|$/;

/** The width of a screen whose lines are filled with blanks. */
function widthOf(head: string): number | undefined {
  const lines = head.split(/\r?\n/).slice(0, -1);
  const width = lines[Math.floor(lines.length / 2)]?.length ?? 0;
  if (width < NARROWEST || lines.length < FEWEST) return undefined;
  const wide = lines.filter((line) => line.length === width);
  return wide.length >= lines.length * SHARE && wide.filter((line) => / {2}\|?$/.test(line)).length >= lines.length * FILLED
    ? width
    : undefined;
}

/** The copy of a screen, or a table with edges: each line as wide as it, a screen's longer ones going on in the next. */
export const PADDED: Wrapping = {
  fits: (head) => [' ', '|'].some((last) => head.includes(`${last}\n`) || head.includes(`${last}\r`)) && widthOf(head) !== undefined,
  unwrap: (onLine, head) => new Padded(onLine, widthOf(head) ?? 0),
};

class Padded implements Unwrapping {
  readonly #onLine: OnLine;
  readonly #width: number;
  #carry = '';

  constructor(onLine: OnLine, width: number) {
    this.#onLine = onLine;
    this.#width = width;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const line = this.#carry + s.slice(start, end);
    const last = s.charCodeAt(end - 1);
    const isFull = end - start === this.#width && last !== 0x20 && last !== 0x7c && last !== 0x2b;
    this.#carry = isFull && line.length < LINE_LIMIT ? line : '';
    if (this.#carry === '') this.#give(line, lineNo);
  }

  end(lineNo: number): void {
    if (this.#carry !== '') this.#give(this.#carry, lineNo);
    this.#carry = '';
  }

  #give(line: string, lineNo: number): void {
    const text = line.replace(BAR, '');
    this.#onLine(text, 0, text.trimEnd().length, lineNo);
  }
}
