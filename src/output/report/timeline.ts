import type { Confidence, Event } from '../../event/event.ts';
import { shortDateText } from '../text/wall-time.ts';
import { byNeed, type PartView } from './view.ts';

/** Where the drawing of a timeline puts what, in units of the drawing. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly { readonly label: string; readonly y: number }[];
  readonly marks: readonly Mark[];
  readonly edges: readonly Arc[];
  /** Where a new boot begins. */
  readonly boots: readonly { readonly x: number; readonly boot: number }[];
  /** Height at which times are written. */
  readonly axis: number;
  /** Events that found no room. */
  readonly left: number;
}

export interface Mark {
  readonly event: Event;
  readonly x: number;
  readonly y: number;
  /** Seconds since boot, else the time of the day, or nothing where no clock ran. */
  readonly time: string;
}

export interface Arc {
  readonly from: Mark;
  readonly to: Mark;
  readonly height: number;
  readonly confidence: Confidence;
  readonly rule: string;
}

/** Events drawn; more make a picture that nobody reads. */
const MOST = 40;
const LEFT = 72;
const TOP = 52;
const LANE = 66;
/** Lanes; where there are more incidents, those of one event share the last. */
const LANES = 8;
const NEAREST = 34;
/** Width of a digit of the times. */
const DIGIT = 7.5;

/**
 * Events from left to right in log order, a lane for each incident and one for the rest. Reports come in bursts, milliseconds after
 * hours: the distance grows with the logarithm of the time between two.
 */
export function timeline({ part, time: style }: PartView): Timeline | undefined {
  const events = byNeed(part, MOST);
  if (events.length === 0) return undefined;
  const laneOf = new Map<string, number>();
  const labels: string[] = [];
  for (const incident of part.incidents) {
    const members = incident.events.filter((id) => !laneOf.has(id) && events.some((event) => event.id === id));
    if (members.length === 0 || (part.incidents.length > LANES && (incident.events.length === 1 || labels.length >= LANES - 1))) continue;
    for (const id of members) laneOf.set(id, labels.length);
    labels.push(incident.id);
  }
  if (events.some((event) => !laneOf.has(event.id))) labels.push(part.incidents.length > 0 ? 'others' : 'events');
  const lanes = labels.map((label, i) => ({ label, y: TOP + i * LANE }));

  const marks: Mark[] = [];
  const boots: { x: number; boot: number }[] = [];
  let x = LEFT;
  let previous: Event | undefined;
  for (const event of events) {
    const time = event.uptime?.toFixed(3) ?? (event.wall && shortDateText(event.wall.time, style)) ?? '';
    if (previous !== undefined) {
      const again = previous.boot !== event.boot;
      const seconds = again ? 0 : Math.max(0, secondsBetween(previous, event));
      const room = Math.max(NEAREST, ((marks.at(-1)?.time.length ?? 0) + time.length) * (DIGIT / 2) + 14);
      const step = room + 34 * Math.log10(1 + seconds * 10) + (again ? 24 : 0);
      if (again) boots.push({ x: Math.round(x + step / 2), boot: event.boot });
      x += step;
    } else x += (time.length * DIGIT) / 2;
    marks.push({ event, x: Math.round(x), y: lanes[laneOf.get(event.id) ?? lanes.length - 1]!.y, time });
    previous = event;
  }
  const axis = TOP + (lanes.length - 1) * LANE + 58;
  return {
    width: Math.round(x + ((marks.at(-1)?.time.length ?? 0) * DIGIT) / 2 + 20),
    height: axis + 12,
    lanes,
    marks,
    edges: arcs(
      part.incidents.flatMap((incident) => incident.edges),
      marks,
    ),
    boots,
    axis,
    left: part.events.length - events.length,
  };
}

function secondsBetween(a: Event, b: Event): number {
  if (a.uptime !== undefined && b.uptime !== undefined) return b.uptime - a.uptime;
  return (Date.parse(b.wall?.time ?? '') - Date.parse(a.wall?.time ?? '')) / 1000 || 0;
}

function arcs(edges: readonly { from: string; to: string; rule: string; confidence: Confidence }[], marks: readonly Mark[]): Arc[] {
  const at = new Map(marks.map((mark, i) => [mark.event.id, [mark, i] as const] as const));
  return edges.flatMap(({ from, to, rule, confidence }) => {
    const [a, b] = [at.get(from), at.get(to)];
    if (a === undefined || b === undefined || a === b) return [];
    return [{ from: a[0], to: b[0], height: Math.min(34, 12 + 5 * Math.abs(b[1] - a[1])), rule, confidence }];
  });
}
