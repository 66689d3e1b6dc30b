import { isDigit } from '../prefix/cursor.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';
import { Ahead } from './ahead.ts';

/** What may make a line more than text, wherever it stands; what is looked for together begins alike. */
const TELLING: readonly string[] = [
  // bytes that may be damage
  String.raw`[\x80-\xff]`,
  [
    String.raw`\[[ <+-]{0,16}\d{1,16}[.,]\d`, // `[    1.234567]`, `[  +0.000054]`, `[<    0.000054>]`, with a point or a comma
    String.raw`<\d{1,3}>`, // a level
    // minutes behind hours, seconds behind minutes, not of a PCI address; or `21:11]` of reltime
    String.raw`\d:\d\d(?:\]|(?<!\d.\d:\d\d):\d\d(?!\.(?:.?$|.\D)))`,
  ].join('|'),
  // reports speak so
  String.raw`\+0x|BUG: |Oops|KERNEL`,
  [
    '-killer|Call [Tt]race|[Kk]ernel [Pp]anic|Out of memory|kernel BUG at|lockup|blocked for more',
    String.raw`kern(?:el(?:\[\d{1,10}\])?)? {0,8}:|kern\.[a-z]{3,7}[ :]`, // tags
    String.raw`#\d+ Part\d`, // a dump of pstore
  ].join('|'),
];
const TELLS = new RegExp(TELLING.join('|'));
/** How a record of /dev/kmsg, an export of the journal, an excerpt in our own summary begin. */
const FORMS = /^(?:\d+,\d+,\d+,|E\d+ (?:in the log \(| [FEWI] )|__CURSOR=|Debug line|\s*\{?\s*"dmesg")/;

/**
 * A line that is text, whatever stands around it: it holds neither stamp nor tag, clock, level, JSON nor the beginning of a form of several
 * lines, no bytes that may be damage, and no word of a report, which its neighbours would have to judge.
 */
export const isPlainlyBare = (s: string): boolean => !TELLS.test(s) && isTextAtEnds(s);

/** Asks the same of line after line of a text. */
export class BareLines {
  private readonly telling = new Ahead(TELLING);

  /** The line, where it is one. */
  at(piece: string, start: number, end: number): string | undefined {
    if (this.telling.isIn(piece, start, end)) return undefined;
    const s = piece.slice(start, end);
    return isTextAtEnds(s) ? s : undefined;
  }
}

/** Whether neither end of a line tells what else it may be. */
function isTextAtEnds(s: string): boolean {
  if (s.charCodeAt(s.length - 1) === 0x7d || FORMS.test(s)) return false;
  // behind an indent or a quotation mark may stand what only a kernel prints
  const first = s.charCodeAt(0);
  const layered = first === 0x20 || first === 9 || first === 0x3e || first === 0x7c || isDigit(first);
  return !layered || !isKernelShape(s.replace(/^[\s>|\d:.-]+/, ''));
}
