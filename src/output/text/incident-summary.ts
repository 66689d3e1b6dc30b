import type { Event, Incident, MachineFacts, RawRecord } from '../../event/event.ts';
import { SEVERITIES } from '../../event/kinds.ts';
import { countText } from '../../event/oom/size-text.ts';
import type { InputInfo } from '../../read/info.ts';
import { oomSections } from '../oom/index.ts';
import { allClear } from './all-clear.ts';
import { wrap } from './cells.ts';
import { dumpLine, lossLines } from './dump-line.ts';
import { eventTable } from './event-table.ts';
import { sectionLines } from './event-text.ts';
import { excerptLines, type IncidentTextOptions, stepLines, verdictLines } from './incident-text.ts';
import { machineLines } from './machine-lines.ts';
import { printable } from './printable.ts';

/** What a summary is made of. */
export interface Summary {
  readonly source: string;
  readonly info: InputInfo;
  readonly events: readonly Event[];
  /** Events that are none of these, of a log that has more than are held. */
  readonly notHeld: number;
  readonly incidents: readonly Incident[];
  /** The decisive records of reports, by event id. */
  readonly excerpts: ReadonlyMap<string, readonly RawRecord[]>;
  /** Logs beside a dump that are its text: read, and not told again. */
  readonly copies?: readonly string[] | undefined;
  /** What the memory of a dump says beyond its log. */
  readonly machine?: MachineFacts | undefined;
}

/** Verdicts shown; a log of nothing but reports has thousands. */
const VERDICTS = 12;
/** Events of the timeline; of more the first and the last are shown. */
const EVENTS = 40;

/**
 * One input's part of `lastkmsg FILE`, to be pasted into a ticket: what it is, the verdicts, worst first, the timeline, the lines that
 * decide, what to do next. Fits the width but for commands. Ends with a newline.
 */
export function incidentSummary(summary: Summary, options: IncidentTextOptions): string {
  const { source, info, events, incidents, excerpts } = summary;
  const { width, paint } = options;
  const byId = new Map(events.map((event) => [event.id, event] as const));
  const releases = [...new Set(events.map((event) => event.kernel?.release).filter((release) => release !== undefined))];
  const head = `${source}: ${dumpLine(info, releases, options.time)}`;
  const [worst] = incidents;
  const decisive = worst && (byId.get(worst.first) ?? byId.get(worst.terminal));
  const blocks: string[][] = [
    [
      ...wrap(printable(head), width).map((line) => paint('title', line)),
      ...lossLines(info).flatMap((line) => wrap(printable(line), width).map((text) => paint('warning', text))),
      ...(events.length === 0 ? wrap(printable(allClear(info)), width) : [countsLine(summary)]),
    ],
    ...incidents.slice(0, VERDICTS).map((incident) => verdictLines(incident, byId, options)),
    incidents.length > VERDICTS
      ? [`and ${incidents.length - VERDICTS} more incidents: lastkmsg incidents --format json prints them all`]
      : [],
    events.length > 0 ? timeline(events, options) : [],
    decisive === undefined ? [] : excerptLines(decisive, excerpts.get(decisive.id) ?? [], options),
    worst === undefined ? [] : memory(worst, events, options),
    summary.machine === undefined ? [] : inMemory(summary.machine, options),
    worst === undefined ? [] : stepLines(worst, options),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.map((line) => line.trimEnd()).join('\n'));
  return `${text.join('\n\n')}\n`;
}

/** What the dump says beyond its log. */
const inMemory = (machine: MachineFacts, { width, paint }: IncidentTextOptions): string[] => [
  paint('label', 'In the memory of the dump'),
  ...machineLines(machine).flatMap((line) => wrap(line, width - 4).map((text, i) => `  ${i === 0 ? '' : '  '}${text}`)),
];

function timeline(events: readonly Event[], options: IncidentTextOptions): string[] {
  const half = EVENTS / 2;
  const table = (some: readonly Event[]): string[] => eventTable(some, options).trimEnd().split('\n');
  if (events.length <= EVENTS) return table(events);
  const between = `${events.length - EVENTS} more events: lastkmsg events prints them all`;
  return [...table(events.slice(0, half)), '', between, '', ...table(events.slice(-half))];
}

/** Why memory ran out, with the tables of the worst incident's last event that holds them; of another incident only where they are. */
function memory({ events: ids }: Incident, events: readonly Event[], options: IncidentTextOptions): string[] {
  const event = events.findLast((each) => oomSections(each, options).length > 0);
  if (event === undefined) return [];
  if (!ids.includes(event.id)) {
    const text = `Why memory ran out (${event.id}): lastkmsg events --format text --kind ${event.kind}`;
    return wrap(printable(text), options.width).map((line) => options.paint('muted', line));
  }
  const title = wrap(printable(`${event.id} ${event.title}: ${event.oom?.cause?.verdict ?? ''}`), options.width);
  return [...title.map((line) => options.paint('title', line)), ...sectionLines(oomSections(event, options), options)];
}

/** `3 events in 2 incidents: 1 fatal, 1 warning`; `15,100 events, 10,000 of them in 2 incidents` where not all are held. */
export function countsLine({ events, incidents, notHeld }: Pick<Summary, 'events' | 'incidents' | 'notHeld'>): string {
  const each = SEVERITIES.map((severity) => [severity, incidents.filter((i) => i.severity === severity).length] as const);
  const said = each.filter(([, n]) => n > 0).map(([severity, n]) => `${n} ${severity}`);
  const boots = new Set(events.map((event) => event.boot)).size;
  const all = events.length + notHeld;
  const held = notHeld === 0 ? '' : `, ${countText(events.length)} of them`;
  const count = `${countText(all)} ${all === 1 ? 'event' : 'events'}${boots > 1 ? ` of ${boots} boots` : ''}${held}`;
  return `${count} in ${incidents.length} ${incidents.length === 1 ? 'incident' : 'incidents'}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}
