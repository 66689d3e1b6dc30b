import { unescaped } from '../frame/quotes.ts';

/** Shorter lines hold no log and need not be asked about: nearly all of a log. */
export const LONG = 240;
/** So many beginnings make a line a log: one alone is its own, a second may be quoted. */
const BEGINNINGS = 3;

const SYSLOG = String.raw`\b[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,6})?`;
const ISO = String.raw`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?`;
const CTIME = String.raw`\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d \d{4}\]`;
const STAMP = `(?:<\\d{1,3}>)?(?:${SYSLOG}|${ISO})`;
const KERNELS = new RegExp(`${STAMP} (?:(?<host>[\\w.:-]{1,64}) )?kernel: `, 'g');
const DMESG = new RegExp(`${CTIME} `, 'g');
const TAG = String.raw`[\w./@()-]{1,64}(?:\[\d{1,8}\])?: `;

/** RFC 6587, 3.4.1: a message of syslog behind its length, with nothing between two. */
const COUNTED = /(\d{2,5}) (?=<\d{1,3}>1 \d{4}-\d\d-\d\dT)/y;

/** How a program writes lines into one: what stands between two of them, and whether it escapes what they hold. */
interface Separator {
  readonly between: RegExp;
  readonly isQuoted: boolean;
}

const BEGINS = String.raw`(?:<\d{1,3}>)?(?:\[ {0,11}\d{1,10}\.\d{6}\]|${CTIME}|${SYSLOG.slice(2)}|${ISO.slice(2)})`;
const SEPARATORS: readonly Separator[] = [
  // lists of Python, Go, Ruby, shells; a text that holds one quotation mark is quoted with the other
  { between: /["'](?: {0,2},)?[ \t]{0,4}[bu]?["']/g, isQuoted: true },
  // a string, quoted or not, once or twice
  { between: /(?:\\{1,2}r){0,2}\\{1,2}n/g, isQuoted: true },
  { between: /<br ?\/?>/gi, isQuoted: false },
  // old Macintoshes, and some clients of consoles
  { between: /\r+/g, isQuoted: false },
];
/** The same before what begins a line of a log. */
const BEFORE_LINES = SEPARATORS.map(({ between }) => new RegExp(`(?:${between.source})(?=${BEGINS})`, between.flags));
const FIRST = new RegExp(`^[^"'\\n]{0,200}["'](?=${BEGINS})`);
const LAST = /(?:\\{1,2}n)?["'][\])},; \t]*$/;

/**
 * A log of which a form, a chat, a program or a phone made one line (`Mar 11 04:12:33 host kernel: … Mar 11 04:12:33 host kernel: …`,
 * `['[    1.000000] …', '[    1.100000] …']`): its lines; undefined where the line is but one. Of a line between those of a syslog only what
 * its own host says is told apart.
 */
export function linesWithin(line: string): readonly string[] | undefined {
  return (
    counted(line) ??
    separated(line) ??
    cut(line, beginnings(line, taggedWith(line)) ?? beginnings(line, line.includes('] ') ? DMESG : undefined))
  );
}

function counted(line: string): readonly string[] | undefined {
  const lines: string[] = [];
  for (let at = 0; at < line.length; ) {
    COUNTED.lastIndex = at;
    const length = Number(COUNTED.exec(line)?.[1]);
    if (!(length > 0)) return undefined;
    const from = COUNTED.lastIndex;
    at = from + length;
    lines.push(line.slice(from, at));
  }
  return lines;
}

/** The lines of a list, or of a string whose line breaks are written out. JSON is read as such. */
function separated(line: string): readonly string[] | undefined {
  const counts = BEFORE_LINES.map((pattern) => line.match(pattern)?.length ?? 0);
  const most = Math.max(...counts);
  const separator = SEPARATORS[counts.indexOf(most)];
  if (most < BEGINNINGS || separator === undefined || isJson(line)) return undefined;
  const lines = line.split(separator.between);
  if (!separator.isQuoted) return lines;
  const last = lines.length - 1;
  lines[0] = lines[0]?.replace(FIRST, '') ?? '';
  lines[last] = lines[last]?.replace(LAST, '') ?? '';
  return lines.filter((each, i) => i < last || each !== '').map((each) => unescaped(each, '', 'backslash'));
}

function isJson(line: string): boolean {
  const first = line.charCodeAt(0);
  if ((first !== 0x5b && first !== 0x7b) || !/[\]}]\s*$/.test(line)) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** Tags of the host whose kernel speaks first. */
function taggedWith(line: string): RegExp | undefined {
  const first = line.indexOf(' kernel: ');
  if (first < 0 || line.indexOf(' kernel: ', first + 1) < 0) return undefined;
  KERNELS.lastIndex = 0;
  const host = KERNELS.exec(line)?.groups?.host;
  return host === undefined ? KERNELS : new RegExp(`${STAMP} ${host.replaceAll('.', '\\.')} ${TAG}`, 'g');
}

function beginnings(line: string, pattern: RegExp | undefined): readonly number[] | undefined {
  if (pattern === undefined) return undefined;
  const found = Array.from(line.matchAll(pattern), ({ index }) => index);
  if (found.length < BEGINNINGS) return undefined;
  if (found[0] !== 0) found.unshift(0);
  return found;
}

/** The line from each beginning to the blank before the next, which stands in place of the newline. */
const cut = (line: string, found: readonly number[] | undefined): readonly string[] | undefined =>
  found?.map((from, i) => line.slice(from, (found[i + 1] ?? line.length + 1) - 1));
