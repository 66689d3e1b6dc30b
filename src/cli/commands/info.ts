import { type InputInfo, infoText } from '../../output/info.ts';
import { parseArguments } from '../arguments.ts';
import { EXIT } from '../exit.ts';
import { dumpInfo } from '../inputs/dump-info.ts';
import { lossesOf } from '../inputs/dump-log.ts';
import { eachOpened } from '../inputs/each.ts';
import type { Opened } from '../inputs/open.ts';
import { TextSpan } from '../inputs/text-span.ts';

export const INFO_HELP = `Usage: lastkmsg info [--json] FILE...

What a dump is: container, compression, dump level and what it left out, architecture, kernel, build id, crash time, CPUs, the
generation of its log, its records and those that are lost. Of a log in text form: which form, and its records.
`;

const OPTIONS = {
  json: { type: 'boolean', short: 'J' },
  input: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `lastkmsg info`. @returns the exit code */
export async function info(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(INFO_HELP);
    return EXIT.ok;
  }
  const infos: InputInfo[] = [];
  // what was lost is part of the answer
  const code = await eachOpened(positionals, { ...values, quiet: true }, async (opened) => {
    const { found, losses } = await infoOf(opened);
    infos.push(found);
    if (!values.json) process.stdout.write(`${infos.length > 1 ? '\n' : ''}${infoText(found)}`);
    return losses;
  });
  if (values.json && infos.length > 0) process.stdout.write(`${JSON.stringify(infos.length === 1 ? infos[0] : infos, undefined, 2)}\n`);
  return code;
}

async function infoOf(opened: Opened): Promise<{ found: InputInfo; losses: readonly string[] }> {
  if (opened.kind === 'text') {
    const span = new TextSpan();
    for await (const batch of opened.input.batches) span.see(batch);
    return { found: span.info(opened.input), losses: opened.input.losses };
  }
  return { found: dumpInfo(opened.dump), losses: lossesOf(opened.dump) };
}
