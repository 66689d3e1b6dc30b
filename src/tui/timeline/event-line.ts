import type { Event } from '../../event/event.ts';
import { taskName } from '../../event/task-name.ts';
import { printable } from '../../output/text/printable.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import { clockOf, utcText } from '../data/clock.ts';
import type { Source } from '../data/source.ts';
import { type Column, heads, row, widthsOf } from '../line/columns.ts';
import { type Line, span } from '../line/line.ts';
import { count, distance } from '../line/numbers.ts';
import { TIME_HEADS } from '../log/record-line.ts';
import { MEDIUM, ROOMY } from '../screens/layout.ts';
import type { View } from '../screens/screen.ts';
import { lookOf } from '../theme/looks.ts';

/** Columns in the order of the screen; the narrower it is the fewer they are. */
function columnsOf({ size, time }: View, { events, incidents }: Source): (Column & { readonly name: Name })[] {
  const { columns } = size;
  // a log of days takes more room for its times
  const days = (events.at(-1)?.uptime ?? 0) >= 86_400;
  const roomy = columns >= ROOMY;
  // journals and syslog know no seconds since boot
  const dated = isDated(events);
  const bootWidth = dated ? (roomy ? DATE_WIDTH : 8) : (roomy ? 12 : 8) + (days ? 5 : 0);
  const timeWidth = { boot: bootWidth, delta: 10, utc: 19, none: 0 }[time];
  const all: (Column & { readonly name: Name; readonly from: number })[] = [
    { name: 'id', head: '#', width: Math.max(4, `${events.length}`.length + 2), align: 'right', from: 0 },
    { name: 'incident', head: 'Inc', width: Math.max(3, `${incidents.length}`.length + 1), from: MEDIUM },
    {
      name: 'time',
      head: time === 'boot' ? (dated ? 'UTC' : 'T+boot') : TIME_HEADS[time],
      width: timeWidth,
      align: 'right',
      from: time === 'none' ? 1e9 : 0,
    },
    { name: 'previous', head: 'Δprev', width: 5, align: 'right', from: time === 'delta' ? 1e9 : ROOMY },
    { name: 'severity', head: 'Sev', width: 7, from: 0 },
    // of a title its end, the function, tells most
    { name: 'what', head: 'What', cut: 'middle', from: 0 },
    { name: 'where', head: 'Where', width: 13, cut: 'middle', from: ROOMY },
    { name: 'lines', head: 'Lines', width: 6, align: 'right', from: ROOMY },
  ];
  return all.filter(({ from }) => columns >= from);
}
/** `11-22 20:00:36`. */
const DATE_WIDTH = 14;

const isDated = (events: readonly Event[]): boolean =>
  events.some(({ wall }) => wall !== undefined) && events.every(({ uptime }) => uptime === undefined);

type Name = 'id' | 'incident' | 'time' | 'previous' | 'severity' | 'what' | 'where' | 'lines';

export function columnHeads(view: View, source: Source): Line {
  const columns = columnsOf(view, source);
  return [' ', ...heads(columns, widthsOf(columns, view.size.columns - 2))];
}

/** One event: glyph and word beside the colour, `~` where its report is not whole. */
export function eventLine(view: View, source: Source, index: number, previous: number | undefined): Line {
  const event = source.events[index]!;
  const before = previous === undefined ? undefined : source.events[previous];
  const look = lookOf(event);
  const fatal = event.severity === 'fatal' || look.role === 'fatal';
  const cells = {
    id: span(event.id, 'dim'),
    incident: source.incidentOf(event.id)?.id ?? '',
    time: timeText(view, source, event, before),
    previous: span(gap(event, before), 'dim'),
    severity: span(`${look.glyph} ${look.word}`, look.role),
    what: span(`${printable(event.title)}${event.completeness === 'complete' ? '' : ' ~'}${folded(event)}`, fatal ? 'title' : undefined),
    where: where(event),
    lines: span(count(event.records.count), 'dim'),
  } satisfies Record<Name, unknown>;
  const columns = columnsOf(view, source);
  return [
    ' ',
    ...row(
      columns,
      widthsOf(columns, view.size.columns - 2),
      columns.map(({ name }) => cells[name]),
    ),
  ];
}

function folded({ details }: Event): string {
  return typeof details?.count === 'number' && details.count > 1 ? ` ×${count(details.count)}` : '';
}

/** Who: task and pid, else the CPU, device or unit that the report names. */
function where({ task, oom, details, callerId }: Event): string {
  const { pod, unit } = oom?.cgroup ?? {};
  // of a pod's UID the first part tells it from others
  if (pod !== undefined) return printable(`pod ${pod.split('-', 1)[0]}`);
  if (unit !== undefined) return printable(unit);
  const who = taskName(task?.comm, task?.pid);
  if (who !== undefined) return printable(who);
  const device = details?.device;
  return printable(typeof device === 'string' ? device : (callerId ?? ''));
}

function timeText({ time, size }: View, source: Source, event: Event, before: Event | undefined): string {
  if (time === 'delta') return gap(event, before);
  if (time === 'utc') {
    const clock = clockOf(source, event.boot);
    const ms = event.wall
      ? Date.parse(event.wall.time)
      : clock && event.uptime !== undefined
        ? clock.bootMs + event.uptime * 1000
        : Number.NaN;
    return Number.isNaN(ms) ? '' : utcText(ms, 0);
  }
  if (event.uptime === undefined) return event.wall ? utcText(Date.parse(event.wall.time), 0).slice(size.columns >= ROOMY ? 5 : 11) : '';
  return uptimeText(event.uptime, size.columns >= ROOMY ? 3 : 0);
}

function gap(event: Event, before: Event | undefined): string {
  if (before === undefined) return '–';
  if (before.boot !== event.boot) return 'boot';
  return event.uptime === undefined || before.uptime === undefined ? '' : distance(event.uptime - before.uptime);
}
