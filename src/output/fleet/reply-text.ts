import type { Reply, ReplyColumn, ReplyRow } from '../../fleet/questions/reply.ts';
import { cells, cut, wrap } from '../text/cells.ts';
import type { IncidentTextOptions } from '../text/incident-text.ts';
import { printable } from '../text/printable.ts';
import { bareTable, type Cell, GAP } from '../text/table.ts';
import { cellText, isNumber, partsOf } from './reply-cells.ts';

const MOST_LINES = 3;
/** Cells that the column which takes the rest has at least. */
const LEAST = 24;
/** Cells of the others. */
const MOST = 34;

/** The answer to a question for people: what it rests on, its table, what must be known to read it. Fits the width. Ends with a newline. */
export function replyText(reply: Reply, options: IncidentTextOptions): string {
  const { width, paint } = options;
  const { title, notes, rows, more = 0 } = reply;
  const blocks = [
    wrap(printable(title), width).map((line) => paint('title', line)),
    ...(rows.length === 0 ? [['nothing']] : partsOf(reply).map((part) => partLines(part.heading, reply.columns, part.rows, options))),
    more === 0 ? [] : [`and ${more} more: --rows N shows as many`],
    notes.flatMap((note) => wrap(printable(note), width)).map((line) => paint('muted', line)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function partLines(
  heading: string | undefined,
  columns: readonly ReplyColumn[],
  rows: readonly ReplyRow[],
  options: IncidentTextOptions,
): string[] {
  const head = heading === undefined ? [] : [options.paint('label', printable(heading))];
  return [...head, ...replyTable(columns, rows, options).trimEnd().split('\n')];
}

function replyTable(columns: readonly ReplyColumn[], rows: readonly ReplyRow[], { width, paint, time }: IncidentTextOptions): string {
  const texts = rows.map((row) => columns.map((column) => printable(cellText(row, column, time))));
  // a column that says nothing of anything is room for the others
  const kept = columns.map((_, i) => i).filter((i) => texts.some((row) => row[i] !== '-'));
  const natural = kept.map((i) => Math.max(cells(columns[i]!.label), ...texts.map((row) => cells(row[i]!))));
  const widest = Math.max(
    0,
    kept.findIndex((i) => columns[i]!.as === 'title'),
  );
  const widths = natural.map((n) => Math.min(n, MOST));
  const taken = widths.reduce((sum, n, at) => sum + (at === widest ? 0 : n + GAP), 0);
  widths[widest] = Math.max(Math.min(LEAST, natural[widest] ?? 0), Math.min(natural[widest] ?? 0, width - taken));
  const header = kept.map((i): Cell => ({ lines: [columns[i]!.label], paint: (line) => paint('muted', line) }));
  const body = texts.map((row) =>
    kept.map((i, at): Cell => {
      const room = widths[at]!;
      const lines = wrap(cut(row[i]!, room * MOST_LINES), room);
      const { as } = columns[i]!;
      if (as === 'title') return { lines, paint: (line) => paint('title', line) };
      return as === 'hash' ? { lines, paint: (line) => paint('muted', line) } : { lines };
    }),
  );
  const right = kept.flatMap((i, at) => (isNumber(columns[i]!) ? [at] : []));
  return bareTable([header, ...body], widths, right);
}
