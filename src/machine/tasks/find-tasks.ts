import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { tasksByPid, tasksInSlabs } from './recover.ts';
import { type RunQueue, runQueues } from './run-queues.ts';
import { Task } from './task.ts';

/** All tasks of a dump, and what had to be done to find them. */
export interface Tasks {
  /** Idle tasks by CPU, then by pid. */
  readonly all: readonly Task[];
  readonly byAddress: ReadonlyMap<bigint, Task>;
  /** Those on a CPU, by CPU. */
  readonly running: ReadonlyMap<number, Task>;
  /** How many each way of finding them added, where the list alone did not do. */
  readonly recovered: readonly { readonly from: string; readonly tasks: number }[];
  readonly runQueues: readonly RunQueue[];
}

/** Idle tasks are on no list but their CPU's run queue; all others are threads of leaders on the list that init_task heads. */
export function findTasks(kernel: KernelContext): Tasks {
  const queues = runQueues(kernel);
  const found = new Map<bigint, Task>();
  const add = (struct: Struct, idleOf?: number): void => {
    if (!found.has(struct.address)) found.set(struct.address, new Task(kernel, struct, idleOf));
  };
  for (const { cpu, idle } of queues) if (idle) add(idle, cpu);
  const init = kernel.variable('init_task', 'task_struct');
  const headless = new Set<bigint>();
  const recovered: { from: string; tasks: number }[] = [];
  const take = (from: string, tasks: Iterable<Struct>): void => {
    const before = found.size;
    for (const task of tasks) for (const thread of threadsOf(kernel, new Task(kernel, task), () => headless.add(task.address))) add(thread);
    if (found.size > before) recovered.push({ from, tasks: found.size - before });
  };
  const stopsBefore = kernel.losses.stops.size;
  const head = init?.at('tasks');
  take('list', list(kernel, head, { what: TASK_LIST, type: 'task_struct', member: 'tasks' }));
  if (headless.size > 0) {
    const whose = headless.size === 1 ? 'one task' : `${headless.size} tasks`;
    kernel.losses.stop(`threads of ${whose} are searched by pid and in slabs: signal_struct, which lists them, is not in the dump`);
  }
  if (kernel.losses.stops.size > stopsBefore) {
    take('pids', tasksByPid(kernel));
    take('slabs', tasksInSlabs(kernel, [...found.values()].find(({ idleOf }) => idleOf === undefined)?.struct));
  }
  take(
    'run queues',
    queues.flatMap(({ curr, stop }) => [curr, stop].filter((task) => task !== undefined)),
  );
  const running = new Map<number, Task>();
  for (const { cpu, curr } of queues) {
    const task = curr && found.get(curr.address);
    if (task) running.set(cpu, task);
  }
  const all = [...found.values()].sort((a, b) => rank(a) - rank(b) || (a.pid ?? Infinity) - (b.pid ?? Infinity));
  return { all, byAddress: found, running, recovered, runQueues: queues };
}

const TASK_LIST = 'the list of tasks';
const rank = ({ idleOf }: Task): number => idleOf ?? Infinity;

/**
 * A leader and its threads (signal_struct.thread_head, since 3.14). Threads of the kernel are leaders, each by itself.
 * @param onLost told where a signal_struct is not in the dump: the leader may have threads
 */
function* threadsOf(kernel: KernelContext, leader: Task, onLost: () => void): Generator<Struct> {
  const { struct } = leader;
  yield struct;
  if (leader.isKernelThread || struct.ptr('signal') === 0n) return; // none, or it has exited
  const head = struct.follow('signal', 'signal_struct')?.at('thread_head');
  if (head === undefined || kernel.memory.word(head) === undefined) return onLost();
  yield* list(kernel, head, { what: 'a list of threads', type: 'task_struct', member: 'thread_node' });
}
