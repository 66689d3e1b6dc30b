import { type Deadline, isOver, stoppedAfter } from '../../dump/open/deadline.ts';
import { type AnswerHead, answerOf, answerWithout } from '../../fleet/answer/answer-of.ts';
import { summarise } from '../../fleet/summarise.ts';
import { crashScript } from '../../incident/crash-script.ts';
import { toldIncident } from '../../output/export/incident.ts';
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
import { VERSION } from '../version.ts';
import { contentId } from './content-id.ts';
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
  /** The incidents for `incidents --format` of other programs. */
  readonly told?: boolean | undefined;
  /** Which events are wanted. */
  readonly filter?: EventFilter | undefined;
  /** The steps for `crash -i`. */
  readonly script?: boolean | undefined;
  /** The answer that a store keeps, under this id. */
  readonly answer?: { readonly id: string } | undefined;
  /** `--max-time`, of all that are read. */
  readonly deadline?: Deadline | undefined;
  /** Begun, however little time is left. */
  readonly isFirst?: boolean | undefined;
}

/** Reads one FILE, and where it is an archive every dump and log in it. Never throws: what stops it is its reason. */
export async function readAll(task: ReadTask): Promise<readonly Reading[]> {
  const { form, deadline, isFirst } = task;
  if (deadline && isOver(deadline) && !isFirst) return [notRead(task.files, deadline)];
  try {
    const { groups, losses, close } = await expand(task.files, { form, deadline });
    const readings: Reading[] = [];
    const isItself = groups.length === 1 && groups[0] === task.files;
    for (const [i, files] of groups.entries()) {
      if (i > 0 && deadline && isOver(deadline)) {
        readings.push(notRead(files, deadline));
        continue;
      }
      // what stands in an archive is an input of its own
      const id = task.answer === undefined || isItself ? task.answer?.id : contentId(files);
      readings.push(await readOne({ ...task, files, answer: id === undefined ? undefined : { id } }));
    }
    close();
    return isItself ? readings : readings.map((reading, i) => (i === 0 ? withArchive(reading, task, groups.length, losses) : reading));
  } catch (error) {
    return [failed(task, error)];
  }
}

/** One that no time was left for: of it nothing is known, and nothing kept. */
const notRead = ([file]: InputGroup, deadline: Deadline): Reading => {
  const source = file?.name ?? '-';
  return { ...unreadable(source, `${source}: not read: ${stoppedAfter(deadline)}`), isLate: true };
};

/** The first input of an archive tells of the archive. */
const withArchive = (reading: Reading, task: ReadTask, inputs: number, losses: readonly string[]): Reading => {
  const answer = answerTo(task);
  return {
    ...reading,
    ...(losses.length > 0 && { losses }),
    ...(answer && { answers: [...(reading.answers ?? []), answerWithout(headOf(task, answer), 'archive', `${inputs} inputs`)] }),
  };
};

/** What time cut short is no answer: the next run reads it again. */
const answerTo = ({ answer, deadline }: ReadTask): ReadTask['answer'] => (isOver(deadline) ? undefined : answer);

const headOf = ({ files }: ReadTask, { id }: { readonly id: string }): AnswerHead => ({
  id,
  input: files[0]?.name ?? '-',
  readAt: new Date().toISOString(),
  version: VERSION,
});

/** Opens one input, reads it to its end and closes it. Never throws: what stops it is its reason. */
async function readOne(task: ReadTask): Promise<Reading> {
  try {
    const input = await openLogInput(task.files, { form: task.form, deadline: task.deadline });
    return await read(input, task).finally(() => input.close());
  } catch (error) {
    return failed(task, error);
  }
}

function failed(task: ReadTask, error: unknown): Reading {
  const source = task.files[0]?.name ?? '-';
  const problem = inputProblem(error);
  const answer = answerTo(task);
  if (problem !== undefined)
    return unreadable(source, problem, false, answer && [answerWithout(headOf(task, answer), 'unreadable', problem)]);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return unreadable(source, `${source}: this is a bug in lastkmsg, please report it: ${text}`, true);
}

async function read(input: LogInput, task: ReadTask): Promise<Reading> {
  const { report, script, told, filter } = task;
  const kept = keeper(filter);
  const facts = new LogFacts();
  const batches = watched(input.batches, (batch) => facts.see(batch));
  const found = await readIncidents({ ...input, batches }, { machine: report === true, keep: kept.keep });
  const { info, events, kinds, incidents } = found;
  const answer = answerTo(task);
  const release = info.kernel?.release;
  const known = {
    form: input.form,
    host: nameOf(info.kernel?.nodename) ?? facts.host,
    releases: release === undefined ? facts.releases : [release],
    records: info.log.records,
    losses: input.losses,
  };
  const { crashTime, dumpTime } = info;
  const byId = told ? new Map(events.map((event) => [event.id, event])) : undefined;
  return {
    input: summarise({ ...known, source: input.name, ended: info.crashTime }, events, incidents),
    notes: kept.undecided.map((line) => `${input.name}: ${line}`),
    kinds: [...kinds],
    report: report ? incidentReportToJson(incidentReport(input, info, found)) : undefined,
    script: script ? crashScript(input.name, incidents) : undefined,
    told: byId && incidents.flatMap((incident) => toldIncident(incident, byId)),
    answers: answer && [
      answerOf({ ...headOf(task, answer), ...known, arch: info.machine?.architecture, crashTime, dumpTime }, events, incidents),
    ],
  };
}
