import { toAscii } from '../../output/text/ascii.ts';
import { cutLine, fill, type Line, plainText, span } from '../line/line.ts';
import { type Style, sgr } from './roles.ts';

/** Nothing that acts on a terminal gets here; where a bug lets it, it is one visible cell. */
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;

/** A line as bytes for the terminal, never wider than its columns. */
export function paintLine(line: Line, width: number, style: Style): string {
  return cutLine(line, width)
    .map((part) => {
      const raw = (typeof part === 'string' ? part : part.text).replace(CONTROL, '?');
      const text = style.ascii ? toAscii(raw) : raw;
      const codes = typeof part === 'string' || part.role === undefined ? '' : sgr(part.role, style);
      return codes === '' || text === '' ? text : `\x1b[${codes}m${text}\x1b[0m`;
    })
    .join('');
}

/** The line under the cursor: inverse over its whole width, without the colours of its parts. */
export const selected = (line: Line, width: number): Line => [span(plainText(fill(line, width)), 'selected')];
