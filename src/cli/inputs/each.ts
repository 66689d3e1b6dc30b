import type { Deadline } from '../../dump/open/deadline.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { type Opened, open } from '../../read/inputs/open.ts';
import { warn } from '../warn.ts';
import { type EachGroupOptions, eachGroup } from './each-group.ts';
import { inputForm } from './form.ts';

export interface EachOptions extends Pick<EachGroupOptions, 'quiet' | 'verbose' | 'unreadable'> {
  /** `--input`. */
  readonly input?: string | undefined;
  /** Keep reading a growing text (`-w`). */
  readonly follow?: boolean | undefined;
  /** `--max-time`. */
  readonly maxTime?: Deadline | undefined;
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
  { input, follow, maxTime, quiet, verbose, unreadable }: EachOptions,
  use: (opened: Opened) => Promise<readonly string[]>,
): Promise<number> {
  const asked = { form: inputForm(input), follow, interruptible: true, deadline: maxTime };
  return eachGroup(files, { ...asked, quiet, verbose, unreadable }, async (group) => {
    const opened = await open(group, asked);
    const { name, form } = opened.kind === 'dump' ? { name: opened.dump.name, form: opened.dump.dump.container } : opened.input;
    if (verbose) warn(`${name}: read as ${form}`);
    return { name, losses: await use(opened).finally(() => opened.close()) };
  });
}
