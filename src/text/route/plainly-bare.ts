import { isDigit } from '../prefix/cursor.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';
import { Ahead, type Sought } from './ahead.ts';

/** What may make a line more than text, wherever it stands. */
const TELLING: readonly Sought[] = [
  // bytes that may be damage
  { pattern: String.raw`[\x80-\xff]`, isAbsent: (piece) => Buffer.byteLength(piece) === piece.length },
  // `[    1.234567]`, `[  +0.000054]`, `[<    0.000054>]`, with a point or a comma
  { sign: '[', pattern: String.raw`\[[ <+-]{0,16}\d{1,16}[.,]\d` },
  // a level
  { sign: '<', pattern: String.raw`<\d{1,3}>` },
  // minutes behind hours, seconds behind minutes, not of a PCI address; or `21:11]` of reltime
  { pattern: String.raw`\d:\d\d(?:\]|(?<!\d.\d:\d\d):\d\d(?!\.(?:.?$|.\D)))` },
  // a dump of pstore
  { sign: '#', pattern: String.raw`#\d+ Part\d` },
  // reports speak so; a longer beginning of `blocked` would make the engine look at each letter
  {
    pattern: [
      String.raw`\+0x|BUG: |Oops|KERNEL`,
      '-killer|Call [Tt]race|[Kk]ernel [Pp]anic|Out of memory|kernel BUG at|lock(?:up|ed for more)',
      String.raw`kern(?:el)?(?:\[\d{1,10}\])? {0,8}:|kern\.[a-z]{3,7}[ :]`, // tags
    ].join('|'),
  },
];
const TELLS = new RegExp(TELLING.map(({ pattern }) => pattern).join('|'));
/** How a record of /dev/kmsg, an export of the journal, an excerpt in our own summary begin; with a letter only `D` and `E`. */
const FORMS = /^(?:\d+,\d+,\d+,|E\d+ (?:in the log \(| [FEWI] )|__CURSOR=|Debug line|\s*\{?\s*"dmesg")/;
/** A string of a list or an object printed over several lines may be a message. */
const QUOTED = /^[ \t]*(?:- )?["']/;

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
  const first = s.charCodeAt(0);
  const isLetter = (first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a);
  if (isLetter) return s.charCodeAt(s.length - 1) !== 0x7d && !((first === 0x44 || first === 0x45) && FORMS.test(s));
  if (s.charCodeAt(s.length - 1) === 0x7d || FORMS.test(s) || QUOTED.test(s)) return false;
  // behind an indent or a quotation mark may stand what only a kernel prints
  const layered = first === 0x20 || first === 9 || first === 0x3e || first === 0x7c || isDigit(first);
  return !layered || !isKernelShape(s.replace(/^[\s>|\d:.-]+/, ''));
}
