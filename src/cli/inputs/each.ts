import { groupFiles } from '../../read/inputs/group.ts';
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
 * Opens every FILE in turn and closes it again; one that cannot be read is told on stderr and never stops the others.
 * @param use what to do with one; returns what was lost of it, one line each
 * @throws UsageError where `--input` names no form
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read
 */
export async function eachOpened(
  files: readonly string[],
  options: EachOptions,
  use: (opened: Opened) => Promise<readonly string[]>,
): Promise<number> {
  const asked = { form: inputForm(options.input), follow: options.follow };
  let read = 0;
  let failed = 0;
  let lossy = false;
  for (const names of groupFiles(files)) {
    try {
      const opened = await open(names, asked);
      const { name, form } = opened.kind === 'dump' ? { name: opened.dump.name, form: opened.dump.dump.container } : opened.input;
      if (options.verbose) warn(`${name}: read as ${form}`);
      const losses = await use(opened).finally(() => opened.close());
      read++;
      lossy ||= losses.length > 0;
      if (!options.quiet) for (const line of losses) warn(`${name}: ${line}`);
    } catch (error) {
      const problem = inputProblem(error);
      if (problem === undefined) throw error;
      warn(problem);
      if (options.unreadable?.(error)) {
        read++;
        lossy = true;
      } else failed++;
    }
  }
  return readCode({ read, failed, lossy });
}
