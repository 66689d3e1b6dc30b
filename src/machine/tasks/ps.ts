import { presentPages } from '../memory/zones.ts';
import { hex, type Known, row } from '../row.ts';
import { cgroupOf } from './cgroup.ts';
import type { Tasks } from './find-tasks.ts';
import { residentPages } from './resident.ts';
import type { RunQueue } from './run-queues.ts';
import type { TaskState } from './state.ts';
import type { Task } from './task.ts';

/** A row of `ps`. */
export interface PsRow {
  readonly pid: number;
  readonly ppid: number;
  readonly tgid: number;
  readonly cpu: number;
  /** Address of its task_struct. */
  readonly task: string;
  readonly state: TaskState;
  readonly memPercent: number;
  readonly vszKb: number;
  readonly rssKb: number;
  readonly comm: string;
  readonly active: boolean;
  readonly cgroup: string;
}

/** @param wanted all tasks where absent */
export function psRows(tasks: Tasks, wanted: readonly Task[] = tasks.all): Known<PsRow>[] {
  const threads = new Map<bigint, Task[]>();
  for (const task of tasks.all) {
    const mm = task.mm;
    if (!mm) continue;
    const sharers = threads.get(mm);
    if (sharers) sharers.push(task);
    else threads.set(mm, [task]);
  }
  const active = new Set([...tasks.running.values()].map((task) => task.address));
  const total = wanted[0] && presentPages(wanted[0].kernel);
  return wanted.map((task) => {
    const memory = memoryOf(task, threads, total);
    return row<PsRow>({
      pid: task.pid,
      ppid: task.parent?.num('pid') ?? (task.struct.ptr('parent') === 0n ? 0 : undefined),
      tgid: task.tgid,
      cpu: task.cpu,
      task: hex(task.address),
      state: task.state,
      ...memory,
      comm: task.comm,
      active: active.has(task.address),
      cgroup: task.idleOf === undefined && task.struct.has('cgroups') ? cgroupOf(task.struct) : null,
    });
  });
}

type Usage = { readonly [K in 'memPercent' | 'vszKb' | 'rssKb']: number | undefined };

function memoryOf(task: Task, threads: ReadonlyMap<bigint, readonly Task[]>, total: number | undefined): Usage {
  const at = task.mm;
  if (at === undefined) return { memPercent: undefined, vszKb: undefined, rssKb: undefined };
  if (at === 0n) return { memPercent: 0, vszKb: 0, rssKb: 0 }; // kernel threads have no memory of their own
  const { kernel } = task;
  const page = kernel.memory.pageSize / 1024;
  const mm = kernel.struct('mm_struct', at);
  const sharers = (threads.get(at) ?? []).map(({ struct }) => struct);
  const rss = residentPages(kernel, mm, sharers);
  const vsz = mm.num('total_vm');
  return {
    memPercent: rss === undefined || !total ? undefined : Math.round((rss * 1000) / total) / 10,
    vszKb: vsz === undefined ? undefined : vsz * page,
    rssKb: rss === undefined ? undefined : rss * page,
  };
}

/** A row of `ps -m`. */
export interface LastRunRow {
  readonly lastRunAgoNs: number;
  readonly state: TaskState;
  readonly pid: number;
  readonly task: string;
  readonly cpu: number;
  readonly comm: string;
}

/** When each task last ran, by the clock of its CPU; the latest first. */
export function lastRunRows(tasks: Tasks, wanted: readonly Task[] = tasks.all): Known<LastRunRow>[] {
  const clocks = clocksOf(tasks.runQueues);
  return [...wanted]
    .sort((a, b) => (b.lastArrival ?? -1) - (a.lastArrival ?? -1))
    .map((task) =>
      row<LastRunRow>({
        lastRunAgoNs: ago(clocks.get(task.cpu ?? -1), task.lastArrival),
        state: task.state,
        pid: task.pid,
        task: hex(task.address),
        cpu: task.cpu,
        comm: task.comm,
      }),
    );
}

const clocksOf = (queues: readonly RunQueue[]): ReadonlyMap<number, number | undefined> =>
  new Map(queues.map(({ cpu, rq }) => [cpu, rq.num('clock')]));

/** A task that was put on after its CPU's clock was last set ran just now. */
const ago = (clock: number | undefined, arrival: number | undefined): number | undefined =>
  clock === undefined || arrival === undefined ? undefined : Math.max(0, clock - arrival);
