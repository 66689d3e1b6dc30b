import Table from 'cli-table3';
import { pad } from './cells.ts';
import { linesOf } from './rows.ts';

/** Lines of a cell, wrapped already, and how each is painted. */
export interface Cell {
  readonly lines: readonly string[];
  readonly paint?: (line: string, at: number) => string;
}

/** Blanks between columns. */
export const GAP = 2;
const NO_BORDERS = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((name) => [name, '']),
);

/**
 * Rows without borders. Cells are padded and painted here, for the library counts the colours of a wrapped cell wrongly; it gets a row
 * for each line, for its time grows with the square of a cell's lines. Ends with a newline.
 * @param widths cells of each column
 * @param right columns that are aligned right
 */
export function bareTable(rows: readonly (readonly Cell[])[], widths: readonly number[], right: readonly number[]): string {
  const made = () =>
    new Table({
      chars: NO_BORDERS,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
      colAligns: widths.map((_, i) => (right.includes(i) ? 'right' : 'left')),
    });
  const drawn: string[][] = [];
  const last = widths.length - 1;
  const gap = ' '.repeat(GAP);
  for (const cells of rows) {
    const columns = cells.map(({ lines, paint }, i) =>
      lines.map((line, at) => {
        const padded = right.includes(i) || (i === last && !paint) ? line : pad(line, widths[i] ?? 0);
        return `${paint ? paint(padded, at) : padded}${i === last ? '' : gap}`;
      }),
    );
    for (let at = 0; at < Math.max(...columns.map(({ length }) => length)); at++) drawn.push(columns.map((lines) => lines[at] ?? ''));
  }
  return `${linesOf(made, drawn).join('\n')}\n`;
}
