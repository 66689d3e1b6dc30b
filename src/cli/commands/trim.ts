import { existsSync } from 'node:fs';
import { InputError } from '../../dump/source.ts';
import { lossesOf } from '../../read/inputs/dump-log.ts';
import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { EXIT, UsageError } from '../exit.ts';
import { isSameFile, writeExtents } from '../extents-file.ts';
import { failOn } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { inputForm } from '../inputs/form.ts';
import { trimDump } from '../inputs/trimmed.ts';
import type { CommonOptions } from './options.ts';

export interface TrimOptions extends CommonOptions {
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  /** Keep what `inspect` needs too. */
  readonly inspect?: boolean | undefined;
}

/** `lastkmsg trim`. @returns the exit code */
export async function trim(names: readonly string[], options: TrimOptions): Promise<number> {
  const { output } = options;
  if (output === undefined || names.length === 0) throw new UsageError('trim takes a dump and -o OUTPUT');
  if (output === '-' && process.stdout.isTTY) throw new UsageError('a dump is not written to a terminal: redirect it, or name a file');
  if (output !== '-' && !options.force && existsSync(output)) throw new UsageError(`${output} is there already: -f writes over it`);
  const files = await groupFiles(names);
  if (output !== '-' && files.flat().some(({ name }) => isSameFile(name, output)))
    throw new UsageError(`${output} is the dump to be trimmed`);
  if (files.length > 1) throw new UsageError('trim takes one dump, or all members of one split set');
  const { groups, close } = await expand(files[0]!, { form: inputForm(options.input) });
  // of what is found in an archive only the dump is meant
  const dumps = groups.length > 1 ? groups.filter(([file]) => file?.isDump) : groups;
  if (dumps.length !== 1) throw new UsageError(`there are ${dumps.length} dumps in ${names[0]}: name one, as ARCHIVE!MEMBER`);
  const fail = await failOn(options.failOn);
  const code = await eachOpened(dumps, options, async (opened) => {
    if (opened.kind === 'text') throw notDump(opened.input);
    const { dump } = opened;
    const { extents, records } = await trimDump(dump, options.inspect === true);
    writeExtents(output, extents);
    const watch = fail.begin(dump.name, dump.kernel.info.release);
    watch.see(records);
    watch.end();
    return lossesOf(dump);
  });
  close();
  return fail.found ? EXIT.failOn : code;
}

const notDump = ({ name, form }: LogInput): InputError =>
  new InputError({
    file: name,
    sought: 'a dump',
    found: `a log in text form (${form})`,
    hint: 'a log needs no trimming',
  });
