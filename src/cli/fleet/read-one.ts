import type { Kind } from '../../event/event.ts';
import type { FleetInput } from '../../fleet/input.ts';
import { summarise } from '../../fleet/summarise.ts';
import { crashScript } from '../../incident/crash-script.ts';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import type { InputForm } from '../../read/inputs/form.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { openLogInput } from '../../read/inputs/open.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import { inputProblem } from '../exit.ts';
import { LogFacts, nameOf } from './log-facts.ts';

/** One input to read, and what is wanted of it beside its part of the fleet. */
export interface ReadTask {
  /** The names that make one input. */
  readonly names: readonly string[];
  /** `--input`. */
  readonly form?: InputForm | undefined;
  /** The report of `incidents --format json`. */
  readonly report?: boolean | undefined;
  /** The steps for `crash -i`. */
  readonly script?: boolean | undefined;
}

/** What a worker answers: an input's part of the fleet, and what was asked for besides. Plain data. */
export interface Reading {
  readonly input: FleetInput;
  readonly kinds: readonly Kind[];
  readonly report?: string | undefined;
  readonly script?: string | undefined;
}

/** Opens one input, reads it to its end and closes it. Never throws: what stops it is its reason. */
export async function readOne(task: ReadTask): Promise<Reading> {
  try {
    const input = await openLogInput(task.names, { form: task.form });
    return await read(input, task).finally(() => input.close());
  } catch (error) {
    const [source = '-'] = task.names;
    const problem = inputProblem(error);
    if (problem !== undefined) return { input: { kind: 'unreadable', source, reason: problem }, kinds: [] };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const reason = `${source}: this is a bug in lastkmsg, please report it: ${text}`;
    return { input: { kind: 'unreadable', source, reason, bug: true }, kinds: [] };
  }
}

async function read(input: LogInput, { report, script }: ReadTask): Promise<Reading> {
  const facts = new LogFacts();
  const batches = watched(input.batches, (batch) => facts.see(batch));
  const found = await readIncidents({ ...input, batches });
  const { info, events, incidents } = found;
  const release = info.kernel?.release;
  return {
    input: summarise(
      {
        source: input.name,
        form: input.form,
        host: nameOf(info.kernel?.nodename) ?? facts.host,
        releases: release === undefined ? facts.releases : [release],
        records: info.log.records,
        ended: info.crashTime,
        losses: input.losses,
      },
      events,
      incidents,
    ),
    kinds: [...new Set(events.map(({ kind }) => kind))],
    report: report ? incidentReportToJson(incidentReport(input, info, found)) : undefined,
    script: script ? crashScript(input.name, incidents) : undefined,
  };
}
