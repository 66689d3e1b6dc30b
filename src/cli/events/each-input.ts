import type { LogInput } from '../../read/inputs/input.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { asLogInput } from '../../read/inputs/open.ts';
import { type EachOptions, eachOpened } from '../inputs/each.ts';

/**
 * Reads every FILE in turn as a log, whatever it is; one that cannot be read is told on stderr and never stops the others.
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read
 */
export const eachInput = (
  files: readonly string[] | readonly InputGroup[],
  options: EachOptions,
  use: (input: LogInput) => Promise<void>,
): Promise<number> =>
  eachOpened(files, options, async (opened) => {
    const input = asLogInput(opened);
    await use(input);
    return input.losses;
  });
