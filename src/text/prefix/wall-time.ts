import type { RecordWall, WallPart } from '../../record/record.ts';
import { clockAt, daysFromCivil, isWeekday, monthAt, twoDigits } from './civil.ts';
import { type Cursor, indexWithin, isDigit } from './cursor.ts';
import { LocalDate } from './local-date.ts';

/** A stamp in local time that names no zone may be off by the widest zone there is (UTC+14). It is taken as UTC. */
const UNKNOWN_ZONE_SECONDS = 14 * 3600;
/** Zone names that mean one thing only; CET and the like are summer or winter time of one offset, but IST or CST are three. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    UTC: 0,
    GMT: 0,
    Z: 0,
    CET: 60,
    CEST: 120,
    EET: 120,
    EEST: 180,
    WET: 0,
    WEST: 60,
    MSK: 180,
    JST: 540,
    KST: 540,
    EDT: -240,
    EST: -300,
    CDT: -300,
    MDT: -360,
    MST: -420,
    PDT: -420,
    PST: -480,
    AEST: 600,
    AEDT: 660,
    NZST: 720,
    NZDT: 780,
  }),
);

const ZONE: readonly WallPart[] = ['zone'];
const YEAR_AND_ZONE: readonly WallPart[] = ['year', 'zone'];

/** A name that is a month in one language and another month in another: nothing else of the log told which. */
const DOUBTFUL_MONTH = 62 * 86400;

export interface WallOptions {
  readonly source: RecordWall['source'];
  /** What the writer may be late by, in seconds, beyond the resolution of the stamp. */
  readonly lateSeconds: number;
  /** Microseconds since 1970 of a moment not before the log (its file's mtime): gives the year to stamps that have none. */
  readonly asOf?: number | undefined;
}

/** dmesg --time-format=iso prints a T before the time and a comma before the fraction; Python's logging prints a blank and a comma. */
export const isIsoOfDmesg = (s: string, from: number): boolean => s.charCodeAt(from + 19) === 0x2c && s.charCodeAt(from + 10) === 0x54;

/** Reads the wall times that programs write before a line. Equal stamps of neighbouring lines are parsed once and share an object. */
export class WallReader {
  private readonly options: WallOptions;
  private readonly local = new LocalDate();
  private key = '';
  private wall: RecordWall | undefined;

  constructor(options: WallOptions) {
    this.options = options;
  }

  /** `Sun Nov 22 21:11:54 2026` (ctime), `Sat Apr  4 07:41:09 UTC 2020` (crash log -T since 7.2.9). */
  readCtime(c: Cursor): boolean {
    const { s, pos } = c;
    if (this.again(c)) return true;
    const english = isWeekday(s, pos) && s.charCodeAt(pos + 3) === 0x20 ? monthAt(s, pos + 4) : 0;
    const date = english > 0 && clockAt(s, pos + 11) >= 0 ? undefined : this.local.read(s, pos, c.end);
    if (date === undefined && english === 0) return false;
    const month = date?.month ?? english;
    const day = date?.day ?? twoDigits(s, pos + 8);
    const clock = date?.clock ?? clockAt(s, pos + 11);
    if (day < 1 || clock < 0) return false;
    let at = (date?.next ?? pos + 19) + 1;
    let zone: number | undefined;
    if (!isDigit(s.charCodeAt(at))) {
      const space = indexWithin(s, 0x20, at, Math.min(c.end, at + 8));
      if (space < 0) return false;
      zone = ZONES.get(s.slice(at, space));
      at = space + 1;
    }
    const year = Number(s.slice(at, at + 4));
    if (!(year > 1969) || at + 4 > c.end) return false;
    const seconds = month === 0 ? Number.NaN : daysFromCivil(year, month, day) * 86400 + clock;
    return this.take(c, at + 4, seconds, 0, zone, date?.isDoubtful ? DOUBTFUL_MONTH : 1);
  }

  /** `2026-11-22T21:11:54,319084+00:00`, also with `.`, a space for the T, without fraction, zone or colon, or with `Z`. */
  readIso(c: Cursor): boolean {
    const { s, pos } = c;
    if (this.again(c)) return true;
    if (!isDigit(s.charCodeAt(pos)) || s.charCodeAt(pos + 4) !== 0x2d || s.charCodeAt(pos + 7) !== 0x2d) return false;
    const between = s.charCodeAt(pos + 10);
    const clock = clockAt(s, pos + 11);
    const year = twoDigits(s, pos) * 100 + twoDigits(s, pos + 2);
    if ((between !== 0x54 && between !== 0x20) || clock < 0 || pos + 19 > c.end) return false;
    const fraction = readFraction(s, pos + 19, c.end);
    const zone = readOffset(s, fraction.next, c.end);
    const seconds = daysFromCivil(year, twoDigits(s, pos + 5), twoDigits(s, pos + 8)) * 86400 + clock;
    return this.take(c, zone.next, seconds, fraction.usec, zone.minutes, fraction.resolution);
  }

  /** `Sun 2026-11-22 22:06:37.123456 CET`: journalctl -o short-full, with-unit, verbose. */
  readFull(c: Cursor): boolean {
    const { s, pos } = c;
    if (this.again(c)) return true;
    if (!isWeekday(s, pos) || s.charCodeAt(pos + 8) !== 0x2d || s.charCodeAt(pos + 11) !== 0x2d) return false;
    const clock = clockAt(s, pos + 15);
    const year = twoDigits(s, pos + 4) * 100 + twoDigits(s, pos + 6);
    if (clock < 0 || pos + 24 > c.end) return false;
    const fraction = readFraction(s, pos + 23, c.end);
    const space = indexWithin(s, 0x20, fraction.next + 1, Math.min(c.end, fraction.next + 8));
    if (s.charCodeAt(fraction.next) !== 0x20 || space < 0) return false;
    const name = s.slice(fraction.next + 1, space);
    const zone = ZONES.get(name) ?? readOffset(name.length === 3 ? `${name}00` : name, 0, 6).minutes;
    const seconds = daysFromCivil(year, twoDigits(s, pos + 9), twoDigits(s, pos + 12)) * 86400 + clock;
    return this.take(c, space, seconds, fraction.usec, zone, fraction.resolution);
  }

  /** `Nov 22 22:06:37` of RFC 3164, with microseconds in journalctl's short-precise. It has neither year nor zone. */
  readRfc3164(c: Cursor): boolean {
    const { s, pos } = c;
    if (this.again(c)) return true;
    const english = s.charCodeAt(pos + 3) === 0x20 && s.charCodeAt(pos + 6) === 0x20 ? monthAt(s, pos) : 0;
    const date = english > 0 && clockAt(s, pos + 7) >= 0 ? undefined : this.local.read(s, pos, c.end);
    if (date === undefined && english === 0) return false;
    const month = date?.month ?? english;
    const day = date?.day ?? twoDigits(s, pos + 4);
    const clock = date?.clock ?? clockAt(s, pos + 7);
    const end = date?.next ?? pos + 15;
    // a year behind it: ctime's, with a weekday in front
    if (day < 1 || clock < 0 || end > c.end || (date !== undefined && /^ \d{4} /.test(s.slice(end, end + 6)))) return false;
    const fraction = readFraction(s, end, c.end);
    const { asOf } = this.options;
    if (asOf === undefined || month === 0) return this.take(c, fraction.next, Number.NaN, 0, undefined, 1);
    const limit = asOf / 1e6 + 86400;
    const year = new Date(asOf / 1000).getUTCFullYear();
    let seconds = daysFromCivil(year, month, day) * 86400 + clock;
    if (seconds > limit) seconds = daysFromCivil(year - 1, month, day) * 86400 + clock;
    const resolution = date?.isDoubtful ? DOUBTFUL_MONTH : fraction.resolution;
    return this.take(c, fraction.next, seconds, fraction.usec, undefined, resolution, true);
  }

  /** `1795381622.814952`: journalctl -o short-unix. */
  readUnix(c: Cursor): boolean {
    const { s, pos } = c;
    if (this.again(c)) return true;
    if (s.charCodeAt(pos + 10) !== 0x2e || pos + 17 > c.end || s.charCodeAt(pos + 17) !== 0x20) return false;
    let seconds = 0;
    for (let i = 0; i < 10; i++) {
      if (!isDigit(s.charCodeAt(pos + i))) return false;
      seconds = seconds * 10 + s.charCodeAt(pos + i) - 0x30;
    }
    const fraction = readFraction(s, pos + 10, c.end);
    return this.take(c, fraction.next, seconds, fraction.usec, 0, fraction.resolution);
  }

  private again(c: Cursor): boolean {
    if (this.key === '') return false;
    const after = c.pos + this.key.length;
    // a digit behind the same text would be a longer fraction
    if (after >= c.end || !c.s.startsWith(this.key, c.pos) || isDigit(c.s.charCodeAt(after))) return false;
    if (c.s.charCodeAt(after) !== 0x20 && c.s.charCodeAt(after) !== 0x5d) return false;
    c.pos = after;
    c.wall = this.wall;
    return true;
  }

  private take(
    c: Cursor,
    next: number,
    seconds: number,
    usec: number,
    zone: number | undefined,
    resolution: number,
    yearless?: boolean,
  ): boolean {
    this.key = c.s.slice(c.pos, next);
    c.pos = next;
    const uncertaintySeconds = resolution + this.options.lateSeconds + (zone === undefined ? UNKNOWN_ZONE_SECONDS : 0);
    const time = (seconds - (zone ?? 0) * 60) * 1e6 + usec;
    const inferred = zone === undefined ? (yearless ? YEAR_AND_ZONE : ZONE) : undefined;
    this.wall = Number.isFinite(time)
      ? { usec: time, source: this.options.source, uncertaintySeconds, ...(inferred && { inferred }) }
      : undefined;
    c.wall = this.wall;
    return true;
  }
}

/** `.123456` or `,123456` at `i`: microseconds, where it ends, and the unit of its last digit in seconds. */
function readFraction(s: string, i: number, end: number): { next: number; usec: number; resolution: number } {
  const mark = s.charCodeAt(i);
  if (i >= end || (mark !== 0x2e && mark !== 0x2c)) return { next: i, usec: 0, resolution: 1 };
  let next = i + 1;
  let usec = 0;
  let unit = 1e6;
  for (; next < end && isDigit(s.charCodeAt(next)); next++) {
    unit /= 10;
    usec += (s.charCodeAt(next) - 0x30) * unit;
  }
  return { next, usec: Math.floor(usec + 1e-6), resolution: Math.max(unit, 1) / 1e6 };
}

/** Kiribati's +14:00. */
const FURTHEST_HOURS = 14;

/** `+01:00`, `+0100` or `Z` at `i`, in minutes east; undefined where it says none. */
function readOffset(s: string, i: number, end: number): { next: number; minutes: number | undefined } {
  const mark = i < end ? s.charCodeAt(i) : 0;
  if (mark === 0x5a) return { next: i + 1, minutes: 0 };
  if (mark !== 0x2b && mark !== 0x2d) return { next: i, minutes: undefined };
  const colon = s.charCodeAt(i + 3) === 0x3a ? 1 : 0;
  const hours = twoDigits(s, i + 1);
  const minutes = twoDigits(s, i + 3 + colon);
  if (hours < 0 || minutes < 0) return { next: i, minutes: undefined };
  const next = i + 5 + colon;
  // no place on Earth is further from UTC: the digits are damaged, and the zone is not known
  if (hours > FURTHEST_HOURS || minutes > 59) return { next, minutes: undefined };
  return { next, minutes: (mark === 0x2d ? -1 : 1) * (hours * 60 + minutes) };
}
