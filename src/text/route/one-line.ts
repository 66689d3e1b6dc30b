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

/**
 * A log of which a form, a chat or a phone made one line (`Mar 11 04:12:33 host kernel: … Mar 11 04:12:33 host kernel: …`): where its
 * lines begin and end; undefined where the line is but one. Of a line between theirs only what its own host says is told apart.
 */
export function linesWithin(line: string): readonly (readonly [number, number])[] | undefined {
  return beginnings(line, taggedWith(line)) ?? beginnings(line, line.includes('] ') ? DMESG : undefined);
}

/** Tags of the host whose kernel speaks first. */
function taggedWith(line: string): RegExp | undefined {
  const first = line.indexOf(' kernel: ');
  if (first < 0 || line.indexOf(' kernel: ', first + 1) < 0) return undefined;
  KERNELS.lastIndex = 0;
  const host = KERNELS.exec(line)?.groups?.host;
  return host === undefined ? KERNELS : new RegExp(`${STAMP} ${host.replaceAll('.', '\\.')} ${TAG}`, 'g');
}

function beginnings(line: string, pattern: RegExp | undefined): readonly (readonly [number, number])[] | undefined {
  if (pattern === undefined) return undefined;
  const found = Array.from(line.matchAll(pattern), ({ index }) => index);
  if (found.length < BEGINNINGS) return undefined;
  if (found[0] !== 0) found.unshift(0);
  // the blank in place of the newline
  return found.map((from, i) => [from, (found[i + 1] ?? line.length + 1) - 1]);
}
