import { cpuList } from '../../../grammars/common/fields.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { WORKQUEUES } from '../../../grammars/stall/lines.ts';
import { type Facts, recordAt } from '../facts/facts.ts';
import { present, Said, type SayableDetails } from '../facts/said.ts';
import { MAX_ROWS } from '../facts/tables.ts';
import { type Row, rowOf, some, tableOf } from './rows.ts';

const { show_one_workqueue, show_pwq, show_pwq_works, show_one_worker_pool, wq_watchdog_timer_fn } = WORKQUEUES;
const POOL = {
  pool: 'pool',
  cpus: 'cpus',
  node: 'node',
  flags: 'flags',
  nice: 'nice',
  seconds: 'seconds',
  workers: 'workers',
  manager: 'manager',
  idle: 'idle',
} as const;
const { pool: _id, workers: _workers, manager: _manager, idle: _idle, ...STUCK } = POOL;

/** kernel/workqueue.c: pools that are stuck, busy workqueues with their works, the state of the pools. */
export function workqueueDetails(facts: Facts): SayableDetails | undefined {
  const stuck = tableOf(facts, wq_watchdog_timer_fn, STUCK);
  const pools = tableOf(facts, show_one_worker_pool, POOL)?.filter(({ value }) => value.workers !== undefined);
  const cpus = (stuck ?? []).flatMap((pool) => {
    const list = typeof pool.value.cpus === 'string' ? cpuList(pool.value.cpus) : undefined;
    return list === undefined ? [] : new Said(list, pool.records);
  });
  return present({
    seconds: longest(stuck ?? []),
    cpus: some(cpus) && new Said([...new Set(cpus.flatMap(({ value }) => value))], [...new Set(cpus.flatMap(({ records }) => records))]),
    stuckPools: stuck,
    works: some(worksOf(facts)),
    pools: pools && some(pools),
  });
}

function longest(stuck: readonly Said<Row>[]): Said<number> | undefined {
  let most: Said<number> | undefined;
  for (const { value, records } of stuck) {
    const { seconds } = value;
    if (typeof seconds !== 'number') continue; // the line is cut: for how long is unknown
    if (most === undefined || seconds > most.value) most = new Said(seconds, records);
  }
  return most;
}

/** Each work with its workqueue and pool, whose lines come before it. */
function worksOf({ heads, report }: Facts): Said<Row>[] {
  const works: Said<Row>[] = [];
  let workqueue: HeadNode | undefined;
  let pwq: HeadNode | undefined;
  for (const node of heads) {
    if (node.row === show_one_workqueue) workqueue = node;
    else if (node.row === show_pwq) pwq = node;
    else if (node.row === show_pwq_works && works.length < MAX_ROWS) {
      const of = [workqueue, pwq].filter((line) => line !== undefined);
      const row = {
        ...(workqueue && rowOf(workqueue, show_one_workqueue, { workqueue: 'name' })),
        ...(pwq && rowOf(pwq, show_pwq, { pool: 'pool', cpus: 'cpus' })),
        ...rowOf(node, show_pwq_works, { state: 'state', worker: 'worker', work: 'work', seconds: 'seconds' }),
      };
      works.push(new Said(row, [...new Set([...of, node].flatMap(({ line }) => recordAt(report, line)))]));
    }
  }
  return works;
}
