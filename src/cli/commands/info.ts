import { NoKernelError } from '../../memory/no-kernel.ts';
import { infoText } from '../../output/info.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import type { InputInfo } from '../../read/info.ts';
import { bareDumpInfo } from '../../read/inputs/dump-info.ts';
import { eachInput } from '../events/each-input.ts';
import { EXIT } from '../exit.ts';
import { failOn } from '../fail-on.ts';
import type { CommonOptions } from './options.ts';

export interface InfoOptions extends CommonOptions {
  readonly json?: boolean | undefined;
}

/** `lastkmsg info`. @returns the exit code */
export async function info(files: readonly string[], options: InfoOptions): Promise<number> {
  const fail = await failOn(options.failOn);
  const infos: InputInfo[] = [];
  const tell = (found: InputInfo): void => {
    infos.push(found);
    if (!options.json) process.stdout.write(`${infos.length > 1 ? '\n' : ''}${infoText(found)}`);
  };
  const unreadable = (error: unknown): boolean => {
    if (!(error instanceof NoKernelError)) return false;
    tell(bareDumpInfo(error));
    return true;
  };
  // what was lost is part of the answer
  const code = await eachInput(files, { ...options, quiet: true, unreadable }, async (input) => {
    const watch = fail.begin(input.name, input.dump?.release);
    for await (const batch of input.batches) watch.see(batch);
    watch.end();
    tell(input.info());
  });
  if (options.json && infos.length > 0) process.stdout.write(`${toPrettyJson(infos.length === 1 ? infos[0] : infos)}\n`);
  return fail.found ? EXIT.failOn : code;
}
