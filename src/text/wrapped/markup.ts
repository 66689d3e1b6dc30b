import { withoutEntities } from '../repair/repair.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** A page, a feed or a document begins so. */
const BEGINS = /^(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!doctype\b|html\b|(?<root>[A-Za-z][\w:.-]{0,63})(?:\s[^<>]{0,400})?>)/i;
const CLOSES = /<\/[A-Za-z][\w:.-]{0,63}>/g;
/** So many elements make it one: a kernel prints `<TASK>` and `</TASK>`, once a report. */
const ELEMENTS = 4;

const TAG = /<(?<closes>\/?)(?<name>[A-Za-z][\w:.-]{0,63})(?:\s[^<>]{0,1000})?\/?>|<!\[CDATA\[|\]\]>|<!--(?:(?!-->)[^<]){0,1000}-->/g;
/** Elements that end a line: of HTML, and of what log stores and feeds write. */
const BLOCKS = new Set('br p div pre li tr h1 h2 h3 h4 h5 h6 blockquote table item entry event record row line log title'.split(' '));
/** Elements within a line. */
const INLINE = new Set('span a b i u s em strong code tt samp kbd mark font small big var sub sup ins del label nobr wbr'.split(' '));
/** The rest of HTML. */
const OTHERS = new Set(
  'html body head meta link script style td th thead tbody tfoot ul ol dl dt dd hr img button section article main header footer nav'.split(
    ' ',
  ),
);
/** The kernel's own: `<IRQ>`, `<ffffffff81000000>`, `<d>`. */
const KERNELS = /^(?:[A-Z]{3,5}|[\da-f]{4,}|[a-z])$/;

/** The end of a cell: a blank, but for the last of a line. No text holds one. */
const CELL = '\x1f';
const BEFORE_END = /\x1f+(?=\n|$)/g;

/** The text of HTML or XML: its elements taken off, each of its blocks a line. */
export const MARKUP: Wrapping = {
  fits(head) {
    const begins = BEGINS.exec(head);
    return begins !== null && !KERNELS.test(begins.groups?.root ?? '') && (head.match(CLOSES)?.length ?? 0) >= ELEMENTS;
  },
  unwrap: (onLine) => new MarkupLines(onLine),
};

class MarkupLines implements Unwrapping {
  readonly #onLine: OnLine;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const line = s.slice(start, end);
    if (!line.includes('<') && !line.includes('&')) {
      this.#onLine(line, 0, line.length, lineNo);
      return;
    }
    const text = line.replace(TAG, inPlaceOf).replace(BEFORE_END, '').replaceAll(CELL, ' ');
    const lines = withoutEntities(text).split('\n');
    // what was nothing but elements is no line
    const full = lines.filter((each) => each.trim() !== '');
    for (const each of full) this.#onLine(each, 0, each.length, lineNo);
  }
}

/** What an element leaves: the end of a line, a blank between two cells, or nothing. */
function inPlaceOf(tag: string, closes: string | undefined, named: string | undefined): string {
  if (named === undefined) return '';
  const name = named.toLowerCase();
  if (BLOCKS.has(name)) return closes !== '' || name === 'br' ? '\n' : '';
  if (INLINE.has(name)) return '';
  if (!OTHERS.has(name) && KERNELS.test(named)) return tag;
  return closes !== '' ? CELL : '';
}
