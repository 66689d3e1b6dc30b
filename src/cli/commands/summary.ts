import { incidentSummary } from '../../output/text/incident-summary.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT } from '../exit.ts';
import { CrashScript } from '../incidents/crash-script.ts';
import { checkVmlinux } from '../incidents/vmlinux.ts';
import { StdoutWriter } from '../stdout.ts';
import { type CommonOptions, type TimeOptions, textOptions, timeStyle } from './options.ts';

export interface SummaryOptions extends CommonOptions, TimeOptions {
  /** Where to write the commands for `crash -i`. */
  readonly crashScript?: string | undefined;
  /** A vmlinux to check against the dump and to resolve frames with. */
  readonly vmlinux?: string | undefined;
}

/** Inputs of which nobody keeps the first in mind when the last is told. */
const MANY = 8;

/** `lastkmsg FILE…`: verdicts, timeline, what decides and what to do next, for each input. @returns the exit code */
export async function summary(files: readonly string[], options: SummaryOptions): Promise<number> {
  const text = { ...textOptions(options), time: timeStyle(options) };
  const failOn = parseKinds(options.failOn, 'fail-on');
  const script = new CrashScript(options.crashScript);
  const out = new StdoutWriter('utf8');
  let found = false;
  let count = 0;
  const code = await eachInput(files, options, async (input) => {
    const read = await readIncidents(input, { excerpts: true, machine: true });
    found ||= read.events.some(({ kind }) => failOn?.has(kind) ?? false);
    script.add(input.name, read.incidents);
    await out.write(`${count++ === 0 ? '' : '\n'}${incidentSummary({ source: input.name, ...read }, text)}`);
    if (options.vmlinux !== undefined) await out.write(`\n${await checkVmlinux(options.vmlinux, read, text)}`);
  });
  script.write();
  // each is told as it was asked for; to have the table too, all would have to be held, or read again
  if (count > MANY) await out.write(`\n${count} inputs were read: lastkmsg incidents --format text says what they have in common\n`);
  await out.flush();
  return found ? EXIT.failOn : code;
}
