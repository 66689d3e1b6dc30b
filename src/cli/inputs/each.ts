import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { type Opened, open } from '../../read/inputs/open.ts';
import { inputProblem, readCode } from '../exit.ts';
import { warn } from '../warn.ts';
import { inputForm } from './form.ts';

export interface EachOptions {
  /** `--input`. */
  readonly input?: string | undefined;
  /** Keep reading a growing text (`-w`). */
  readonly follow?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** Told why an input cannot be read. @returns true where something is known of it all the same: read, with loss */
  readonly unreadable?: ((error: unknown) => boolean) | undefined;
}

/**
 * Opens every FILE, and every dump and log in an archive, in turn and closes it again; one that cannot be read is told on stderr and
 * never stops the others.
 * @param use what to do with one; returns what was lost of it, one line each
 * @throws UsageError where `--input` names no form
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read
 */
export async function eachOpened(
  files: readonly string[] | readonly InputGroup[],
  options: EachOptions,
  use: (opened: Opened) => Promise<readonly string[]>,
): Promise<number> {
  const asked = { form: inputForm(options.input), follow: options.follow, interruptible: true };
  let read = 0;
  let failed = 0;
  let lossy = false;
  /** Does something with an input; what stops it is told. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const problem = inputProblem(error);
      if (problem === undefined) throw error;
      warn(problem);
      if (options.unreadable?.(error)) {
        read++;
        lossy = true;
      } else failed++;
    }
  };
  const readOne = async (group: InputGroup): Promise<void> => {
    const opened = await open(group, asked);
    const { name, form } = opened.kind === 'dump' ? { name: opened.dump.name, form: opened.dump.dump.container } : opened.input;
    if (options.verbose) warn(`${name}: read as ${form}`);
    const losses = await use(opened).finally(() => opened.close());
    read++;
    lossy ||= losses.length > 0;
    if (!options.quiet) for (const line of losses) warn(`${name}: ${line}`);
  };
  for (const group of await groupsOf(files)) {
    await attempt(async () => {
      const { groups, losses, notes, close } = await expand(group, asked);
      lossy ||= losses.length > 0;
      if (!options.quiet) for (const line of losses) warn(line);
      if (options.verbose) for (const line of notes) warn(line);
      try {
        for (const one of groups) await attempt(() => readOne(one));
      } finally {
        close();
      }
    });
  }
  return readCode({ read, failed, lossy });
}

/** FILEs as the user names them, or what was made of them before. */
const groupsOf = async (files: readonly string[] | readonly InputGroup[]): Promise<readonly InputGroup[]> =>
  files.every((file) => typeof file === 'string') ? groupFiles(files) : files.filter((file) => typeof file !== 'string');
