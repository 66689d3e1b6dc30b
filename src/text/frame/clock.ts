import type { RecordWall } from '../../record/record.ts';
import { Cursor } from '../prefix/cursor.ts';
import { WallReader } from '../prefix/wall-time.ts';

const TIME = String.raw`(?<time>\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,9}))?`;
const ZONE = String.raw`(?: ?(?<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d))?`;
const MONTH = '(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Dates with a time, as programs write them into a column. Day and month in digits only where the point tells which is which. */
const DATES: readonly RegExp[] = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d\d)[-/.](?<day>\d\d)[T _]${TIME}${ZONE}`,
  String.raw`(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4}),? ${TIME}${ZONE}`,
  String.raw`(?<year>\d{4}) ${MONTH} {1,2}(?<day>\d{1,2}) ${TIME}${ZONE}`,
  String.raw`(?<day>\d{1,2})[ /-]${MONTH}[ /-](?<year>\d{4})[ :]${TIME}${ZONE}`,
  String.raw`${MONTH} {1,2}(?<day>\d{1,2}),? (?<year>\d{4}),? ${TIME}${ZONE}`,
  String.raw`${MONTH} {1,2}(?<day>\d{1,2}) ${TIME}`,
].map((source) => new RegExp(`(?<![\\d.:])${source}(?![\\d:])`));
/** Seconds, milli-, micro- or nanoseconds since 1970, of this century. */
const UNIX = /(?<![\w.:-])(?<seconds>[12]\d{9})(?:\.(?<fraction>\d{1,9})|(?<rest>\d{3}|\d{6}|\d{9}))?(?![\w.:])/;
/** TAI64N of multilog and svlogd: 2^62 + TAI seconds, nanoseconds. TAI is 37 s ahead of UTC since 2017; multilog counts 10. */
const TAI64N = /@(?<label>4[\da-f]{15})(?<nanos>[\da-f]{8})(?![\da-f])/;
const TAI_BASE = 2n ** 62n;
const TAI_AHEAD = 10;

/** Reads the time that stands among what was put before a line. */
export class FrameClock {
  private readonly reader: WallReader;
  private readonly c = new Cursor();

  /** @param lateSeconds what the writer may be late by; @param asOf a moment not before the log, which gives the year */
  constructor(lateSeconds: number, asOf: number | undefined) {
    this.reader = new WallReader({ source: 'syslog', lateSeconds, asOf });
  }

  read(prefix: string): RecordWall | undefined {
    for (const pattern of DATES) {
      const groups = pattern.exec(prefix)?.groups;
      if (groups !== undefined) return this.date(groups);
    }
    const unix = UNIX.exec(prefix)?.groups;
    if (unix !== undefined) return this.unix(Number(unix.seconds), unix.fraction ?? unix.rest ?? '');
    const tai = TAI64N.exec(prefix)?.groups;
    if (tai === undefined) return undefined;
    const seconds = Number(BigInt(`0x${tai.label}`) - TAI_BASE) - TAI_AHEAD;
    return this.unix(seconds, String(Number.parseInt(tai.nanos ?? '0', 16)).padStart(9, '0'));
  }

  private date({
    year,
    month,
    name,
    day = '',
    time,
    fraction,
    zone = '',
  }: Readonly<Record<string, string | undefined>>): RecordWall | undefined {
    const dd = day.padStart(2, '0');
    if (year === undefined) {
      this.start(`${name} ${day.padStart(2)} ${time}${fraction === undefined ? '' : `.${fraction.slice(0, 6)}`} `);
      return this.reader.readRfc3164(this.c) ? this.c.wall : undefined;
    }
    const mm = month ?? String(MONTHS.indexOf(name ?? '') / 3 + 1).padStart(2, '0');
    if (Number(mm) < 1 || Number(mm) > 12 || Number(dd) < 1 || Number(dd) > 31) return undefined;
    const offset = /^[+-]/.test(zone) ? zone : zone === '' ? '' : 'Z';
    this.start(`${year}-${mm}-${dd}T${time}${fraction === undefined ? '' : `.${fraction.slice(0, 6)}`}${offset} `);
    return this.reader.readIso(this.c) ? this.c.wall : undefined;
  }

  private unix(seconds: number, fraction: string): RecordWall | undefined {
    if (!(seconds >= 1e9 && seconds < 3e9)) return undefined;
    this.start(`${seconds}.${fraction.slice(0, 6).padEnd(6, '0')} `);
    return this.reader.readUnix(this.c) ? this.c.wall : undefined;
  }

  private start(text: string): void {
    this.c.start(text, 0, text.length);
  }
}
