import Table from 'cli-table3';
import { countText } from '../../event/oom/size-text.ts';
import { largest, linesOf } from '../text/rows.ts';

/** A column: its head, with the unit in it, and whether it holds numbers. */
export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

const BORDERS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'.split(' ');
const NO_BORDERS = Object.fromEntries(BORDERS.map((name) => [name, name === 'middle' ? '  ' : '']));

/** The lines of a table, and the record of each that was read. */
export interface TableLines {
  readonly lines: readonly string[];
  readonly each: readonly (number | undefined)[];
}

export const NO_TABLE: TableLines = { lines: [], each: [] };

/**
 * Rows under heads, without lines: what fits a ticket as well as a terminal. Cells are printable already; `total` stands below a rule.
 * @param seqs the record of each row
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  seqs: readonly (number | undefined)[],
  total?: readonly string[],
): TableLines {
  const widths = columns.map(({ head }, i) =>
    largest(
      rows.map((row) => row[i]?.length ?? 0),
      Math.max(head.length, total?.[i]?.length ?? 0),
    ),
  );
  const made = () =>
    new Table({
      chars: NO_BORDERS,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
      colAligns: columns.map(({ align }) => align ?? 'left'),
    });
  const below = total ? [widths.map((width) => '-'.repeat(width)), total] : [];
  const lines = linesOf(made, [columns.map(({ head }) => head), ...rows, ...below]);
  return { lines, each: [undefined, ...seqs] };
}

/** `2,097,152`; a dash where the log has no number. */
export const count = (value: number | undefined): string => (value === undefined ? '-' : countText(Math.round(value)));

/** The sum of the numbers that the log has; a dash where it has none. */
export const sumText = (values: readonly (number | undefined)[]): string => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '-' : count(known.reduce((total, value) => total + value, 0));
};

/** `93.4 %` */
export const share = (part: number, whole: number): string => (whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '-');
