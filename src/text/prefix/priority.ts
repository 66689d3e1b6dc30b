import { type Cursor, indexWithin, isDigit } from './cursor.ts';

const MOST_PRIORITY = 1023;

/** `<6>` or `<30>`: syslog(2), /proc/kmsg, dmesg -r, pstore, console_msg_format=syslog (4.15), RFC 5424 and 3164. Facility << 3 | level. */
export function readPriority(c: Cursor): boolean {
  if (c.at(0) !== 0x3c) return false;
  let value = 0;
  let i = 1;
  for (; i < 5 && isDigit(c.at(i)); i++) value = value * 10 + c.at(i) - 0x30;
  if (i === 1 || c.at(i) !== 0x3e || value > MOST_PRIORITY) return false;
  setPriority(c, value);
  c.pos += i + 1;
  return true;
}

/** What is no priority (facilities of syslog go to 127) leaves the level unknown. */
export function setPriority(c: Cursor, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > MOST_PRIORITY) return;
  c.level = value & 7;
  c.facility = value >> 3;
}

/** The facility names of syslog(3), by number; dmesg -x pads them to six columns. */
export const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp res0 res1 res2 res3 local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
/** The level names of util-linux, by number. */
export const LEVELS = 'emerg alert crit err warn notice info debug'.split(' ');

const facilityOf = new Map(FACILITIES.map((name, i) => [name, i]));
const levelOf = new Map([...LEVELS.map((name, i): [string, number] => [name, i]), ['warning', 4], ['error', 3], ['panic', 0]]);

/** The level that a word names, in whatever case: `WARNING`, `err`, logcat's `W`. */
export function levelOfWord(word: string): number | undefined {
  const lower = word.toLowerCase();
  return levelOf.get(lower) ?? (lower.length === 1 ? levelOfLetter.get(lower) : undefined);
}

const levelOfLetter = new Map([...'vdiwef'].map((letter, i): [string, number] => [letter, [7, 7, 6, 4, 3, 2][i] ?? 6]));

const PAIRS = new Uint8Array(1 << 15);
for (const name of FACILITIES) PAIRS[(name.charCodeAt(0) << 8) | name.charCodeAt(1)] = 1;

/** Whether a facility's name begins with these characters, as few lines do. */
export const beginsFacility = (first: number, second: number): boolean => first < 0x80 && PAIRS[(first << 8) | second] === 1;

/** `kern  :info  : ` of dmesg -x: `%-6s:%-6s: `. */
export function readDecoded(c: Cursor): boolean {
  if (!beginsFacility(c.at(0), c.at(1))) return false;
  const first = indexWithin(c.s, 0x3a, c.pos, Math.min(c.end, c.pos + 9));
  if (first - c.pos < 3) return false;
  // most lines with one colon so early have no second: no text is cut out of them
  const second = indexWithin(c.s, 0x3a, first + 1, Math.min(c.end, first + 10));
  if (second < 0) return false;
  const facility = facilityOf.get(c.s.slice(c.pos, first).trimEnd());
  if (facility === undefined) return false;
  const level = levelOf.get(c.s.slice(first + 1, second).trimEnd());
  if (level === undefined) return false;
  c.facility = facility;
  c.level = level;
  c.pos = second + 1;
  c.skipSpace();
  return true;
}

/** `kern.info` of busybox syslogd and logread, up to the space behind it. */
export function readDotted(c: Cursor): boolean {
  const space = indexWithin(c.s, 0x20, c.pos, Math.min(c.end, c.pos + 16));
  if (space < 0) return false;
  const [facilityName = '', levelName = '', more] = c.s.slice(c.pos, space).split('.');
  const facility = facilityOf.get(facilityName);
  const level = levelOf.get(levelName);
  if (facility === undefined || level === undefined || more !== undefined) return false;
  c.facility = facility;
  c.level = level;
  c.pos = space + 1;
  return true;
}
