import { cells } from '../../output/text/cells.ts';
import type { Role } from '../theme/roles.ts';
import { cutMiddle, cutRight, type Line, type Span, span } from './line.ts';

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** Cells; the one column without a width takes what is left. */
  readonly width?: number;
  readonly align?: 'right';
  /** Where a name is cut: names in the middle, text at the right (the default). */
  readonly cut?: 'middle';
}

/** What stands in a cell. */
export type Cell = string | Span;

/** Blanks between columns. */
export const GAP = 1;

/** The widths that fit: the column without one takes the rest. */
export function widthsOf(columns: readonly Column[], width: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0) + GAP * (columns.length - 1);
  return columns.map((column) => column.width ?? Math.max(1, width - fixed));
}

/** One row; cells are cut, padded and keep their role. A table of numbers under heads of several words takes a wider gap. */
export function row(columns: readonly Column[], widths: readonly number[], row: readonly Cell[], gap = GAP): Line {
  return columns.flatMap((column, i) => {
    const cell = row[i] ?? '';
    const width = widths[i] ?? 0;
    const text = typeof cell === 'string' ? cell : cell.text;
    const role: Role | undefined = typeof cell === 'string' ? undefined : cell.role;
    const shown = column.cut === 'middle' ? cutMiddle(text, width) : cutRight(text, width);
    const room = ' '.repeat(Math.max(0, width - cells(shown)));
    const parts: Cell[] = column.align === 'right' ? [room, span(shown, role)] : [span(shown, role), i === columns.length - 1 ? '' : room];
    return i === 0 ? parts : [' '.repeat(gap), ...parts];
  });
}

/** The row of heads. */
export const heads = (columns: readonly Column[], widths: readonly number[]): Line =>
  row(
    columns,
    widths,
    columns.map(({ head }) => span(head, 'dim')),
  );
