import type { Role } from '../theme/roles.ts';
import { type Span, span } from './line.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A horizontal bar of a share (0 to 1) of so many cells, in eighths of a cell; a share that is not nothing shows. */
export function bar(share: number, width: number): string {
  if (!(share > 0) || width <= 0) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, share) * width * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** One cell of a histogram: blank for nothing, else one of eight heights on a logarithmic scale. */
export function level(count: number, most: number): string {
  if (count <= 0) return ' ';
  return LEVELS[Math.min(7, Math.floor((Math.log1p(count) / Math.log1p(Math.max(1, most))) * 7.999))]!;
}

/** Shares (0 to 1) side by side in one bar, each in its own pattern; what is too small for a cell leaves it to the next. */
export function stackedBar(
  parts: readonly { readonly share: number; readonly glyph: string; readonly role: Role }[],
  width: number,
): Span[] {
  let sum = 0;
  let done = 0;
  return parts.flatMap(({ share, glyph, role }) => {
    if (!(share > 0)) return [];
    sum = Math.min(1, sum + share);
    const cells = Math.round(sum * width) - done;
    done += cells;
    return cells > 0 ? [span(glyph.repeat(cells), role)] : [];
  });
}
