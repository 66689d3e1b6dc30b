import { NoKernelError } from '../../memory/kernel.ts';
import { infoText } from '../../output/info.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import type { InputInfo } from '../../read/info.ts';
import { bareDumpInfo } from '../../read/inputs/dump-info.ts';
import { colorChoice, GLOBAL_HELP, isAnswered, parseArguments } from '../arguments.ts';
import { eachInput } from '../events/each-input.ts';
import { EXIT } from '../exit.ts';
import { failOn } from '../fail-on.ts';

export const INFO_HELP = `Usage: lastkmsg info [options] FILE...

What a dump is: container, compression, dump level and what it left out, architecture, kernel, build id, crash time, CPUs, the
generation of its log, its records and those that are lost. Of a log in text form: which form, and its records.

  -J, --json              as JSON; an array where there are several FILEs
${GLOBAL_HELP}`;

/** `lastkmsg info`. @returns the exit code */
export async function info(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, { json: { type: 'boolean', short: 'J' } });
  if (isAnswered(values, INFO_HELP)) return EXIT.ok;
  colorChoice(values.color);
  const fail = await failOn(values['fail-on']);
  const infos: InputInfo[] = [];
  const tell = (found: InputInfo): void => {
    infos.push(found);
    if (!values.json) process.stdout.write(`${infos.length > 1 ? '\n' : ''}${infoText(found)}`);
  };
  const unreadable = (error: unknown): boolean => {
    if (!(error instanceof NoKernelError)) return false;
    tell(bareDumpInfo(error.facts.file, error.dump, `${error.facts.sought}: ${error.facts.found}`));
    return true;
  };
  // what was lost is part of the answer
  const code = await eachInput(positionals, { ...values, quiet: true, unreadable }, async (input) => {
    const watch = fail.begin(input.name, input.dump?.release);
    for await (const batch of input.batches) watch.see(batch);
    watch.end();
    tell(input.info());
  });
  if (values.json && infos.length > 0) process.stdout.write(`${toPrettyJson(infos.length === 1 ? infos[0] : infos)}\n`);
  return fail.found ? EXIT.failOn : code;
}
