import { uptimeText } from '../../output/text/uptime.ts';
import { Axis, type Window } from '../data/axis.ts';
import { utcText } from '../data/clock.ts';
import type { Source } from '../data/source.ts';
import { type Strip, stripOf } from '../data/strip.ts';
import { level } from '../line/bar.ts';
import { type Line, span } from '../line/line.ts';
import type { View } from '../screens/screen.ts';
import { lookOf } from '../theme/looks.ts';
import { Lane } from './lane.ts';

const LABEL = 9;

/** Lines that are counted anew at each frame without being felt. */
const FEW = 50_000;

/** Rises as the log grows; of a long one only as often as it has grown by some hundredths. */
function grownTo({ status, version, records: { count }, events }: Source): string {
  return status === 'read' || count < FEW ? `${version}` : `${Math.floor(Math.log(count) * 25)} ${events.length >> 4}`;
}

/** The axis that a log lies on. */
export const axisOf = ({ memo }: View, source: Source): Axis => memo.of(source, 'axis', grownTo(source), () => new Axis(source));

/** The strip of a window and the axis it lies on. */
export function stripFor(view: View, source: Source, window: Window): { strip: Strip; axis: Axis } {
  const width = view.size.columns - LABEL - 2;
  const axis = axisOf(view, source);
  const grown = grownTo(source);
  return { axis, strip: view.memo.of(source, 'strip', `${grown} ${width} ${window}`, () => stripOf(source, axis, width, window)) };
}

/**
 * Incidents as spans, events by kind, records by their worst level, the axis, and what the mark under it stands for; the lesser go
 * first where there is little room.
 * @param chosen index of the event that is marked, or -1
 */
export function stripLines(view: View, source: Source, window: Window, lines: number, chosen: number): Line[] {
  if (lines === 0 || source.records.count === 0) return new Array<Line>(lines).fill([]);
  const { strip, axis } = stripFor(view, source, window);
  const at = strip.columns.get(chosen);
  const lane = (name: string, drawn: Line): Line => [span(`${` ${name}`.padEnd(LABEL)}│`, 'dim'), ...drawn, span('│', 'dim')];
  const events = lane('events', eventLane(strip, source, at, chosen).line(strip.breaks));
  if (lines === 1) return [events];
  const whole = view.memo.of(strip, 'lanes', `${source.version}`, () => ({
    records: recordLane(strip).line(strip.breaks),
    incidents: incidentLane(strip, source).line(strip.breaks),
  }));
  const records = lane('log', whole.records);
  const axisLine: Line = [span(`${' '.repeat(LABEL)}└`, 'dim'), ...axisLane(strip, axis.clock, at).line(new Set()), span('┘', 'dim')];
  if (lines < 5) return [events, records, axisLine].slice(0, lines);
  return [
    lane('incident', whole.incidents),
    events,
    records,
    axisLine,
    [' '.repeat(LABEL + 1), ...noteLine(view, source, axis, strip, window, chosen)],
  ];
}

function eventLane({ events, all }: Strip, source: Source, at: number | undefined, chosen: number): Lane {
  const lane = new Lane(all.length);
  for (const [column, index] of events.entries()) {
    if (index === undefined) continue;
    const { glyph, role } = lookOf(source.events[index]!);
    lane.put(column, glyph, role);
  }
  if (at !== undefined) lane.put(at, lookOf(source.events[chosen]!).glyph, 'selected');
  return lane;
}

function recordLane({ all, levels }: Strip): Lane {
  const most = all.reduce((a, b) => Math.max(a, b), 0);
  const lane = new Lane(all.length);
  for (const [column, n] of all.entries()) {
    const worst = levels[column];
    lane.put(column, level(n, most), worst === 'error' ? 'error' : worst === 'warning' ? 'degraded' : 'dim');
  }
  return lane;
}

/** `I4━━━`: from an incident's first event to its last, the worst on top; a name that has no room of its own is left out. */
function incidentLane({ columns, all }: Strip, source: Source): Lane {
  const lane = new Lane(all.length);
  const spans = source.incidents.flatMap(({ id, events, terminal }) => {
    const own = events.flatMap((event) => columns.get(source.indexOf(event)) ?? []);
    if (own.length === 0) return [];
    const [first, last] = own.reduce(([a, b], column) => [Math.min(a, column), Math.max(b, column)], [all.length, 0]);
    const event = source.event(terminal);
    return [{ id, first, last, role: event && lookOf(event).role }];
  });
  for (const { first, last, role } of spans.toReversed()) for (let column = first; column <= last; column++) lane.put(column, '━', role);
  const taken = new Set<number>();
  for (const { id, first, role } of spans) {
    // a name ends where the strip does
    const from = Math.max(0, Math.min(first, all.length - id.length));
    const cells = Array.from({ length: id.length }, (_, i) => from + i);
    if ([from - 1, ...cells, from + id.length].some((column) => taken.has(column))) continue;
    for (const column of cells) taken.add(column);
    lane.write(from, id, role);
  }
  return lane;
}

/** The axis with the time at which each stretch begins, where there is room for it, and the mark of the chosen event. */
function axisLane({ all, starts, breaks }: Strip, clock: Axis['clock'], at: number | undefined): Lane {
  const lane = new Lane(all.length);
  for (let column = 0; column < all.length; column++) lane.put(column, breaks.has(column) ? '╎' : '─', 'dim');
  let free = 0;
  for (const { column, time } of starts) {
    if (time === undefined) continue;
    const text =
      clock === 'wall' ? utcText(time * 1000, 0).slice(11) : time < 1 ? 'boot' : time < 60 ? `${time.toFixed(1)}s` : uptimeText(time);
    const begin = column === 0 ? 0 : column + 1;
    // a label gives way to the mark
    const from = at !== undefined && at >= begin && at < begin + text.length ? at + 1 : begin;
    if (from < free || from + text.length > all.length) continue;
    lane.write(from, text, 'dim');
    free = from + text.length + 2;
  }
  if (at !== undefined) lane.put(at, '▴', 'title');
  return lane;
}

function noteLine({ memo }: View, source: Source, axis: Axis, { columns, all }: Strip, window: Window, chosen: number): Line {
  const at = columns.get(chosen);
  const event = source.events[chosen];
  const boots = memo.of(source, 'boots', `${source.events.length}`, () => new Set(source.events.map(({ boot }) => boot)).size);
  const note = noteText(boots, axis, window);
  if (at === undefined || event === undefined) return [span(note, 'dim')];
  const from = Math.max(0, Math.min(at, all.length - event.id.length));
  // the note stands where the mark's name leaves room
  const left = note.length + 2 <= from;
  return left
    ? [span(note.padEnd(from), 'dim'), span(event.id, 'title')]
    : [' '.repeat(from), span(event.id, 'title'), '  ', span(note, 'dim')];
}

function noteText(boots: number, { clock, stretches }: Axis, [from, to]: Window): string {
  const zoomed = to - from < 1 ? `zoomed in ${Math.round(1 / (to - from))}×: Z zooms out, < > pan · ` : '';
  if (clock === undefined)
    return `${zoomed}${boots > 1 ? `${boots} boots with events: drawn by record number` : 'by record number: the log states no times that could be drawn'}`;
  return `${zoomed}${clock === 'wall' ? 'UTC · ' : ''}${stretches.length > 1 ? '╎ quiet time is squeezed' : ''}`;
}
