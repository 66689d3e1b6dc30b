import type { Event, Incident } from '../../event/event.ts';
import { SEVERITIES } from '../../event/kinds.ts';
import { countText } from '../../event/oom/size-text.ts';
import { secondsText } from '../../incident/verdict/words.ts';
import { infoRows } from '../info.ts';
import { allClear, allClearSentence } from '../text/all-clear.ts';
import { dateText, type TimeStyle, wallText } from '../text/wall-time.ts';
import type { Report, ReportPart } from './report.ts';
import { counted } from './shown.ts';

/** One input with what its sections look up. */
export interface PartView {
  readonly part: ReportPart;
  readonly time: TimeStyle;
  /** From 1; part of every anchor. */
  readonly number: number;
  readonly events: ReadonlyMap<string, Event>;
  /** Ids of events that are shown in full; beyond some hundreds the rest are lines only. */
  readonly full: ReadonlySet<string>;
  /** Sequence numbers of records that the log's excerpt holds. */
  readonly shown: ReadonlySet<number>;
}

/** Events shown in full. */
const FULL = 200;

export function viewsOf({ parts, time }: Report): PartView[] {
  return parts.map((part, i) => {
    const events = new Map(part.events.map((event) => [event.id, event] as const));
    return {
      part,
      time,
      number: i + 1,
      events,
      full: new Set(byNeed(part, FULL).map((event) => event.id)),
      shown: new Set(part.log.items.flatMap((item) => (item.kind === 'records' ? item.records.map((r) => r.seq) : []))),
    };
  });
}

/** At most so many events, in log order: those of incidents before others, the worse before the lesser, the earlier before the later. */
export function byNeed({ events, incidents }: ReportPart, most: number): readonly Event[] {
  if (events.length <= most) return events;
  const ends = new Set(incidents.flatMap(({ first, terminal }) => [first, terminal]));
  const members = new Set(incidents.flatMap((incident) => incident.events));
  const rank = ({ id, severity }: Event): number => (ends.has(id) ? 0 : members.has(id) ? 10 : 20) + SEVERITIES.indexOf(severity);
  const chosen = new Set(
    events
      .map((event, i) => [rank(event), i] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
      .slice(0, most)
      .map(([, i]) => i),
  );
  return events.filter((_, i) => chosen.has(i));
}

/** What an input is about: its worst incident, or that there is none. */
export function titleOf({ part }: PartView): string {
  const [worst] = part.incidents;
  if (worst !== undefined) return worst.headline;
  return part.events.length === 0 ? allClearSentence(part.info) : `No incident: ${countsText(part)}`;
}

/** `5 events: 1 fatal, 3 error, 1 warning`; `15,100 events, of 10,000: …` where not all are held. */
export function countsText({ events, info, notHeld }: ReportPart): string {
  const each = SEVERITIES.map((severity) => [events.filter((e) => e.severity === severity).length, severity] as const);
  const words = each.filter(([n]) => n > 0).map(([n, severity]) => `${countText(n)} ${severity}`);
  return events.length === 0
    ? allClear(info)
    : `${counted(events.length + notHeld, 'event')}${notHeld === 0 ? '' : `, of ${countText(events.length)}`}: ${words.join(', ')}`;
}

/** When an incident began and how long it took: `5.909602 s after boot, for 7.727876 s`; empty where no clock ran. */
export function spanText(incident: Incident, { events, time }: PartView): string {
  const first = events.get(incident.first);
  const from = first?.uptime;
  const to = events.get(incident.terminal)?.uptime;
  if (first === undefined) return '';
  const wall = first.wall && wallText(first.wall, time);
  const up = from === undefined ? undefined : `${from.toFixed(6)} s after boot`;
  const lasted = from === undefined || to === undefined || to <= from ? undefined : `for ${secondsText(to - from)}`;
  return [wall, up, lasted].filter((part) => part !== undefined).join(', ');
}

/** What an input is, and what was lost of it: labels and values. */
export const aboutRows = ({ part: { info, losses }, time }: PartView): (readonly [label: string, value: string])[] => [
  ...infoRows(info, (iso) => dateText(iso, time)),
  ...losses.filter((loss) => !info.warnings.includes(loss)).map((loss) => ['loss', loss] as const),
];

/** Of what moment distances are told; nothing where times are told as dates. */
export const nowText = ({ time: { now } }: Report): string =>
  now === undefined ? '' : `Relative times are as of ${dateText(now.toISOString(), { zone: 'utc' })}.`;

/** What was left out of a log, in words. */
export const gapText = (count: number): string => `${counted(count, 'record')} of the log not shown here`;

/** What a report was made from: the memory of dumps is asked where they hold more than their log. */
export const sourceWords = (views: readonly PartView[]): string =>
  views.some(({ part }) => part.machine !== undefined) ? 'the log and the memory of the dump' : 'the log alone';
