import { DISGUISES, MORE_DISGUISES } from '../../../test/support/disguises.ts';
import type { Random } from '../random.ts';
import { madeReport, realReport } from './blocks.ts';
import { changed, interleaved } from './change.ts';

const DISGUISED = [...DISGUISES, ...MORE_DISGUISES];

/** Most bytes of an input: many small logs say more than a few large ones. */
const MOST = 1 << 15;

/** A record that no report takes and no reader may lose. */
export const MARK = /fuzz-mark-(\d+)-end/;

export interface EventsLog {
  readonly bytes: Buffer;
  /** How many marks its records must hold, each once, or undefined where the text was changed so that some may be lost. */
  readonly marks?: number;
  /** No line ends in the midst of another: what it says can be read in it by who knows no grammar. */
  readonly isPlain: boolean;
}

/** A log of one to five reports, real ones and made ones, changed, stamped, and passed on as people pass logs on. */
export function eventsLog(logs: readonly (readonly string[])[], random: Random): EventsLog {
  const glues = random.below(4) === 0;
  let reports: string[] = [];
  for (let n = 1 + random.below(random.below(3) === 0 ? 5 : 2); n > 0; n--) {
    const report = changed(random.below(3) === 0 ? madeReport(random) : realReport(logs, random), glues, random);
    reports = random.below(3) === 0 ? interleaved(reports, report, random) : [...reports, ...report];
  }
  const marks = random.below(4);
  // what a field was replaced with may hold line ends of its own, or none that a line parser sees
  const lines = reports.join('\n').slice(0, MOST).split('\n');
  for (let mark = 0; mark < marks; mark++) lines.splice(random.below(lines.length + 1), 0, `fuzz-mark-${mark}-end`);
  const stamped = withStamps(lines, random);
  const disguise = random.below(3) === 0 ? random.one(DISGUISED) : undefined;
  const text = `${(disguise?.apply(stamped) ?? stamped).join('\n')}${random.below(4) === 0 ? '' : '\n'}`;
  const bytes = Buffer.from(text, disguise === undefined ? 'latin1' : 'utf8');
  return { bytes, isPlain: !glues, ...(disguise === undefined && { marks }) };
}

/** Times go on, by microseconds or by hours; some logs name who printed each line. */
function withStamps(lines: readonly string[], random: Random): string[] {
  let usec = random.below(2) === 0 ? random.below(1e9) : random.below(1000);
  const step = random.one([1, 10, 1000, 1_000_000]);
  const callers = random.below(3) === 0 ? ['T1', 'T4711', 'C0', 'C3'] : undefined;
  return lines.map((line) => {
    usec += random.below(50) === 0 ? step * 10_000 : random.below(step * 2);
    const stamp = `[${String(Math.floor(usec / 1e6)).padStart(5)}.${String(usec % 1e6).padStart(6, '0')}]`;
    return `${stamp}${callers ? `[${random.one(callers).padStart(6)}]` : ''} ${line}`;
  });
}
