import { UsageError } from '../exit.ts';

/** Microseconds since boot, or since 1970. */
export type TimeBound = { readonly uptime: number } | { readonly wall: number };

export interface TimeWorld {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Dates that name no zone are UTC, not local. */
  readonly utc: boolean;
}

const TIME_HELP =
  'seconds since boot, @seconds since 1970, a date (2026-11-22T20:15:14Z, 2026-11-22 20:15, 20:15), now, today, yesterday, or from now (-1h, 2 days ago)';

/**
 * What `--since` and `--until` take: a bare number is seconds since boot, the rest is as dmesg(1) and journalctl(1) read it (systemd.time).
 * @throws UsageError where it is nothing of that: a bound that was misunderstood hides records
 */
export function timeBound(value: string | undefined, option: string, world?: TimeWorld): TimeBound | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,11}(\.\d+)?s?$/.test(text)) return { uptime: Number.parseFloat(text) * 1e6 };
  const wall = wallTime(text, world ?? { now: Date.now(), utc: false });
  if (wall === undefined || !Number.isFinite(wall)) throw new UsageError(`--${option} takes ${TIME_HELP}; not ${value}`);
  return { wall: Math.round(wall * 1000) };
}

/** Milliseconds since 1970. */
function wallTime(text: string, world: TimeWorld): number | undefined {
  const epoch = /^@(\d{1,11}(?:\.\d+)?)$/.exec(text)?.[1];
  if (epoch !== undefined) return Number(epoch) * 1000;
  const day = DAYS.get(text.toLowerCase());
  if (text.toLowerCase() === 'now') return world.now;
  if (day !== undefined) return midnight(world, day);
  return fromNow(text, world.now) ?? date(text, world);
}

const DAYS: ReadonlyMap<string, number> = new Map(Object.entries({ yesterday: -1, today: 0, tomorrow: 1 }));

function midnight({ now, utc }: TimeWorld, days: number): number {
  const at = new Date(now);
  return utc
    ? Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days)
    : new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
}

/** systemd.time(7): milliseconds by the names of units; a month is 30.44 days, a year 365.25. */
const UNITS: readonly (readonly [names: RegExp, milliseconds: number])[] = [
  [/^(us|usec|µs)$/, 0.001],
  [/^(ms|msec)$/, 1],
  [/^(s|sec|seconds?)$/, 1000],
  [/^(m|min|minutes?)$/, 60_000],
  [/^(h|hr|hours?)$/, 3_600_000],
  [/^(d|days?)$/, 86_400_000],
  [/^(w|weeks?)$/, 7 * 86_400_000],
  [/^(M|months?)$/, 30.44 * 86_400_000],
  [/^(y|years?)$/, 365.25 * 86_400_000],
];

const SPAN = /(\d+(?:\.\d+)?) *([a-zµ]+)\s*/giy;

/** `-1h30min`, `+5m`, `2 days ago`: milliseconds since 1970. */
function fromNow(text: string, now: number): number | undefined {
  const [, sign, spans, ago] = /^([-+])?\s*(\d.*?)(\s+ago)?$/.exec(text) ?? [];
  if (spans === undefined || (sign === undefined) === (ago === undefined)) return undefined;
  let total = 0;
  let at = 0;
  for (const [whole, count, unit] of spans.matchAll(SPAN)) {
    const milliseconds = UNITS.find(([names]) => names.test(unit ?? ''))?.[1];
    if (milliseconds === undefined) return undefined;
    total += Number(count) * milliseconds;
    at += whole.length;
  }
  if (at === 0 || at !== spans.length) return undefined;
  return sign === '+' ? now + total : now - total;
}

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const ZONE = String.raw`(?: ?(?<zone>Z|UTC|GMT|[-+]\d{2}:?\d{2}))?`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?';

const DATES: readonly RegExp[] = [
  new RegExp(String.raw`^${WEEKDAY}(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:(?:T| +)${CLOCK})?${ZONE}$`, 'i'),
  new RegExp(`^${CLOCK}${ZONE}$`, 'i'), // today
  new RegExp(String.raw`^${WEEKDAY}(?<name>[a-z]{3}) +(?<day>\d{1,2}) +${CLOCK} +(?<year>\d{4})${ZONE}$`, 'i'), // as dmesg -T prints
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})$/,
];

function date(text: string, { now, utc }: TimeWorld): number | undefined {
  const groups = DATES.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const today = new Date(midnight({ now, utc }, 0));
  const year = groups.year === undefined ? (utc ? today.getUTCFullYear() : today.getFullYear()) : Number(groups.year);
  const named = groups.name === undefined ? undefined : MONTHS.indexOf(groups.name.toLowerCase());
  const month = named ?? (groups.month === undefined ? (utc ? today.getUTCMonth() : today.getMonth()) : Number(groups.month) - 1);
  const day = groups.day === undefined ? (utc ? today.getUTCDate() : today.getDate()) : Number(groups.day);
  const [hour, minute, second] = [Number(groups.hour ?? 0), Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  const milliseconds = Number(`0.${groups.fraction ?? 0}`) * 1000;
  const asUtc = Date.UTC(year, month, day, hour, minute, second);
  const back = new Date(asUtc);
  // 30 February, 25 o'clock
  if (back.getUTCMonth() !== month || back.getUTCDate() !== day || back.getUTCHours() !== hour || minute > 59 || second > 59)
    return undefined;
  if (groups.zone !== undefined) return asUtc - offsetOf(groups.zone) + milliseconds;
  return (utc ? asUtc : new Date(year, month, day, hour, minute, second).getTime()) + milliseconds;
}

/** Milliseconds east of Greenwich. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([-+])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
