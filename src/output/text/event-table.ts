import Table from 'cli-table3';
import type { Event } from '../../event/event.ts';
import { cut, pad, wrap } from './cells.ts';
import { printable } from './printable.ts';
import type { Paint } from './theme.ts';
import { recordsText, SEVERITY_WORDS, timeText, whereText } from './words.ts';

export interface TextOptions {
  /** Cells of a line; 80 where nobody knows. */
  readonly width: number;
  readonly paint: Paint;
}

/** From this width on kind and place have columns of their own; below they stand under the title. */
const ROOMY = 120;
const GAP = 2;
/** Lines of a cell; a forged panic can be thousands of characters, and the table library's time grows with their square. */
const MOST_LINES = 5;
const NO_BORDERS = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((name) => [name, '']),
);

/** The events of one input as a table that fits the width: time, severity, kind, title, where, records. Ends with a newline. */
export function eventTable(events: readonly Event[], { width, paint }: TextOptions): string {
  const rows = events.map((event) => row(event));
  const roomy = width >= ROOMY;
  const head = roomy ? ['TIME', 'SEVERITY', 'KIND', 'TITLE', 'WHERE', 'RECORDS'] : ['TIME', 'SEVERITY', 'TITLE / kind, where', 'RECORDS'];
  const columns = rows.map((r) =>
    roomy ? [r.time, r.severity, r.kind, r.title, r.where, r.records] : [r.time, r.severity, r.title, r.records],
  );
  const titleAt = roomy ? 3 : 2;
  const widths = head.map((name, i) => (i === titleAt ? 0 : Math.max(name.length, ...columns.map((c) => c[i]!.length), 1)));
  if (roomy) widths[4] = Math.min(widths[4]!, 28);
  const title = Math.max(20, width - widths.reduce((sum, w) => sum + w + GAP, 0));
  widths[titleAt] = title;

  const table = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: head.map((_, i) => (i === 0 ? 'right' : 'left')),
  });
  const gap = ' '.repeat(GAP);
  // cells are wrapped, padded and painted here: the table would count the colours of a wrapped cell wrongly
  const cell = (lines: readonly string[], i: number, last: boolean, role?: (line: string, at: number) => string): string =>
    lines
      .map((l, at) => (role ? role(i === 0 ? l : pad(l, widths[i]!), at) : i === 0 || last ? l : pad(l, widths[i]!)) + (last ? '' : gap))
      .join('\n');
  table.push(head.map((name, i) => cell([name], i, i === head.length - 1, (l) => paint('muted', l))));
  for (const [n, r] of rows.entries()) {
    const { severity } = events[n]!;
    const titleLines = wrap(cut(r.title, title * MOST_LINES), title);
    const under = roomy ? [] : wrap(cut(r.where === '-' ? r.kind : `${r.kind}, ${r.where}`, title * MOST_LINES), title);
    const titleCell = cell([...titleLines, ...under], titleAt, false, (l, at) => paint(at < titleLines.length ? 'title' : 'muted', l));
    const rest = roomy
      ? [
          cell([r.kind], 2, false),
          titleCell,
          cell(wrap(cut(r.where, widths[4]! * MOST_LINES), widths[4]!), 4, false),
          cell([r.records], 5, true),
        ]
      : [titleCell, cell([r.records], 3, true)];
    const cells = [cell([r.time], 0, false), cell([r.severity], 1, false, (l) => paint(severity, l)), ...rest].map((c) => c.split('\n'));
    // a row of the library for each line: its time grows with the square of the lines of a cell
    for (let at = 0; at < Math.max(...cells.map((c) => c.length)); at++) table.push(cells.map((c) => c[at] ?? ''));
  }
  return `${table.toString().replace(/[ ]+$/gm, '')}\n`;
}

function row(event: Event) {
  return {
    time: timeText(event),
    severity: SEVERITY_WORDS[event.severity],
    kind: event.kind,
    title: printable(event.title),
    where: whereText(event),
    records: recordsText(event),
  };
}
