import type { Fleet } from '../../fleet/fleet.ts';
import { groupFleet } from '../../fleet/group.ts';
import type { FleetInput } from '../../fleet/input.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import type { ExplainOptions } from '../commands/options.ts';
import { parseKinds } from '../events/filter.ts';
import { eventFilter } from '../events/filter-options.ts';
import { EXIT } from '../exit.ts';
import { CrashScript } from '../incidents/crash-script.ts';
import { inputForm } from '../inputs/form.ts';
import { eachReading } from './each-reading.ts';
import type { Reading } from './reading.ts';

/** Reads many inputs and groups them by what they show. */
export async function readGrouped(
  groups: readonly InputGroup[],
  options: ExplainOptions,
): Promise<{ readonly fleet: Fleet; readonly code: number }> {
  const inputs: FleetInput[] = [];
  const code = await eachAsked(groups, options, { inOrder: false }, ({ input }) => {
    inputs.push(input);
  });
  return { fleet: groupFleet(inputs), code };
}

/** Reads many inputs as the options ask: what `--fail-on` names, steps for `--crash-script`. @returns the exit code */
export async function eachAsked(
  groups: readonly InputGroup[],
  options: ExplainOptions,
  wanted: { readonly report?: boolean; readonly told?: boolean; readonly inOrder: boolean },
  use: (reading: Reading) => Promise<void> | void,
): Promise<number> {
  const failOn = parseKinds(options.failOn, 'fail-on');
  const script = new CrashScript(options.crashScript);
  let found = false;
  // a script has the inputs in their order too
  const inOrder = wanted.inOrder || options.crashScript !== undefined;
  const { quiet, verbose } = options;
  const filter = eventFilter(options);
  const reading = {
    form: inputForm(options.input),
    deadline: options.maxTime,
    quiet,
    verbose,
    filter,
    ...wanted,
    inOrder,
    script: options.crashScript !== undefined,
  };
  const code = await eachReading(groups, reading, async (each) => {
    found ||= each.kinds.some((kind) => failOn?.has(kind) ?? false);
    script.addText(each.script);
    await use(each);
  });
  script.write();
  return found && code !== EXIT.bug ? EXIT.failOn : code;
}
