import { groupFleet } from '../../fleet/group.ts';
import type { FleetInput } from '../../fleet/input.ts';
import { fleetToJson } from '../../output/fleet/fleet-json.ts';
import { fleetText } from '../../output/fleet/fleet-text.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT, UsageError } from '../exit.ts';
import { eachReading } from '../fleet/each-reading.ts';
import type { Reading } from '../fleet/reading.ts';
import { CrashScript } from '../incidents/crash-script.ts';
import { inputForm } from '../inputs/form.ts';
import { StdoutWriter } from '../stdout.ts';
import { oneOf, textOptions, timeStyle } from './options.ts';
import type { SummaryOptions } from './summary.ts';

export interface IncidentsOptions extends SummaryOptions {
  readonly format?: string | undefined;
}

type Groups = readonly InputGroup[];

/** `lastkmsg incidents`: events correlated; of several inputs, the signatures that they share. @returns the exit code */
export async function incidents(files: readonly string[], options: IncidentsOptions): Promise<number> {
  const format = oneOf(['json', 'text', 'fleet-json'], options.format ?? (process.stdout.isTTY ? 'text' : 'json'), 'format');
  const groups = groupFiles(files);
  if (format === 'text' && groups.length === 1) return (await import('./summary.ts')).summary(files, options);
  if (options.vmlinux !== undefined && groups.length > 1)
    throw new UsageError('--vmlinux goes with one dump: others may be of other kernels');
  return format === 'json' ? reports(groups, options) : fleet(groups, options, format);
}

/** One object for one input, an array for several, in the order of the inputs, written as they are read. */
async function reports(groups: Groups, options: IncidentsOptions): Promise<number> {
  const out = new StdoutWriter('utf8');
  let first: string | undefined;
  let count = 0;
  const code = await each(groups, options, { report: true, inOrder: true }, async ({ report }) => {
    if (report === undefined) return;
    // whether there is an array shows with the second
    if (count++ === 0) first = report;
    else {
      await out.write(`${first === undefined ? '' : `[\n${first}`},\n${report}`);
      first = undefined;
    }
  });
  await out.write(count > 1 ? '\n]\n' : first === undefined ? '' : `${first}\n`);
  await out.flush();
  return code;
}

async function fleet(groups: Groups, options: IncidentsOptions, format: 'text' | 'fleet-json'): Promise<number> {
  const inputs: FleetInput[] = [];
  const code = await each(groups, options, { inOrder: false }, ({ input }) => {
    inputs.push(input);
  });
  const grouped = groupFleet(inputs);
  const out = new StdoutWriter('utf8');
  await out.write(
    format === 'text' ? fleetText(grouped, { ...textOptions(options), time: timeStyle(options) }) : `${fleetToJson(grouped)}\n`,
  );
  await out.flush();
  return code;
}

async function each(
  groups: Groups,
  options: IncidentsOptions,
  wanted: { readonly report?: boolean; readonly inOrder: boolean },
  use: (reading: Reading) => Promise<void> | void,
): Promise<number> {
  const failOn = parseKinds(options.failOn, 'fail-on');
  const script = new CrashScript(options.crashScript);
  let found = false;
  // a script has the inputs in their order too
  const inOrder = wanted.inOrder || options.crashScript !== undefined;
  const { quiet, verbose } = options;
  const reading = { form: inputForm(options.input), quiet, verbose, ...wanted, inOrder, script: options.crashScript !== undefined };
  const code = await eachReading(groups, reading, async (each) => {
    found ||= each.kinds.some((kind) => failOn?.has(kind) ?? false);
    script.addText(each.script);
    await use(each);
  });
  script.write();
  return found && code !== EXIT.bug ? EXIT.failOn : code;
}
