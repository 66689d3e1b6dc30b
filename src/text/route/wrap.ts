import { isKernelShape } from '../shape/kernel-shapes.ts';
import type { Token } from './token.ts';

/** Mail is wrapped at 72 to 80 columns, terminals at up to 132; a text whose lines are all shorter is not wrapped. */
const NARROWEST = 62;
export const WIDEST = 100;
/** Where mail is wrapped, if it is not known better. */
const MAIL = 72;
/** So many breaks say themselves where they are made. */
const SEVERAL = 3;
/** Blanks that a break swallowed: columns of a table stand so far apart. */
const SWALLOWED = 10;
/** A list is not broken before. */
const LIST_WIDTH = 48;

/** How the lines of a passage were broken. */
export interface Wrapping {
  /** The column that no line passes which was broken. */
  readonly limit: number;
  /** Breaks enough were seen for one that is odd to count as one. */
  readonly sure: boolean;
  /** At the last column, in the middle of words. */
  readonly hard: boolean;
  /** Columns of the longest line that was left whole though it could have been broken. */
  readonly whole: number;
}

const LISTS: readonly (readonly [opens: RegExp, goesOn: RegExp])[] = [
  // print_modules(): names with their taints, then what was unloaded last
  [/^\s*Modules linked in:/, /^\s*(?:[a-z\d][a-z\d_-]{1,60}(?:\([A-Z+-]{1,8}\))?(?: +|$))+(?:\[last unloaded: .*)?$|^\s*\[last unloaded: /],
  // show_opcodes() and the like
  [/^\s*(?:Krnl )?Code: ?[\da-f<(]/, /^\s*(?:[<([]?[\da-f]{2,8}[>)\]]?(?: +|$))+$/],
];

/** What a line holds that begins a list; nearly none does. */
export const LIST_SIGNS = 'Modules linked in:|Code:';
const mayOpenList = (line: string): boolean => line.includes('Modules linked in:') || line.includes('Code:');

/**
 * How a passage is wrapped, or that it is not: nearly every break must be explained by a word that had no room, and the two together by
 * being longer than any line that was left whole. A mail program may leave lines of 78 columns and break longer ones at 72.
 */
export function wrappingOf(tokens: readonly Token[], longest: number, before?: Wrapping): Wrapping | undefined {
  let whole = longest;
  let edge = longest;
  for (const token of tokens) {
    if (token.edge > edge) edge = token.edge;
    if (token.width > whole && isBreakable(token.text.slice(token.pos))) whole = token.width;
  }
  // a few lines more of the same text are broken as it was
  if (before?.sure && whole <= before.whole) return before;
  if (whole < NARROWEST || (whole > WIDEST && tokens.filter((token) => token.edge === edge).length < SEVERAL)) return undefined;
  const breaks: (readonly [a: Token, b: Token])[] = [];
  for (let i = 1; i < tokens.length; i++) {
    const [a, b] = [tokens[i - 1] as Token, tokens[i] as Token];
    if (mayBreak(a, b) && (a.kind !== 'bare' || (a.isKernels && !startsAnew(b.text.slice(b.pos))))) breaks.push([a, b]);
  }
  if (breaks.length === 0) return undefined;
  // a word that is longer than a line stands alone, and says nothing of where lines are broken
  const broken = breaks.filter(([a]) => a.width <= WIDEST || isBreakable(a.text.slice(a.pos)));
  // a terminal breaks whatever comes to its edge, and nothing before
  const cut = breaks.filter(([a]) => a.edge === edge).length;
  const early = breaks.filter(([a, b]) => a.edge < edge && hasNoRoom(a, b, edge)).length;
  if (cut >= SEVERAL && cut >= early * 4) return { limit: edge, sure: true, hard: true, whole };
  if (whole > WIDEST) return undefined;
  const widest = Math.max(0, ...broken.map(([a]) => a.width));
  const sure = breaks.length >= SEVERAL;
  const limit = sure ? widest : Math.max(widest, Math.min(whole, MAIL));
  const explained = breaks.filter(([a, b]) => hasNoRoom(a, b, limit) && a.width + 1 + b.width > Math.min(whole, MAIL)).length;
  return explained > 0 && explained >= breaks.length * 0.6 ? { limit, sure, hard: false, whole } : undefined;
}

const hasNoRoom = (a: Token, b: Token, limit: number): boolean => a.width + 1 + firstWord(b) > limit;

/** Joins the lines that were broken, each to its first. */
export function unwrap(tokens: readonly Token[], wrapping: Wrapping | undefined): Token[] {
  const out: Token[] = [];
  let list: RegExp | undefined;
  for (const token of tokens) {
    const a = out.at(-1);
    const body = token.text.slice(token.pos);
    if (a !== undefined && token.kind === 'bare' && body.trim() !== '' && a.text !== '') {
      const goesOn = list?.test(body) ?? false;
      if (goesOn || (wrapping !== undefined && continues(a, token, wrapping))) {
        a.text = joined(a.text, body, wrapping?.hard === true && a.edge === wrapping.limit);
        a.width = token.width;
        a.edge = token.edge;
        a.joined = true;
        a.plain = false;
        continue;
      }
    }
    out.push(token);
    // a list that ends early in its line is at its end, unless it has not begun
    list = mayOpenList(token.text) ? listOf(token) : undefined;
  }
  return out;
}

const listOf = (token: Token): RegExp | undefined =>
  token.width >= LIST_WIDTH || /:\s*$/.test(token.text) ? LISTS.find(([opens]) => opens.test(textOf(token)))?.[1] : undefined;

const STAMP = /^[^[\n]{0,60}\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? */;

const unstamped = (text: string): string => (text.includes('[') ? text.replace(STAMP, '') : text);

/** The text behind stamps and tags, as far as it matters here. */
const textOf = ({ text, pos }: Token): string => unstamped(text.slice(pos));

/** Whether a mail program could have broken the line: there is more than a word behind the stamp. */
export const isBreakable = (text: string): boolean => /\S[ \t]+\S/.test(unstamped(text));

const joined = (a: string, b: string, hard: boolean): string => {
  if (hard || /\s$/.test(a)) return a + b;
  return /^\s/.test(b) ? a + b : `${a} ${b}`;
};

function continues(a: Token, b: Token, { limit, hard, sure }: Wrapping): boolean {
  if (hard) return a.edge === limit;
  if (!mayBreak(a, b)) return false;
  const slack = sure && a.kind !== 'bare' && !startsAnew(b.text.slice(b.pos)) ? SWALLOWED : 0;
  if (!hasNoRoom(a, b, limit - slack)) return false;
  // one break alone proves little: a program that names itself has a line of its own
  if (!sure && PROGRAM.test(b.text.slice(b.pos))) return false;
  if (a.kind !== 'bare') return true;
  // no stamp tells where a line begins: only what a kernel prints is joined, and only to what does not begin a line by its form
  const text = b.text.slice(b.pos);
  return (a.joined === true || a.isKernels) && !/^\s{3,}/.test(text) && !startsAnew(text) && !isWhole(a.text);
}

/** Whether a line that reaches the edge of a text may be broken there, by what it and the next are; `stamped`: it bears a prefix. */
export const mayGoOn = (a: string, stamped: boolean, b: string): boolean => stamped || (isKernelShape(a) && !startsAnew(b));

const PROGRAM = /^[a-z][\w./-]{0,23}(?:\[\d+\])?: /;

/** Nothing that says for itself what it is stands at the break; what is indented is the second line of a record, not the rest of a broken one. */
function mayBreak(a: Token, b: Token): boolean {
  if (b.kind !== 'bare') return false;
  const text = b.text.slice(b.pos);
  return a.text.trim() !== '' && text.trim() !== '' && a.width >= 24 && !/^\s{4}/.test(text) && b.foreignAs === undefined;
}

/** Columns of the first word, and of the blanks before it: those stood at the break. */
const firstWord = ({ text, pos }: Token): number => /^\s*\S*/.exec(text.slice(pos))?.[0].length ?? 0;

/** A line that begins as lines do, not as the rest of one. */
const startsAnew = (text: string): boolean =>
  /^[ \t]*(?:[A-Za-z$][\w ]{0,24}[\w ]:|\[<|\[ |---|===|Call |CPU|Code:|<\w+>|\?)/.test(text) || isKernelShape(text);

/** Register rows and frames end by themselves. */
const isWhole = (text: string): boolean => /(?::\s*[\da-f]{8,16}|\+0x[\da-f]+\/0x[\da-f]+(?: \[\w+\])?|-{3,})$/.test(text);
