import { readdirSync, readFileSync } from 'node:fs';
import { HEALTHY } from './synthetic-log.ts';

const FOLDER = 'test/golden/events';
const STAMP = /^(?:<\d+>)?\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? ?/;
/** Lines of a golden log that is worth its place: smaller ones are single lines of hardware. */
const LEAST_LINES = 16;

interface Block {
  readonly lines: readonly string[];
  readonly reports: number;
}

/** Golden logs of reports with stacks and registers, of all kinds and architectures, and how many reports their `.expect` has. */
function blocks(): Block[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.log'));
  return names
    .map((name) => {
      const log = readFileSync(`${FOLDER}/${name}`, 'latin1').trimEnd();
      const expected = readFileSync(`${FOLDER}/${name.replace(/log$/, 'expect')}`, 'utf8');
      // a banner in the midst would be another boot
      const lines = log
        .split('\n')
        .map((line) => line.replace(STAMP, ''))
        .filter((line) => !line.startsWith('Linux version'));
      return { lines, reports: expected.match(/^KIND:/gm)?.length ?? 0 };
    })
    .filter(({ lines, reports }) => reports > 0 && lines.length >= LEAST_LINES * reports);
}

export interface ReportLog {
  readonly text: string;
  readonly lines: number;
  readonly reportLines: number;
  readonly reports: number;
}

/**
 * A log of so many bytes with so many reports, evenly spread, as issue 19 measured one: no two have the same numbers in them, and healthy lines
 * differ in theirs, so that nothing is read out of memory that a real log would not have there. Deterministic.
 */
export function reportLog(bytes: number, reports: number): ReportLog {
  const from = blocks();
  const lines: string[] = [];
  let [made, seed, told, reportLines, usec] = [0, 1, 0, 0, 0];
  const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
  const put = (text: string): void => {
    usec += 137;
    const line = `[${(usec / 1e6).toFixed(6).padStart(12)}] ${text}`;
    lines.push(line);
    made += line.length + 1;
  };
  for (let n = 0; made < bytes; n++) {
    if (told * bytes < made * reports && told < reports) {
      const { lines: block, reports: more } = from[n % from.length]!;
      for (const line of block) put(line.replace(/\b[0-9a-f]{16}\b/g, (hex) => hex.slice(0, 8) + next().toString(16).padStart(8, '0')));
      told += more;
      reportLines += block.length;
    } else put(HEALTHY[next() % HEALTHY.length]!.replace(/\d{3,}/g, (digits) => String(next()).slice(0, digits.length)));
  }
  return { text: `${lines.join('\n')}\n`, lines: lines.length, reportLines, reports: told };
}
