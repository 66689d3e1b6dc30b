import type { KernelStacks } from '../../unwind/stacks.ts';
import type { Inspection } from '../inspection.ts';
import { hex, type Known, row } from '../row.ts';
import { workersOf } from '../sched/workqueues.ts';
import { symbolText } from '../symbol-text.ts';
import { newestClock } from '../tasks/run-queues.ts';
import type { Task } from '../tasks/task.ts';
import { liveFrames, waitingIn } from './frames.ts';
import { leaders, lockName } from './lock-names.ts';
import { lockOf, type WaitContext } from './locks.ts';
import { queueOf } from './queues.ts';
import { stackMap } from './stack-map.ts';
import type { Wait } from './wait.ts';

/** A row of `stuck`: a task in uninterruptible sleep and what it waits for. */
export interface StuckRow {
  readonly task: string;
  readonly pid: number;
  readonly comm: string;
  readonly for: Wait['for'];
  readonly address: string;
  readonly owner: { readonly pid?: number | undefined; readonly comm?: string | undefined; readonly task: string };
  readonly path: string;
  readonly index: number;
  readonly sector: number;
  readonly bit: string;
  readonly request: RequestOf;
  readonly sinceMs: number;
  /** The owner, whom that waits for, and so on; a circle ends where it closes. */
  readonly waitsFor: readonly number[];
  /** The variable that it is, where it is one. */
  readonly symbol: string;
  /** The function that waits. */
  readonly in: string;
}

export interface RequestOf {
  readonly disk?: string | undefined;
  readonly op?: string | undefined;
  readonly sector?: number | undefined;
  readonly bytes?: number | undefined;
  readonly ageMs?: number | undefined;
  readonly tag?: number | undefined;
}

/** What all tasks in uninterruptible sleep wait for, those that sleep longest first. */
export function stuckRows(inspection: Inspection, stacks: KernelStacks): Known<StuckRow>[] {
  const { tasks } = inspection;
  const clock = newestClock(tasks.runQueues);
  const waits = waitsOf(inspection, stacks);
  const since = (task: Task): number | undefined => {
    const arrival = task.lastArrival;
    return clock === undefined || arrival === undefined ? undefined : Math.max(0, Math.round((clock - arrival) / 1e6));
  };
  return [...waits]
    .map(([task, wait]) =>
      row<StuckRow>({
        task: hex(task.address),
        pid: task.pid,
        comm: task.comm,
        for: wait?.for,
        address: hex(wait?.address),
        owner: wait?.owner ? { pid: wait.owner.pid, comm: wait.owner.comm, task: hex(wait.owner.address) } : null,
        path: wait?.path ?? null,
        index: wait?.index ?? null,
        sector: wait?.sector ?? null,
        bit: wait?.bit ?? null,
        request: wait?.request ? requestRow(wait.request, clock) : null,
        sinceMs: since(task),
        waitsFor: chainOf(task, waits),
        symbol: wait ? (symbolOf(inspection, wait.address) ?? null) : null,
        in: wait?.in ?? null,
      }),
    )
    .sort((a, b) => (b.sinceMs ?? 0) - (a.sinceMs ?? 0));
}

function symbolOf({ kernel }: Inspection, address: bigint): string | undefined {
  return kernel.symbols.at(address) && symbolText(kernel, address);
}

function requestRow({ disk, request }: NonNullable<Wait['request']>, clock: number | undefined): RequestOf {
  const { op, sector, bytes, tag, started } = request;
  const ageMs = clock === undefined || started === undefined ? undefined : Math.max(0, Math.round((clock - started) / 1e6));
  return { disk, op, sector, bytes, ageMs, tag };
}

/** By task; undefined where its stack does not tell. Owners that sleep otherwise are looked at too. */
function waitsOf({ kernel, tasks }: Inspection, stacks: KernelStacks): Map<Task, Wait | undefined> {
  const context: WaitContext = {
    kernel,
    onStack: stackMap(tasks),
    taskAt: (address) => tasks.byAddress.get(address),
    working: workersOf(kernel),
  };
  const running = new Set(tasks.running.values());
  const waits = new Map<Task, Wait | undefined>();
  const leaderOf = leaders(tasks.all);
  for (const task of tasks.all) {
    if (task.state !== 'UN' || running.has(task)) continue;
    const wait = waitOf(context, task, stacks);
    const name = wait?.for === 'rwsem' ? lockName(kernel, wait.address, leaderOf) : undefined;
    waits.set(task, name === undefined ? wait : wait && { ...wait, path: name });
  }
  return waits;
}

function waitOf(context: WaitContext, task: Task, stacks: KernelStacks): Wait | undefined {
  const frames = liveFrames(context.kernel, stacks.ofTask(task.address));
  const found = lockOf(context, task, frames) ?? queueOf(context, task, frames);
  return found && { ...found, task, in: waitingIn(frames) };
}

function chainOf(task: Task, waits: ReadonlyMap<Task, Wait | undefined>): number[] {
  const pids: number[] = [];
  const seen = new Set([task]);
  for (let owner = waits.get(task)?.owner; owner; owner = waits.get(owner)?.owner) {
    pids.push(owner.pid ?? -1);
    if (seen.has(owner)) break;
    seen.add(owner);
  }
  return pids;
}
