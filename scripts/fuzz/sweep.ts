import { InputError } from '../../src/dump/source.ts';
import { fromBuffer } from '../../test/builder/container/file-image.ts';
import { hasLoss } from '../../test/support/has-loss.ts';
import { type ReadLog, readBuilt } from '../../test/support/read-built.ts';
import { Random } from './random.ts';

/** CPU that one damaged sample may take. */
const SLOW_MS = 2000;

export interface Counts {
  /** Ends cut, evenly over the file. */
  readonly cuts: number;
  /** Single bits flipped, anywhere. */
  readonly flips: number;
}

/** A dump cut everywhere and flipped anywhere: what is wrong with what is read of it, one line a finding. */
export async function* sweep(whole: Buffer, { cuts, flips }: Counts, seed = 1): AsyncGenerator<string> {
  const right = await readBuilt([fromBuffer(whole)]);
  const texts = new Map(right.records.map(({ seq, text }) => [seq, text]));
  for (let i = 1; i < cuts; i++) {
    const size = Math.floor((whole.length * i) / cuts);
    for (const wrong of await damaged(whole.subarray(0, size), right, texts, true)) yield `cut at ${size}: ${wrong}`;
  }
  const random = new Random(seed);
  for (let i = 0; i < flips; i++) {
    const [at, bit] = [random.below(whole.length), random.below(8)];
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1 << bit;
    for (const wrong of await damaged(bytes, right, texts, false)) yield `bit ${bit} of ${at} flipped: ${wrong}`;
  }
}

/** @param isCut true where every text that is left must be the beginning of the right one: a flip may be in the text */
async function damaged(bytes: Buffer, right: ReadLog, texts: ReadonlyMap<number, string>, isCut: boolean): Promise<string[]> {
  const before = process.cpuUsage();
  const wrong: string[] = [];
  try {
    const log = await readBuilt([fromBuffer(bytes)]);
    if (log.records.some(({ seq }) => !texts.has(seq))) wrong.push('a record that is not in the whole dump');
    else if (isCut && log.records.some(({ seq, text }) => !texts.get(seq)?.startsWith(text))) wrong.push('a text of another record');
    if (log.records.length < right.records.length && !isTold(log) && !isOverwritten(log, right))
      wrong.push(`${right.records.length - log.records.length} records lost, not told`);
  } catch (error) {
    if (!(error instanceof InputError)) wrong.push(`it threw: ${(error as Error).stack ?? String(error)}`);
  }
  const { user } = process.cpuUsage(before);
  if (user / 1000 > SLOW_MS) wrong.push(`it took ${Math.round(user / 1000)} ms`);
  return wrong;
}

const isTold = ({ report, kernel }: ReadLog): boolean =>
  hasLoss(report) || report.problems.length > 0 || kernel.warnings.length > 0 || kernel.dump.details.incomplete !== undefined;

/**
 * What the ring of early boot still held beside the ring that took its place is memory that the kernel has given away: a flip in it
 * reads as what was overwritten, and is counted with that.
 */
const isOverwritten = ({ report, records }: ReadLog, right: ReadLog): boolean =>
  right.records.length - records.length <= right.report.early &&
  report.overwritten - right.report.overwritten === right.records.length - records.length;
