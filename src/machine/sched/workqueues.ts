import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { xarray } from '../../kernel/xarray.ts';
import { symbolText } from '../irq/timers.ts';
import { hex, type Known, row } from '../row.ts';

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
  const pools = kernel.variable('worker_pool_idr', 'idr');
  if (!pools) return [];
  // an idr is an xarray that counts from 0, or idr_base
  return [...xarray(kernel, pools.ptr('idr_rt.xa_head'), 'the table of worker pools')].map(([id, at]) => {
    const pool = kernel.struct('worker_pool', at);
    const cpu = pool.num('cpu');
    return row<PoolRow>({
      pool: hex(at),
      id,
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
  const workers = [...list(kernel, pool.at('workers'), { what: 'a list of workers', type: 'worker', member: 'node' })];
  return workers
    .filter((worker) => worker.ptr('current_work') !== 0n)
    .map((worker) => ({
      pid: worker.follow('task', 'task_struct')?.num('pid'),
      workqueue: worker.follow('current_pwq', 'pool_workqueue')?.follow('wq', 'workqueue_struct')?.text('name'),
      function: functionOf(kernel, worker.ptr('current_func')),
    }));
}

const functionOf = (kernel: KernelContext, at: bigint | undefined): string =>
  at === undefined ? '(not in the dump)' : symbolText(kernel, at);
