import type { Event } from '../../event/event.ts';
import { cut, wrap } from './cells.ts';
import { printable } from './printable.ts';
import { eventRange } from './records.ts';
import { largest } from './rows.ts';
import { bareTable, type Cell, GAP } from './table.ts';
import type { Paint } from './theme.ts';
import type { TimeStyle } from './wall-time.ts';
import { SEVERITY_WORDS, timeText, whereText } from './words.ts';

export interface TextOptions {
  /** Cells of a line; 80 where nobody knows. */
  readonly width: number;
  readonly paint: Paint;
  /** How times of the day are shown; in UTC where nobody asks for more. */
  readonly time?: TimeStyle | undefined;
}

/** From this width on kind and place have columns of their own; below they stand under the title. */
const ROOMY = 120;
/** Lines of a cell; a forged panic can be thousands of characters, and the table library's time grows with their square. */
const MOST_LINES = 5;

/** The events of one input as a table that fits the width: time, severity, kind, title, where, records. Ends with a newline. */
export function eventTable(events: readonly Event[], { width, paint, time }: TextOptions): string {
  const rows = events.map((event) => row(event, time));
  const roomy = width >= ROOMY;
  const head = roomy ? ['TIME', 'SEVERITY', 'KIND', 'TITLE', 'WHERE', 'RECORDS'] : ['TIME', 'SEVERITY', 'TITLE / kind, where', 'RECORDS'];
  const columns = rows.map((r) =>
    roomy ? [r.time, r.severity, r.kind, r.title, r.where, r.records] : [r.time, r.severity, r.title, r.records],
  );
  const titleAt = roomy ? 3 : 2;
  const widths = head.map((name, i) =>
    i === titleAt
      ? 0
      : largest(
          columns.map((c) => c[i]!.length),
          Math.max(name.length, 1),
        ),
  );
  if (roomy) widths[4] = Math.min(widths[4]!, 28);
  const title = Math.max(20, width - widths.reduce((sum, w) => sum + w + GAP, 0));
  widths[titleAt] = title;

  const header = head.map((name): Cell => ({ lines: [name], paint: (line) => paint('muted', line) }));
  const cells = rows.map((r, n): Cell[] => {
    const { severity } = events[n]!;
    const titleLines = wrap(cut(r.title, title * MOST_LINES), title);
    const under = roomy ? [] : wrap(cut(r.where === '-' ? r.kind : `${r.kind}, ${r.where}`, title * MOST_LINES), title);
    const titleCell: Cell = {
      lines: [...titleLines, ...under],
      paint: (line, at) => paint(at < titleLines.length ? 'title' : 'muted', line),
    };
    const where = roomy ? [{ lines: wrap(cut(r.where, widths[4]! * MOST_LINES), widths[4]!) }] : [];
    const kind = roomy ? [{ lines: [r.kind] }] : [];
    const severityCell: Cell = { lines: [r.severity], paint: (line) => paint(severity, line) };
    return [{ lines: [r.time] }, severityCell, ...kind, titleCell, ...where, { lines: [r.records] }];
  });
  return bareTable([header, ...cells], widths, [0]);
}

function row(event: Event, time: TimeStyle | undefined) {
  return {
    time: timeText(event, time),
    severity: SEVERITY_WORDS[event.severity],
    kind: event.kind,
    title: printable(event.title),
    where: whereText(event),
    records: eventRange(event.records),
  };
}
