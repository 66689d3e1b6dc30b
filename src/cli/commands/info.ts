import { NoKernelError } from '../../memory/kernel.ts';
import { infoText } from '../../output/info.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import type { InputInfo } from '../../read/info.ts';
import { bareDumpInfo, dumpInfo } from '../../read/inputs/dump-info.ts';
import { lossesOf } from '../../read/inputs/dump-log.ts';
import type { Opened } from '../../read/inputs/open.ts';
import { TextSpan } from '../../read/inputs/text-span.ts';
import { colorChoice, GLOBAL_HELP, isAnswered, parseArguments } from '../arguments.ts';
import { EXIT } from '../exit.ts';
import { type FailOn, failOn } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';

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
  const code = await eachOpened(positionals, { ...values, quiet: true, unreadable }, async (opened) => {
    const { found, losses } = await infoOf(opened, fail);
    tell(found);
    return losses;
  });
  if (values.json && infos.length > 0) process.stdout.write(`${toPrettyJson(infos.length === 1 ? infos[0] : infos)}\n`);
  return fail.found ? EXIT.failOn : code;
}

async function infoOf(opened: Opened, fail: FailOn): Promise<{ found: InputInfo; losses: readonly string[] }> {
  if (opened.kind === 'text') {
    const { input } = opened;
    const span = new TextSpan();
    const watch = fail.begin(input.name);
    for await (const batch of input.batches) {
      span.see(batch);
      watch.see(batch);
    }
    watch.end();
    return { found: span.info(input), losses: input.losses };
  }
  const { dump } = opened;
  const records = [...dump.log.records(true)];
  const watch = fail.begin(dump.name, dump.kernel.info.release);
  watch.see(records);
  watch.end();
  return { found: dumpInfo(dump, records), losses: lossesOf(dump) };
}
