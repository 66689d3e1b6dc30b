import type { Event, Severity } from '../event.ts';
import { SEVERITIES } from '../kinds.ts';

/** What counts as the same cause again. */
export interface FoldRule {
  /** Cause and device; events with one key within {@link WINDOW_SECONDS} of each other are one. */
  readonly key: string;
  /** With fewer repeats there is no event at all: a link that went down once. */
  readonly minimum?: number | undefined;
  /** Details that count up: a folded event has the last value, and the first as `details.first`. */
  readonly counters?: readonly string[] | undefined;
  /** The row and the functions that print it: lib/ratelimit.c names one of these when it kept lines back. */
  readonly printers?: string | undefined;
}

/** What lib/ratelimit.c says that it kept back. */
export interface Suppressed {
  /** Whose lines: the function that prints them, or the words that they begin with. */
  readonly of: string;
  readonly lines: number;
  /** The records that say so. */
  readonly records: readonly number[];
}

/** Seconds of silence after which the same cause begins a new event: only what is near to a crash has to do with it. */
const WINDOW_SECONDS = 3600;
/** The same in records, for a log without times. */
const WINDOW_RECORDS = 4096;
/** Events that wait behind one that may still grow: bounds memory, not meaning. */
const MAX_HELD = 4096;
/** Records that a folded event shows with --raw. */
const MAX_RAW = 1000;

interface Held {
  /** Of its rule, in its boot. */
  readonly key: string;
  readonly event: Event;
  readonly rule: FoldRule | undefined;
  open: boolean;
  count: number;
  /** Seconds since boot and since 1970 of its last report, where the log states them. */
  last: number | undefined;
  lastWall: number | undefined;
}

/** Events in, in log order; repeats of one cause out as one event with `details.count`, `firstUptime`, `lastUptime` and `rate`. */
export class Folder {
  #held: Held[] = [];
  /** Those that may grow, all of one boot, the longest silent first: what is over stands in front. */
  readonly #open = new Map<string, Held>();

  /** Takes the next event. @returns those that are now final. */
  take(event: Event, rule: FoldRule | undefined): Event[] {
    const key = rule === undefined ? '' : `${event.boot}/${rule.key}`;
    const same = rule === undefined ? undefined : this.#open.get(key);
    if (same !== undefined && isNear(same, event)) {
      merge(same, event);
      this.#open.delete(key);
      this.#open.set(key, same);
      return [];
    }
    if (same !== undefined) this.#shut(same);
    for (const held of this.#open.values()) {
      if (held.event.boot === event.boot && isNear(held, event)) break;
      this.#shut(held);
    }
    const held: Held = { key, event, rule, open: rule !== undefined, count: 1, last: event.uptime, lastWall: wallOf(event) };
    if (rule !== undefined) this.#open.set(key, held);
    this.#held.push(held);
    if (this.#held.length > MAX_HELD && this.#held[0]?.open) this.#shut(this.#held[0]);
    return this.#release();
  }

  /** A file system began or ended on that device: what it reports from now on is not the same again. @returns events that are now final. */
  mounted(device: string, boot: number): Event[] {
    for (const held of this.#open.values()) {
      const { kind, details } = held.event;
      if (kind === 'filesystem-error' && details?.device === device && held.event.boot === boot) this.#shut(held);
    }
    return this.#release();
  }

  /** Adds up what was kept back of the event that was reported last. */
  suppressed({ of, lines, records }: Suppressed, boot: number): void {
    let latest: Held | undefined;
    for (const held of this.#open.values()) {
      if (held.event.boot !== boot || !prints(held, of)) continue;
      if (latest === undefined || held.event.records.last > latest.event.records.last) latest = held;
    }
    if (latest === undefined) return;
    const { details, sources } = latest.event;
    const before = details?.suppressed;
    const path = 'details.suppressed';
    latest.event.sources = { ...sources, [path]: [...(sources?.[path] ?? []), ...records] };
    latest.event.details = { ...details, suppressed: (typeof before === 'number' ? before : 0) + lines };
  }

  /** A log that grows has paused: an event that is final does not wait for repeats of another. @returns events that are now final. */
  pause(): Event[] {
    if (this.#held.some(({ open }) => !open)) for (const held of this.#open.values()) this.#shut(held);
    return this.#release();
  }

  /** The log ended. @returns what was held. */
  end(): Event[] {
    for (const held of this.#open.values()) this.#shut(held);
    return this.#release();
  }

  #shut(held: Held): void {
    held.open = false;
    this.#open.delete(held.key);
  }

  #release(): Event[] {
    let n = 0;
    while (n < this.#held.length && this.#held[n]?.open === false) n++;
    return this.#held
      .splice(0, n)
      .filter((h) => h.count >= (h.rule?.minimum ?? 1))
      .map((h) => h.event);
  }
}

const prints = ({ event, rule }: Held, of: string): boolean =>
  event.title.startsWith(of) || rule?.printers?.split(/[^\w]+/).includes(of) === true;

/** A time that goes back counts as near: CPUs print late. A log without seconds since boot may state wall times. */
function isNear({ last, lastWall, event: { records } }: Held, event: Event): boolean {
  if (last !== undefined && event.uptime !== undefined) return event.uptime - last <= WINDOW_SECONDS;
  const wall = wallOf(event);
  if (lastWall !== undefined && wall !== undefined) return wall - lastWall <= WINDOW_SECONDS;
  return event.records.first - records.last <= WINDOW_RECORDS;
}

/** Seconds since 1970 at which the log says that it happened. */
const wallOf = ({ wall }: Event): number | undefined => (wall === undefined ? undefined : Date.parse(wall.time) / 1000);

const worse = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b);
const later = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (b ?? a) : Math.max(a, b);

function merge(held: Held, event: Event): void {
  const into = held.event;
  held.count++;
  held.last = later(held.last, event.uptime);
  held.lastWall = later(held.lastWall, wallOf(event));
  into.severity = worse(into.severity, event.severity);
  into.records = {
    first: Math.min(into.records.first, event.records.first),
    last: Math.max(into.records.last, event.records.last),
    count: into.records.count + event.records.count,
  };
  if (into.raw !== undefined && event.raw !== undefined && into.raw.length < MAX_RAW) into.raw.push(...event.raw);
  into.details = { ...into.details, count: held.count };
  ended(into, event);
  for (const name of held.rule?.counters ?? []) countUp(into, event, name);
  spread(held, into, into.details);
}

/** How the last report ended counts, but what was given up or stopped stays so. */
function ended({ details, sources = {} }: Event, next: Event): void {
  const [was, is] = [details?.outcome, next.details?.outcome];
  if (details === undefined || is === undefined || was === 'gone' || was === 'stopped') return;
  details.outcome = is;
  const records = next.sources?.['details.outcome'];
  if (records !== undefined) sources['details.outcome'] = records;
}

/** When it began and was last seen, and how often a second that is. */
function spread({ last, lastWall, count }: Held, into: Event, details: NonNullable<Event['details']>): void {
  const wall = wallOf(into);
  let seconds: number | undefined;
  if (into.uptime !== undefined && last !== undefined) {
    details.firstUptime = into.uptime;
    details.lastUptime = last;
    seconds = last - into.uptime;
  } else if (wall !== undefined && lastWall !== undefined) {
    details.lastTime = new Date(lastWall * 1000).toISOString();
    seconds = lastWall - wall;
  }
  if (seconds !== undefined && seconds > 0) details.rate = Number(((count - 1) / seconds).toPrecision(3));
}

/** `details.first.NAME` is what it was in the first report, `details.NAME` what it is in the last. */
function countUp({ details, sources = {} }: Event, next: Event, name: string): void {
  const [was, is] = [details?.[name], next.details?.[name]];
  if (details === undefined || typeof was !== 'number' || typeof is !== 'number' || was === is) return;
  const { first } = details;
  const known = typeof first === 'object' && !Array.isArray(first) ? first : {};
  const path = `details.${name}`;
  if (known[name] === undefined) {
    details.first = { ...known, [name]: was };
    if (sources[path] !== undefined) sources[`details.first.${name}`] = sources[path];
  }
  details[name] = is;
  const records = next.sources?.[path];
  if (records !== undefined) sources[path] = records;
}
