import { isOver } from '../../dump/open/deadline.ts';
import { type ExpandOptions, expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { inputProblem, readCode } from '../exit.ts';
import { warn } from '../warn.ts';
import { notRead } from './max-time.ts';

export interface EachGroupOptions extends ExpandOptions {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** Told why an input cannot be read. @returns true where something is known of it all the same: read, with loss */
  readonly unreadable?: ((error: unknown) => boolean) | undefined;
}

/** What came of one input. */
export interface Used {
  readonly name: string;
  /** What was lost of it, a line each. */
  readonly losses: readonly string[];
}

/**
 * Hands over every FILE, and every dump and log in an archive, in turn; what is lost is told on stderr, and one that cannot be read never
 * stops the others.
 * @param use what to do with one; what an archive holds is closed some time after it resolves
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read
 */
export async function eachGroup(
  files: readonly string[] | readonly InputGroup[],
  options: EachGroupOptions,
  use: (group: InputGroup) => Promise<Used>,
): Promise<number> {
  const { quiet, verbose, unreadable, deadline } = options;
  let read = 0;
  let failed = 0;
  let lossy = false;
  let late = 0;
  /** Whether time is up before one that is not the first; those are counted. */
  const isLate = (): boolean => {
    const over = read + failed > 0 && isOver(deadline);
    if (over) late++;
    return over;
  };
  const lose = (lines: readonly string[]): void => {
    lossy ||= lines.length > 0;
    if (!quiet) for (const line of lines) warn(line);
  };
  /** Does something with an input; what stops it is told. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const problem = inputProblem(error);
      if (problem === undefined) throw error;
      warn(problem);
      if (unreadable?.(error)) {
        read++;
        lossy = true;
      } else failed++;
    }
  };
  const useOne = async (group: InputGroup): Promise<void> => {
    const { name, losses } = await use(group);
    read++;
    lose(losses.map((line) => `${name}: ${line}`));
  };
  for (const group of await groupsOf(files)) {
    if (isLate()) continue;
    await attempt(async () => {
      const { groups, losses, notes, close } = await expand(group, options);
      lose(losses);
      if (verbose) for (const line of notes) warn(line);
      try {
        for (const one of groups) if (!isLate()) await attempt(() => useOne(one));
      } finally {
        close();
      }
    });
  }
  if (deadline && late > 0) warn(notRead(late, deadline));
  return readCode({ read, failed, lossy: lossy || late > 0 });
}

/** FILEs as the user names them, or what was made of them before. */
const groupsOf = async (files: readonly string[] | readonly InputGroup[]): Promise<readonly InputGroup[]> =>
  files.every((file) => typeof file === 'string') ? groupFiles(files) : files.filter((file) => typeof file !== 'string');
