import { InputError } from '../../dump/source.ts';
import { EXIT } from '../exit.ts';
import type { LogInput } from '../inputs/input.ts';
import { groupFiles, openLogInput } from '../inputs/open.ts';
import { warn } from '../warn.ts';

export interface ReadOptions {
  readonly input?: string | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/**
 * Reads every FILE in turn; one that cannot be read is told on stderr and never stops the others.
 * @returns 0, 2 when nothing could be read, 3 when something was lost or one of several could not be read
 */
export async function eachInput(files: readonly string[], options: ReadOptions, use: (input: LogInput) => Promise<void>): Promise<number> {
  let read = 0;
  let failed = 0;
  let lossy = false;
  for (const names of groups(files)) {
    try {
      const input = await openLogInput(names, { input: options.input });
      if (options.verbose) warn(`${input.name}: read as ${input.form}`);
      await use(input);
      read++;
      lossy ||= input.losses.length > 0;
      if (!options.quiet) for (const line of input.losses) warn(`${input.name}: ${line}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      warn(error.message);
      failed++;
    }
  }
  if (failed > 0 && read === 0) return EXIT.noInput;
  return lossy || failed > 0 ? EXIT.loss : EXIT.ok;
}

/** An empty directory among several FILEs must not hide the others. */
function groups(files: readonly string[]): readonly (readonly string[])[] {
  try {
    return groupFiles(files);
  } catch (error) {
    if (!(error instanceof InputError) || files.length < 2) throw error;
    return files.map((file) => [file]);
  }
}
