import { cells, characters, cut } from '../../output/text/cells.ts';
import type { Role } from '../theme/roles.ts';

/** A piece of a line in one role. */
export interface Span {
  readonly text: string;
  readonly role?: Role | undefined;
}

/** One line of a screen: plain strings are in no role. Its text holds no control characters and no line ends. */
export type Line = readonly (string | Span)[];

export const span = (text: string, role?: Role): Span => ({ text, role });

const textOf = (part: string | Span): string => (typeof part === 'string' ? part : part.text);

/** The line without its roles. */
export const plainText = (line: Line): string => line.map(textOf).join('');

/** Cells that the line takes. */
export const widthOf = (line: Line): number => line.reduce((sum, part) => sum + cells(textOf(part)), 0);

/** Cuts a text to a number of cells; `»` says that a text of the log goes on. */
export function cutRight(text: string, width: number, mark = '…'): string {
  if (width <= 0) return '';
  const short = cut(text, width);
  return short === text ? text : `${short.slice(0, -1)}${mark}`;
}

/** Cuts a name in its middle, so that its end stays: of a cgroup's path the pod and the container tell. */
export function cutMiddle(text: string, width: number): string {
  if (cells(text) <= width) return text;
  if (width < 3) return cutRight(text, width);
  const tail: string[] = [];
  let used = 0;
  const room = Math.ceil((width - 1) * 0.6);
  for (const character of characters(text).reverse()) {
    const wide = cells(character);
    if (used + wide > room) break;
    tail.unshift(character);
    used += wide;
  }
  return `${cut(text, width - used).slice(0, -1)}…${tail.join('')}`;
}

/** The line cut to a number of cells. */
export function cutLine(line: Line, width: number, mark = '…'): Line {
  if (widthOf(line) <= width) return line;
  const out: (string | Span)[] = [];
  let left = width;
  for (const part of line) {
    const text = textOf(part);
    const wide = cells(text);
    const fits = wide < left || (wide === left && part === line.at(-1));
    const shown = fits ? text : cutRight(`${text} `, left, mark);
    out.push(typeof part === 'string' ? shown : { ...part, text: shown });
    left -= wide;
    if (!fits) break;
  }
  return out;
}

/** The line cut or padded to exactly so many cells. */
export function fill(line: Line, width: number): Line {
  const short = cutLine(line, width);
  const missing = width - widthOf(short);
  return missing > 0 ? [...short, ' '.repeat(missing)] : short;
}

/** One line at the left edge and one at the right; the left one gives way. */
export function between(left: Line, right: Line, width: number): Line {
  const end = cutLine(right, width);
  const room = width - widthOf(end);
  return [...fill(left, Math.max(0, room - 1)), ...(room > 0 ? [' '] : []), ...end];
}
