import { summarise } from '../../fleet/summarise.ts';
import { crashScript } from '../../incident/crash-script.ts';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import { expand } from '../../read/inputs/expand.ts';
import type { InputForm } from '../../read/inputs/form.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { openLogInput } from '../../read/inputs/open.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import type { EventFilter } from '../events/filter.ts';
import { keeper } from '../events/filter-options.ts';
import { inputProblem } from '../exit.ts';
import { LogFacts, nameOf } from './log-facts.ts';
import { type Reading, unreadable } from './reading.ts';

/** One input to read, and what is wanted of it beside its part of the fleet. */
export interface ReadTask {
  /** The files that make one input, or an archive of inputs. */
  readonly files: InputGroup;
  /** `--input`. */
  readonly form?: InputForm | undefined;
  /** The report of `incidents --format json`. */
  readonly report?: boolean | undefined;
  /** Which events are wanted. */
  readonly filter?: EventFilter | undefined;
  /** The steps for `crash -i`. */
  readonly script?: boolean | undefined;
}

/** Reads one FILE, and where it is an archive every dump and log in it. Never throws: what stops it is its reason. */
export async function readAll(task: ReadTask): Promise<readonly Reading[]> {
  try {
    const { groups, losses, close } = await expand(task.files, { form: task.form });
    const readings: Reading[] = [];
    for (const files of groups) readings.push(await readOne({ ...task, files }));
    close();
    return readings.map((reading, i) => (i === 0 && losses.length > 0 ? { ...reading, losses } : reading));
  } catch (error) {
    return [failed(task, error)];
  }
}

/** Opens one input, reads it to its end and closes it. Never throws: what stops it is its reason. */
async function readOne(task: ReadTask): Promise<Reading> {
  try {
    const input = await openLogInput(task.files, { form: task.form });
    return await read(input, task).finally(() => input.close());
  } catch (error) {
    return failed(task, error);
  }
}

function failed({ files }: ReadTask, error: unknown): Reading {
  const source = files[0]?.name ?? '-';
  const problem = inputProblem(error);
  if (problem !== undefined) return unreadable(source, problem);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return unreadable(source, `${source}: this is a bug in lastkmsg, please report it: ${text}`, true);
}

async function read(input: LogInput, { report, script, filter }: ReadTask): Promise<Reading> {
  const kept = keeper(filter);
  const facts = new LogFacts();
  const batches = watched(input.batches, (batch) => facts.see(batch));
  const found = await readIncidents({ ...input, batches }, { machine: report === true, keep: kept.keep });
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
    notes: kept.undecided.map((line) => `${input.name}: ${line}`),
    kinds: [...new Set(events.map(({ kind }) => kind))],
    report: report ? incidentReportToJson(incidentReport(input, info, found)) : undefined,
    script: script ? crashScript(input.name, incidents) : undefined,
  };
}
