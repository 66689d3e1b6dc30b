import { cutLine, fill, type Line, span, widthOf } from '../line/line.ts';
import { selected } from '../theme/paint.ts';
import type { List, Size } from './screen.ts';

/** Below this a terminal is told so in a sentence. */
export const LEAST: Size = { columns: 60, rows: 15 };

/** Widths at which more is shown; from {@link WIDE} on panes stand side by side. */
export const WIDE = 140;
export const ROOMY = 100;
export const MEDIUM = 80;
/** Heights at which more is shown: 30 and 24 rows, less the one that is never drawn. */
export const TALL = 28;
export const MIDDLING = 20;

/** Lines of a screen; one row of the terminal stays free: a frame as tall as the terminal is redrawn whole each time. */
export const linesOf = (size: Size): number => size.rows - 1;

/** Lines between the head and the footer. */
export const bodyHeight = (size: Size, head: number): number => Math.max(0, linesOf(size) - head - 1);

export const rule = (width: number): Line => [span('─'.repeat(width), 'dim')];

/** A rule that says what stands under it. */
export function titled(title: Line, width: number): Line {
  const line = cutLine(title, Math.max(0, width - 4));
  return [span('─ ', 'dim'), ...line, ' ', span('─'.repeat(Math.max(0, width - 3 - widthOf(line))), 'dim')];
}

/** Two panes side by side, the left one as wide as it says. */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number, width: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
    ...fill(left[i] ?? [], leftWidth),
    span('│', 'dim'),
    ...cutLine(right[i] ?? [], width - leftWidth - 1),
  ]);
}

/** The rows that are seen, the cursor's one inverse; padded with empty lines to the height. */
export function viewport({ count, cursor, height }: List, top: number, width: number, draw: (row: number) => Line): Line[] {
  const lines: Line[] = [];
  for (let row = top; row < Math.min(count, top + height); row++) lines.push(row === cursor ? selected(draw(row), width) : draw(row));
  while (lines.length < height) lines.push([]);
  return lines;
}

/** Lines cut or padded to a height. */
export const toHeight = (lines: readonly Line[], height: number): Line[] =>
  lines.length >= height ? lines.slice(0, height) : [...lines, ...new Array<Line>(height - lines.length).fill([])];
