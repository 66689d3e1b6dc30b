import type { Event } from '../../../event/event.ts';
import { taskName } from '../../../event/task-name.ts';
import { frameText } from '../../../output/text/frame.ts';
import { detail, listed } from './common.ts';
import { type Fact, type FactOf, guess } from './fact.ts';

/** Of all locks held in the system those of the task that waits and of the one that it waits for. */
export const heldLocks: FactOf = ({ event }) => {
  const pids = new Set([event.task?.pid, detail(event, 'ownerPid')]);
  const holders = new Map<string, string[]>();
  for (const { role, name, comm, pid } of event.locks ?? []) {
    if (role !== 'held' || name === undefined || pid === undefined || !pids.has(pid)) continue;
    const holder = taskName(comm, pid) ?? '';
    holders.set(holder, [...(holders.get(holder) ?? []), name]);
  }
  if (holders.size === 0) return undefined;
  return { label: 'Locks', parts: [...holders].map(([holder, names]) => `${holder} holds ${[...new Set(names)].join(', ')}`) };
};

/** Which task has waited, how long, in what. */
export const hungTask: FactOf = ({ event }) => {
  const seconds = detail(event, 'seconds');
  return {
    label: 'Task',
    parts: [
      taskName(event.task?.comm, event.task?.pid) ?? event.title,
      seconds === undefined ? undefined : `blocked for more than ${seconds} s`,
      stateText(event),
      detail(event, 'ioWait') === true && 'waits for I/O',
      detail(event, 'parentPid') === undefined ? undefined : `parent ${detail(event, 'parentPid')}`,
    ],
  };
};

function stateText(event: Event): string | undefined {
  const state = detail(event, 'state');
  return state === undefined ? undefined : state === 'D' ? 'state D (uninterruptible)' : `state ${state}`;
}

/** What it waits for and who has it; the kernel itself only calls the owner likely. */
export const blockedOn: FactOf = ({ event }) => {
  const on = detail(event, 'blockedOn');
  const owner = taskName(detail(event, 'ownerComm') as string | undefined, detail(event, 'ownerPid') as number | undefined);
  const as = detail(event, 'ownerAs');
  const mine = detail(event, 'blockedAs');
  const parts = [
    event.culprit && frameText(event.culprit),
    on === undefined ? undefined : `${on}${mine === undefined ? '' : ` as ${mine}`}`,
    owner === undefined
      ? undefined
      : guess(`likely ${detail(event, 'ownerIs') ?? 'owned'} by ${owner}${as === undefined ? '' : ` as ${as}`}`),
  ];
  return parts.some(Boolean) ? { label: 'Blocked', parts, name: true } : undefined;
};

/** Which CPUs made no progress, for how long, who saw it. */
export const stuck: FactOf = ({ event }) => {
  const cpus = listed(event, 'cpus') ?? detail(event, 'cpu') ?? event.task?.cpu;
  const seconds = detail(event, 'seconds');
  const jiffies = detail(event, 'jiffies');
  const by = detail(event, 'detectedBy');
  const tasks = listed(event, 'tasks');
  const flavour = detail(event, 'flavour');
  const parts: Fact['parts'] = [
    cpus === undefined
      ? event.title
      : `CPU ${cpus}${seconds === undefined ? '' : ` for ${seconds} s`}${jiffies === undefined ? '' : ` for ${jiffies} jiffies`}`,
    flavour === undefined ? undefined : `${flavour}${detail(event, 'type') === undefined ? '' : ` (${detail(event, 'type')})`}`,
    tasks === undefined ? undefined : `blocked by task ${tasks}`,
    by === undefined ? undefined : `detected by CPU ${by}`,
  ];
  return { label: 'Stuck', parts };
};

/** The grace-period thread did not run either: then the stall is not the fault of whom it names. */
export const starved: FactOf = ({ event }) => {
  const jiffies = detail(event, 'kthreadStarvedJiffies');
  if (jiffies === undefined) return undefined;
  return {
    label: 'Starved',
    parts: [
      `grace-period thread for ${jiffies} jiffies on CPU ${detail(event, 'kthreadCpu') ?? '?'}`,
      `${detail(event, 'kthreadState') ?? ''}` || undefined,
    ],
  };
};

/** What the workers of a stuck pool are busy with. */
export const inFlight: FactOf = ({ event: { details } }) => {
  const works = details?.works;
  if (!Array.isArray(works)) return undefined;
  const busy = works.flatMap((each) =>
    typeof each === 'object' && each.state === 'in-flight' ? [`${each.work} of ${each.workqueue}`] : [],
  );
  return busy.length === 0 ? undefined : { label: 'Works', parts: busy };
};
