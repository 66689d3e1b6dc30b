import type { Event } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { allClear } from '../text/all-clear.ts';
import { cut, pad, wrap } from '../text/cells.ts';
import { dumpLine, lossLines } from '../text/dump-line.ts';
import { eventTable } from '../text/event-table.ts';
import { countsLine, type Summary } from '../text/incident-summary.ts';
import { excerptLines, type IncidentTextOptions, stepLines } from '../text/incident-text.ts';
import { machineLines } from '../text/machine-lines.ts';
import { printable } from '../text/printable.ts';
import { timeText } from '../text/words.ts';
import { type Alike, alike } from './alike.ts';
import { whenText } from './when.ts';

export interface BriefOptions extends IncidentTextOptions {
  /** Lines that there is room for. */
  readonly rows: number;
}

/** Lines of each part; the first that makes a page is taken. */
interface Room {
  readonly reasons: number;
  readonly others: number;
  readonly log: number;
  readonly memory: number;
  /** What each step is for, and what is not proven. */
  readonly talks: boolean;
}
const ROOMS: readonly [Room, ...Room[]] = [
  { reasons: 6, others: 8, log: 10, memory: 5, talks: true },
  { reasons: 5, others: 6, log: 8, memory: 4, talks: true },
  { reasons: 4, others: 5, log: 6, memory: 3, talks: true },
  { reasons: 3, others: 3, log: 5, memory: 2, talks: true },
  { reasons: 2, others: 3, log: 4, memory: 0, talks: false },
  { reasons: 1, others: 2, log: 3, memory: 0, talks: false },
  { reasons: 0, others: 2, log: 2, memory: 0, talks: false },
];
const STEPS = 3;
/** Events of a log whose events make no incident. */
const EVENTS = 10;
const LOSSES = 3;

/**
 * One input's part of `lastkmsg FILE`: what happened, why, what else there is, the lines that decide, what to do next. A page where that
 * is possible. Fits the width but for commands, which are to be copied. Ends with a newline.
 */
export function briefSummary(summary: Summary, options: BriefOptions): string {
  let text = '';
  for (const room of ROOMS) {
    text = `${blocks(summary, options, room)
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
      .join('\n\n')}\n`;
    if (text.split('\n').length - 1 <= options.rows) break;
  }
  return text;
}

function blocks(summary: Summary, options: BriefOptions, room: Room): string[][] {
  const { events, incidents, excerpts, machine } = summary;
  const byId = new Map(events.map((event) => [event.id, event] as const));
  const [worst, ...others] = alike(incidents, byId);
  const head = headLines(summary, options);
  if (worst === undefined) return [head, events.length === 0 ? [] : eventTable(events.slice(-EVENTS), options).trimEnd().split('\n')];
  const decisive = byId.get(worst.shown.first) ?? byId.get(worst.shown.terminal);
  const { width, paint } = options;
  return [
    head,
    worstLines(worst, byId, options, room),
    otherLines(others, byId, options, room.others),
    decisive === undefined ? [] : excerptLines(decisive, (excerpts.get(decisive.id) ?? []).slice(0, room.log), options),
    machine === undefined || room.memory === 0
      ? []
      : [
          paint('label', 'In the memory of the dump'),
          ...machineLines(machine)
            .slice(0, room.memory)
            .map((line) => `  ${cut(line, width - 2)}`),
        ],
    stepLines(worst.shown, options, STEPS, room.talks),
    [paint('muted', cut(MORE, width))],
  ];
}

const MORE = 'More: --all, lastkmsg tui FILE, lastkmsg report FILE -o crash.html';

function headLines(summary: Summary, { width, paint, time }: BriefOptions): string[] {
  const { source, info, events, copies = [] } = summary;
  const releases = [...new Set(events.map((event) => event.kernel?.release).filter((release) => release !== undefined))];
  const losses = lossLines(info);
  const beside = copies.map((copy) => ` (${copy.slice(copy.lastIndexOf('/') + 1)} is the same log)`).join('');
  const said =
    events.length === 0 ? wrap(printable(`${allClear(info)}${beside}`), width) : wrap(printable(`${countsLine(summary)}${beside}`), width);
  return [
    ...wrap(printable(`${source}: ${dumpLine(info, releases, time)}`), width).map((line) => paint('label', line)),
    ...losses.slice(0, LOSSES).flatMap((line) => wrap(printable(line), width).map((text) => paint('warning', text))),
    ...said,
  ];
}

function worstLines(
  { shown, count }: Alike,
  events: ReadonlyMap<string, Event>,
  { width, paint, time }: BriefOptions,
  room: Room,
): string[] {
  const item = (text: string, first = '  - '): string[] =>
    wrap(printable(text), width - first.length).map((line, i) => `${i === 0 ? first : ' '.repeat(first.length)}${line}`);
  const { reasons } = shown;
  const [open] = shown.notProven;
  const left = shown.notProven.length - 1;
  return [
    ...wrap(printable([shown.id, shown.severity.toUpperCase(), ...whenText(shown, events, time, false)].join('  ')), width).map((line) =>
      paint(shown.severity, line),
    ),
    ...wrap(printable(shown.headline), width).map((line) => paint('title', line)),
    ...reasons.slice(0, room.reasons).flatMap(({ text }) => item(text)),
    ...(room.talks && reasons.length > room.reasons ? [`  - and ${reasons.length - room.reasons} more: --all`] : []),
    ...(count > 1 ? item(`${countText(count - 1)} more ${count === 2 ? 'incident' : 'incidents'} like it`) : []),
    ...(open === undefined || !room.talks
      ? []
      : item(`${open}${left > 0 ? ` (and ${left} more: --all)` : ''}`, '  not proven: ').map((line) => paint('guess', line))),
  ];
}

/** The other incidents, one line for those that are alike. */
function otherLines(
  others: readonly Alike[],
  events: ReadonlyMap<string, Event>,
  { width, paint, time }: BriefOptions,
  most: number,
): string[] {
  if (others.length === 0) return [];
  const boots = new Set([...events.values()].map(({ boot }) => boot)).size > 1;
  const rows = others.slice(0, most).map(({ shown, count }) => {
    const first = events.get(shown.first);
    const stamp = first === undefined ? '-' : timeText(first, time);
    return { shown, count, stamp: boots && first !== undefined ? `boot ${first.boot}  ${stamp}` : stamp };
  });
  const id = Math.max(...rows.map(({ shown }) => shown.id.length));
  const stamp = Math.max(...rows.map((row) => row.stamp.length));
  const rest = others.slice(most).reduce((sum, { count }) => sum + count, 0);
  return [
    paint('label', 'Also'),
    ...rows.map((row) => {
      const many = row.count > 1 ? `${countText(row.count)}× ` : '';
      const head = `  ${pad(printable(row.shown.id), id)}  ${row.stamp.padStart(stamp)}  `;
      const severity = pad(row.shown.severity, 7);
      const text = cut(printable(`${many}${row.shown.headline}`), Math.max(10, width - head.length - 9));
      return `${head}${paint(row.shown.severity, severity)}  ${text}`;
    }),
    ...(rest > 0 ? [`  and ${countText(rest)} more: --all`] : []),
  ];
}
