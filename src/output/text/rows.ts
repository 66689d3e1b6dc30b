import type Table from 'cli-table3';
import { cells } from './cells.ts';

/** Lines that the library lays out at once: its time grows with their square. */
const AT_ONCE = 200;
const PAINT = /\x1b\[[0-9;]*m/g;

/** The largest of any number of numbers: a call takes some 100,000 at most. */
export const largest = (numbers: readonly number[], least = 0): number => numbers.reduce((most, n) => Math.max(most, n), least);

/**
 * The lines of a table without borders, one a row, drawn in pieces of equal columns.
 * @param made an empty table
 */
export function linesOf(made: () => Table.Table, rows: readonly (readonly string[])[]): string[] {
  if (rows.length <= AT_ONCE) return drawn(made(), rows);
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cells(cell.replace(PAINT, '')));
  // a row as wide as all keeps the columns of each piece where they are
  const ruler = widths.map((width) => '-'.repeat(width));
  const lines: string[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE)
    for (const line of drawn(made(), [ruler, ...rows.slice(at, at + AT_ONCE)]).slice(1)) lines.push(line);
  return lines;
}

function drawn(table: Table.Table, rows: readonly (readonly string[])[]): string[] {
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.replace(/ +$/, ''));
}
