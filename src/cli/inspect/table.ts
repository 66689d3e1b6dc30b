import { printable } from '../../output/text/printable.ts';
import type { Answer, Column, Row } from './part.ts';

/** What is not known is a dash: never a number. */
const UNKNOWN = '-';

export function answerText({ rows, columns, layout = 'table', text }: Answer): string {
  if (text) return text();
  return layout === 'list' ? rows.map((row) => listText(row as Row, columns)).join('\n') : tableText(rows as readonly Row[], columns);
}

function tableText(rows: readonly Row[], columns: readonly Column[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => shown(row, column)))];
  const widths = columns.map((_, i) => lines.reduce((most, line) => Math.max(most, width(line[i]!)), 0));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, i) => aligned(cell, widths[i]!, columns[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Characters, each taken for one cell: names of tasks and files rarely hold wider ones, and knowing them costs a fifth of the start. */
const width = (cell: string): number => [...cell].length;

const aligned = (cell: string, wide: number, { right }: Column): string => {
  const gap = ' '.repeat(Math.max(0, wide - width(cell)));
  return right ? gap + cell : cell + gap;
};

function listText(row: Row, columns: readonly Column[]): string {
  const widest = columns.reduce((most, { title }) => Math.max(most, title.length), 0);
  return columns
    .filter(({ key }) => row[key] !== undefined || (row.unknown as readonly string[] | undefined)?.includes(key))
    .map((column) => `${column.title.padStart(widest)}: ${shown(row, column)}\n`)
    .join('');
}

function shown(row: Row, { key, show, showUnknown }: Column): string {
  const value = row[key];
  if (value === undefined) return (row.unknown as readonly string[] | undefined)?.includes(key) ? (showUnknown?.(row) ?? UNKNOWN) : '';
  return printable(show ? show(value, row) : String(value));
}

/** An address without 0x, as crash writes it. */
export const bare = (value: unknown): string => String(value).replace(/^0x/, '');
