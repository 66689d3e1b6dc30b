import { type Cell, type Column, row } from '../line/columns.ts';
import { type Line, type Span, span } from '../line/line.ts';

/** A column of a table that gives way where there is little room. */
export interface Droppable extends Column {
  readonly width: number;
  /** The greatest is dropped first; 0 stays. */
  readonly drop: number;
}

const GAP = 2;

/** The columns that fit, in their order. */
export function fitting<C extends Droppable>(columns: readonly C[], width: number): C[] {
  const kept = [...columns];
  while (kept.reduce((total, column) => total + column.width + GAP, -GAP) > width) {
    const drop = Math.max(...kept.map((column) => column.drop));
    if (drop === 0) break;
    kept.splice(
      kept.findIndex((column) => column.drop === drop),
      1,
    );
  }
  return kept;
}

/** A row of the columns after the margin of one cell. */
export const tableRow = (columns: readonly Droppable[], values: readonly Cell[]): Line => [
  ' ',
  ...row(
    columns,
    columns.map(({ width }) => width),
    values,
    GAP,
  ),
];

/** The row of heads; the one that sorts stands out. */
export const headRow = (columns: readonly Droppable[], sorted?: Droppable): Line =>
  tableRow(
    columns,
    columns.map((column): Span => span(column.head, column === sorted ? 'title' : 'dim')),
  );
