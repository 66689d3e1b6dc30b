import type { Event, Severity } from '../event.ts';
import { SEVERITIES } from '../kinds.ts';

/** What counts as the same cause again. */
export interface FoldRule {
  /** Kind of cause and device; events of one key within {@link WINDOW_SECONDS} are one. */
  readonly key: string;
  /** Fewer than so many are no event at all: a link that went down once. */
  readonly minimum?: number | undefined;
}

/** Seconds of silence after which the same cause begins a new event: what correlates with a crash is near to it. */
const WINDOW_SECONDS = 3600;
/** Events that wait behind one that may still grow: bounds memory, not meaning. */
const MAX_HELD = 4096;
/** Records that a folded event shows with --raw. */
const MAX_RAW = 1000;

interface Held {
  readonly event: Event;
  readonly rule: FoldRule | undefined;
  open: boolean;
  count: number;
  last: number | undefined;
}

/** Events in, in log order; repeats of one cause out as one event with `details.count`, `firstUptime`, `lastUptime` and `rate`. */
export class Folder {
  #held: Held[] = [];
  readonly #open = new Map<string, Held>();

  /** Takes the next event. @returns those that are now final. */
  take(event: Event, rule: FoldRule | undefined): Event[] {
    const key = rule === undefined ? '' : `${event.boot}/${rule.key}`;
    const same = rule === undefined ? undefined : this.#open.get(key);
    if (same !== undefined && isNear(same, event)) {
      merge(same, event);
      return [];
    }
    if (same !== undefined) same.open = false;
    for (const [name, held] of this.#open) if (!held.open || held.event.boot !== event.boot || !isNear(held, event)) this.#shut(name, held);
    const held: Held = { event, rule, open: rule !== undefined, count: 1, last: event.uptime };
    if (rule !== undefined) this.#open.set(key, held);
    this.#held.push(held);
    if (this.#held.length > MAX_HELD && this.#held[0] !== undefined) this.#held[0].open = false;
    return this.#release();
  }

  /** A file system began or ended on that device: what it reports from now on is not the same again. @returns events that are now final. */
  mounted(device: string, boot: number): Event[] {
    for (const [name, held] of this.#open) {
      const { kind, details } = held.event;
      if (kind === 'filesystem-error' && details?.device === device && held.event.boot === boot) this.#shut(name, held);
    }
    return this.#release();
  }

  /** A log that grows has paused: an event that is final does not wait for repeats of another. @returns events that are now final. */
  pause(): Event[] {
    if (this.#held.some(({ open }) => !open)) for (const [name, held] of this.#open) this.#shut(name, held);
    return this.#release();
  }

  /** The log ended. @returns what was held. */
  end(): Event[] {
    for (const [name, held] of this.#open) this.#shut(name, held);
    return this.#release();
  }

  #shut(name: string, held: Held): void {
    held.open = false;
    this.#open.delete(name);
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

/** Out of order counts as near: CPUs print late. */
const isNear = (held: Held, event: Event): boolean =>
  held.last === undefined || event.uptime === undefined || event.uptime - held.last <= WINDOW_SECONDS;

const worse = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b);

function merge(held: Held, event: Event): void {
  const into = held.event;
  held.count++;
  if (event.uptime !== undefined) held.last = Math.max(held.last ?? 0, event.uptime);
  into.severity = worse(into.severity, event.severity);
  into.records = {
    first: Math.min(into.records.first, event.records.first),
    last: Math.max(into.records.last, event.records.last),
    count: into.records.count + event.records.count,
  };
  if (into.raw !== undefined && event.raw !== undefined && into.raw.length < MAX_RAW) into.raw.push(...event.raw);
  into.details = { ...into.details, count: held.count };
  if (into.uptime === undefined || held.last === undefined) return;
  into.details.firstUptime = into.uptime;
  into.details.lastUptime = held.last;
  const seconds = held.last - into.uptime;
  if (seconds > 0) into.details.rate = Number(((held.count - 1) / seconds).toPrecision(3));
}
