import type { InputGroup } from '../../read/inputs/input-file.ts';
import { EXIT, readCode } from '../exit.ts';
import { notRead } from '../inputs/max-time.ts';
import { warn } from '../warn.ts';
import { ProgressLine } from './progress.ts';
import { type Progress, type ReadOptions, readMany, threadsOf } from './read-fleet.ts';
import type { Reading } from './reading.ts';

export interface EachReadingOptions extends ReadOptions {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/**
 * Reads many inputs with progress on a terminal; what is lost or cannot be read is told on stderr.
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read, 70 when lastkmsg failed
 */
export async function eachReading(
  groups: readonly InputGroup[],
  options: EachReadingOptions,
  use: (reading: Reading) => Promise<void> | void,
): Promise<number> {
  const line = new ProgressLine(options.quiet);
  let progress: Progress = { done: 0, total: groups.length };
  line.draw(drawn(progress));
  const interrupted = (): void => {
    line.clear();
    warn(`interrupted: ${progress.done} of ${progress.total} inputs were read`);
    // the handler is gone: the signal ends the process as it ends any other, its threads and all
    process.kill(process.pid, 'SIGINT');
  };
  const threads = threadsOf(groups);
  // without threads this one may wait in a read, where no handler runs: then the signal does what it always does
  if (threads > 0) process.once('SIGINT', interrupted);
  let [read, failed, late, lossy, bug] = [0, 0, 0, false, false];
  try {
    const readings = readMany(groups, { ...options, threads }, (now) => {
      progress = now;
      line.draw(drawn(now));
    });
    for await (const reading of readings) {
      const { input } = reading;
      const said = [
        ...(options.quiet ? [] : [...(reading.losses ?? []), ...(reading.notes ?? [])]),
        ...(input.kind === 'unreadable' ? (reading.isLate ? [] : [input.reason]) : saidOf(input, options)),
      ];
      if (reading.isLate) late++;
      if (said.length > 0) line.clear();
      for (const text of said) warn(text);
      if (input.kind === 'unreadable') failed++;
      else read++;
      lossy ||= (input.kind === 'read' && input.losses.length > 0) || (reading.losses?.length ?? 0) > 0;
      bug ||= input.kind === 'unreadable' && input.bug === true;
      await use(reading);
    }
  } finally {
    process.off('SIGINT', interrupted);
    line.clear();
  }
  if (options.deadline && late > 0) warn(notRead(late, options.deadline));
  return bug ? EXIT.bug : readCode({ read, failed, lossy });
}

const drawn = ({ done, total }: Progress): string => `${done} of ${total} inputs read`;

const saidOf = (
  { source, form, losses }: { readonly source: string; readonly form: string; readonly losses: readonly string[] },
  { quiet, verbose }: EachReadingOptions,
): string[] => [...(verbose ? [`${source}: read as ${form}`] : []), ...(quiet ? [] : losses.map((loss) => `${source}: ${loss}`))];
