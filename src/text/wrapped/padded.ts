import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** A screen is at least so wide. */
const NARROWEST = 60;
const FEWEST = 6;
/** The share of lines that are as wide as the screen, and of those that blanks fill. */
const SHARE = 0.9;
const FILLED = 0.5;

/** The width of a screen whose lines are filled with blanks. */
function widthOf(head: string): number | undefined {
  const lines = head.split(/\r?\n/).slice(0, -1);
  const width = lines[Math.floor(lines.length / 2)]?.length ?? 0;
  if (width < NARROWEST || lines.length < FEWEST) return undefined;
  const wide = lines.filter((line) => line.length === width);
  return wide.length >= lines.length * SHARE && wide.filter((line) => line.endsWith('  ')).length >= lines.length * FILLED
    ? width
    : undefined;
}

/** The copy of a screen: each line as wide as it, longer ones going on in the next. */
export const PADDED: Wrapping = {
  fits: (head) => (head.includes('  \n') || head.includes('  \r') ? widthOf(head) !== undefined : false),
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
    const isFull = end - start === this.#width && s.charCodeAt(end - 1) !== 0x20;
    this.#carry = isFull && line.length < LINE_LIMIT ? line : '';
    if (this.#carry === '') this.#give(line, lineNo);
  }

  end(lineNo: number): void {
    if (this.#carry !== '') this.#give(this.#carry, lineNo);
    this.#carry = '';
  }

  #give(line: string, lineNo: number): void {
    this.#onLine(line, 0, line.trimEnd().length, lineNo);
  }
}
