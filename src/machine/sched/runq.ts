import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import { rbtree } from '../../kernel/rbtree.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row } from '../row.ts';
import type { Tasks } from '../tasks/find-tasks.ts';

/** A row of `runq`: a task that runs or wants to. */
export interface RunqRow {
  readonly cpu: number;
  readonly queue: 'current' | 'rt' | 'cfs';
  readonly pid: number;
  readonly task: string;
  readonly comm: string;
  /** Kernel priority: 100 to 139 normal, below real-time. */
  readonly prio: number;
}

/** Groups nest as cgroups do. */
const MAX_GROUPS = 64;

export function runqRows(kernel: KernelContext, tasks: Tasks): Known<RunqRow>[] {
  return tasks.runQueues.flatMap(({ cpu, rq, curr }) => [
    ...(curr ? [rowOf(cpu, 'current', curr)] : []),
    ...[...realTime(kernel, rq)].filter(({ address }) => address !== curr?.address).map((task) => rowOf(cpu, 'rt', task)),
    ...[...fair(kernel, rq.inner('cfs'), new Set(), 0)].map((task) => rowOf(cpu, 'cfs', task)),
  ]);
}

const rowOf = (cpu: number, queue: RunqRow['queue'], task: Struct): Known<RunqRow> =>
  row<RunqRow>({ cpu, queue, pid: task.num('pid'), task: hex(task.address), comm: task.text('comm'), prio: task.num('prio') });

/** A list for each of 100 priorities. */
function* realTime(kernel: KernelContext, rq: Struct): Generator<Struct> {
  const queues = rq.member('rt.active.queue')?.length ?? 0;
  const entity = kernel.types.member('task_struct', 'rt')?.offset;
  if (entity === undefined) return;
  for (let i = 0; i < queues; i++) {
    const queue = list(kernel, rq.at(`rt.active.queue[${i}]`), { what: 'a real-time queue', type: 'sched_rt_entity', member: 'run_list' });
    for (const each of queue) if (!each.has('my_q') || each.ptr('my_q') === 0n) yield each.as('task_struct', -entity);
  }
}

/**
 * A tree of entities by their time, tasks and groups; the one that runs is not in it.
 * @param seen addresses of the queues so far
 */
function* fair(kernel: KernelContext, queue: Struct | undefined, seen: Set<bigint>, depth: number): Generator<Struct> {
  const entity = kernel.types.member('task_struct', 'se')?.offset;
  if (!queue || entity === undefined || depth > MAX_GROUPS) return;
  if (seen.has(queue.address)) return kernel.losses.stop('the tree of runnable tasks loops');
  seen.add(queue.address);
  // rb_root_cached since 4.14
  const root = queue.has('tasks_timeline.rb_root') ? 'tasks_timeline.rb_root.rb_node' : 'tasks_timeline.rb_node';
  for (const each of rbtree(kernel, queue.ptr(root), { what: 'the tree of runnable tasks', type: 'sched_entity', member: 'run_node' })) {
    const group = each.has('my_q') ? each.follow('my_q', 'cfs_rq') : undefined;
    if (group) yield* fair(kernel, group, seen, depth + 1);
    else yield each.as('task_struct', -entity);
  }
}
