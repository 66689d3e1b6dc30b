import type { Confidence, Event, Severity, Wall } from '../../event/event.ts';
import { SEVERITIES } from '../../event/kinds.ts';
import { uptimeText } from '../text/uptime.ts';
import { shortDateText, type TimeStyle } from '../text/wall-time.ts';
import { byNeed, type PartView } from './view.ts';

/** Where the drawing of a timeline puts what, in units of the drawing. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
  readonly edges: readonly Arc[];
  /** Where a new boot begins; only as many as can be told apart. */
  readonly boots: readonly { readonly x: number; readonly boot: number }[];
  /** Times that find room under the marks. */
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  /** Height at which times are written. */
  readonly axis: number;
  /** Events of lesser weight that are in no mark. */
  readonly left: number;
}

interface Lane {
  /** `I4`, or `others`. */
  readonly label: string;
  /** What it began with. */
  readonly kind: string;
  readonly y: number;
}

/** One event, or several that would lie upon each other. */
export interface Mark {
  readonly events: readonly [Event, ...Event[]];
  readonly severity: Severity;
  readonly x: number;
  readonly y: number;
}

export interface Arc {
  readonly from: Mark;
  readonly to: Mark;
  readonly height: number;
  readonly confidence: Confidence;
  readonly rule: string;
}

const WIDTH = 1080;
const LEFT = 150;
const RIGHT = 60;
const TOP = 46;
const LANE = 62;
/** Lanes; where there are more incidents the worst have one each and the rest share the last. */
const LANES = 7;
/** Marks of a lane that are nearer than this are one. */
const NEAREST = 34;
/** Width of a digit of the times. */
const DIGIT = 7.5;
/** Events that are placed; beyond, those that matter. */
const MOST = 2000;

/**
 * Events from left to right in log order, a lane for each incident and one for the rest, always as wide as a page. Reports come in bursts,
 * milliseconds after hours: the distance grows with the logarithm of the time between two. What falls together is one mark with a number.
 */
export function timeline(view: PartView): Timeline | undefined {
  const { part } = view;
  const events = byNeed(part, MOST);
  if (events.length === 0) return undefined;
  const { lanes, laneOf } = lanesOf(view, events);
  const { at, boots } = placed(events);
  const marks: Mark[] = [];
  const markOf = new Map<string, Mark>();
  for (const [n, { y }] of lanes.entries()) {
    const own = events.filter((event) => laneOf(event) === n);
    for (const events of clustered(own, at)) {
      const mark = { events, severity: worstOf(events), x: Math.round(at(events[0])), y };
      marks.push(mark);
      for (const { id } of events) markOf.set(id, mark);
    }
  }
  marks.sort((a, b) => a.x - b.x);
  const axis = TOP + (lanes.length - 1) * LANE + 52;
  return {
    width: WIDTH,
    height: axis + 12,
    lanes,
    marks,
    edges: arcs(
      part.incidents.flatMap((incident) => incident.edges),
      markOf,
    ),
    boots: apart(boots, 60),
    ticks: ticksOf(marks, view),
    axis,
    left: part.events.length - events.length,
  };
}

function lanesOf({ part, events: byId }: PartView, events: readonly Event[]) {
  const laneById = new Map<string, number>();
  const lanes: Lane[] = [];
  const shown = part.incidents.length > LANES ? part.incidents.slice(0, LANES - 1) : part.incidents;
  const y = (n: number): number => TOP + n * LANE;
  for (const incident of shown) {
    lanes.push({ label: incident.id, kind: byId.get(incident.first)?.kind ?? '', y: y(lanes.length) });
    for (const id of incident.events) if (!laneById.has(id)) laneById.set(id, lanes.length - 1);
  }
  const others = lanes.length;
  if (events.some(({ id }) => !laneById.has(id))) lanes.push({ label: others > 0 ? 'others' : 'events', kind: '', y: y(others) });
  return { lanes, laneOf: (event: Event): number => laneById.get(event.id) ?? others };
}

/** Where each event lies, the whole scaled to the room, and where boots begin. */
function placed(events: readonly Event[]): { at: (event: Event) => number; boots: { x: number; boot: number }[] } {
  const raw = new Map<string, number>();
  const begins: { x: number; boot: number }[] = [];
  let x = 0;
  for (const [i, event] of events.entries()) {
    const previous = events[i - 1];
    if (previous !== undefined) {
      const again = previous.boot !== event.boot;
      const step = 1 + (again ? 1 : Math.log10(1 + 10 * Math.max(0, secondsBetween(previous, event))));
      if (again) begins.push({ x: x + step / 2, boot: event.boot });
      x += step;
    }
    raw.set(event.id, x);
  }
  const scale = x === 0 ? 0 : Math.min((WIDTH - LEFT - RIGHT) / x, 4 * NEAREST);
  const of = (value: number): number => LEFT + 30 + value * scale;
  return { at: ({ id }) => of(raw.get(id) ?? 0), boots: begins.map((begin) => ({ ...begin, x: Math.round(of(begin.x)) })) };
}

/** Runs of events that lie nearer to their first than marks may. */
function clustered(events: readonly Event[], at: (event: Event) => number): [Event, ...Event[]][] {
  const runs: [Event, ...Event[]][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run !== undefined && at(event) - at(run[0]) < NEAREST) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

const worstOf = (events: readonly Event[]): Severity =>
  SEVERITIES.find((severity) => events.some((event) => event.severity === severity)) ?? 'info';

/** The time of each mark that does not run into the one before. */
function ticksOf(marks: readonly Mark[], { time }: PartView): { x: number; text: string }[] {
  const all = marks
    .map(({ x, events: [{ uptime, wall }] }) => ({
      x,
      text: uptime === undefined ? dayText(wall, time) : uptime < 3600 ? `${uptime.toFixed(3)} s` : uptimeText(uptime),
    }))
    .filter((tick): tick is { x: number; text: string } => tick.text !== undefined);
  let end = 0;
  return all.filter(({ x, text }) => {
    const half = (text.length * DIGIT) / 2 + 5;
    if (x - half < end) return false;
    end = x + half;
    return true;
  });
}

const dayText = (wall: Wall | undefined, time: TimeStyle): string | undefined =>
  wall === undefined || Number.isNaN(Date.parse(wall.time)) ? undefined : shortDateText(wall.time, time);

/** Those that lie at least so far behind the one before. */
function apart<T extends { readonly x: number }>(places: readonly T[], distance: number): T[] {
  let last = Number.NEGATIVE_INFINITY;
  return places.filter(({ x }) => {
    if (x - last < distance) return false;
    last = x;
    return true;
  });
}

function secondsBetween(a: Event, b: Event): number {
  if (a.uptime !== undefined && b.uptime !== undefined) return b.uptime - a.uptime;
  return (Date.parse(b.wall?.time ?? '') - Date.parse(a.wall?.time ?? '')) / 1000 || 0;
}

/** An arc for each pair of marks that an edge joins. */
function arcs(
  edges: readonly { from: string; to: string; rule: string; confidence: Confidence }[],
  markOf: ReadonlyMap<string, Mark>,
): Arc[] {
  const seen = new Map<Mark, Set<Mark>>();
  return edges.flatMap(({ from, to, rule, confidence }) => {
    const [a, b] = [markOf.get(from), markOf.get(to)];
    if (a === undefined || b === undefined || a === b || seen.get(a)?.has(b)) return [];
    seen.set(a, (seen.get(a) ?? new Set()).add(b));
    return [{ from: a, to: b, height: Math.min(30, 12 + Math.abs(b.x - a.x) / 20), rule, confidence }];
  });
}
