import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { xarray } from '../../kernel/xarray.ts';
import { hex, type Known, row } from '../row.ts';
import { symbolText } from '../symbol-text.ts';

/** A row of `wq`: a pool of workers. */
export interface PoolRow {
  readonly pool: string;
  readonly id: number;
  /** Absent for pools that are bound to no CPU. */
  readonly cpu: number;
  readonly workers: number;
  readonly idle: number;
  readonly busy: readonly BusyWorker[];
  /** Functions of the work that waits for a worker. */
  readonly pending: readonly string[];
}

interface BusyWorker {
  readonly pid?: number | undefined;
  readonly workqueue?: string | undefined;
  readonly function?: string | undefined;
}

export function poolRows(kernel: KernelContext): Known<PoolRow>[] {
  return poolsOf(kernel).map((pool) => {
    const cpu = pool.num('cpu');
    return row<PoolRow>({
      pool: hex(pool.address),
      id: pool.num('id'),
      cpu: cpu !== undefined && cpu < 0 ? null : cpu,
      workers: pool.num('nr_workers'),
      idle: pool.num('nr_idle'),
      busy: busyWorkers(kernel, pool),
      pending: [...list(kernel, pool.at('worklist'), { what: 'a list of pending work', type: 'work_struct', member: 'entry' })].map(
        (work) => functionOf(kernel, work.ptr('func')),
      ),
    });
  });
}

function busyWorkers(kernel: KernelContext, pool: Struct): BusyWorker[] {
  return workersIn(kernel, pool)
    .filter((worker) => worker.ptr('current_work') !== 0n)
    .map((worker) => ({
      pid: worker.follow('task', 'task_struct')?.num('pid'),
      workqueue: worker.follow('current_pwq', 'pool_workqueue')?.follow('wq', 'workqueue_struct')?.text('name'),
      function: functionOf(kernel, worker.ptr('current_func')),
    }));
}

/** Finds the task of the worker that does a work now; looked up once asked. */
export function workersOf(kernel: KernelContext): (work: bigint) => bigint | undefined {
  let working: Map<bigint, bigint> | undefined;
  return (work) => {
    working ??= new Map(
      poolsOf(kernel).flatMap((pool) =>
        workersIn(kernel, pool).flatMap((worker) => {
          const current = worker.ptr('current_work');
          const task = worker.ptr('task');
          return current && task ? [[current, task] as const] : [];
        }),
      ),
    );
    return working.get(work);
  };
}

/** An idr is an xarray. */
function poolsOf(kernel: KernelContext): Struct[] {
  const pools = kernel.variable('worker_pool_idr', 'idr');
  if (!pools) return [];
  const entries = xarray(kernel, pools.at('idr_rt'), 'the table of worker pools');
  return [...entries].map(([, at]) => kernel.struct('worker_pool', at));
}

const workersIn = (kernel: KernelContext, pool: Struct): Struct[] => [
  ...list(kernel, pool.at('workers'), { what: 'a list of workers', type: 'worker', member: 'node' }),
];

const functionOf = (kernel: KernelContext, at: bigint | undefined): string =>
  at === undefined ? '(not in the dump)' : symbolText(kernel, at);
