import type { Details } from '../event.ts';
import type { Facts } from '../facts/facts.ts';
import { cpuList, number, present } from './details.ts';

/** Rows of one kind that an event holds; the records hold all. */
const MAX_ROWS = 1024;

/** kernel/workqueue.c: pools that are stuck, busy workqueues with their works, the state of the pools. */
export function workqueueDetails(facts: Facts): Details {
  const stuck = facts.heads.filter((h) => h.rule === 'wq_watchdog_timer_fn').map((h) => pool(h.fields));
  const seconds = stuck.map((p) => Number(p.seconds ?? 0));
  const cpus = stuck.flatMap((p) => cpuList(typeof p.cpus === 'string' ? p.cpus : undefined));
  const works: Flat[] = [];
  const pools: Flat[] = [];
  let workqueue: string | undefined;
  let pwq: Readonly<Record<string, string>> | undefined;
  for (const { rule, fields } of facts.heads) {
    if (rule === 'show_one_workqueue') workqueue = fields.name;
    else if (rule === 'show_pwq') pwq = fields;
    else if (rule === 'show_pwq_works' && works.length < MAX_ROWS) works.push(...worksOf(fields, workqueue, pwq));
    else if (rule === 'show_one_worker_pool' && pools.length < MAX_ROWS && fields.workers !== undefined) pools.push(pool(fields));
  }
  return present({
    seconds: seconds.length === 0 ? undefined : Math.max(...seconds),
    cpus: cpus.length === 0 ? undefined : [...new Set(cpus)],
    stuckPools: stuck.length === 0 ? undefined : stuck,
    works: works.length === 0 ? undefined : works.slice(0, MAX_ROWS),
    pools: pools.length === 0 ? undefined : pools,
  });
}

type Flat = Record<string, string | number>;

const flat = (entries: Record<string, string | number | undefined>): Flat =>
  Object.fromEntries(Object.entries(entries).filter(([, v]) => v !== undefined)) as Flat;

const pool = (f: Readonly<Record<string, string>>): Flat =>
  flat({
    pool: number(f.pool),
    cpus: f.cpus,
    node: number(f.node),
    flags: f.flags,
    nice: number(f.nice),
    seconds: number(f.seconds ?? f.hung),
    workers: number(f.workers),
    manager: number(f.manager),
    idle: f.idle?.trim(),
  });

/** `35:do_free_init do_free_init, 12(RESCUER):x [mod] BAR(9)`: the workers' pids stand before in-flight functions. */
function worksOf(
  fields: Readonly<Record<string, string>>,
  workqueue: string | undefined,
  pwq: Readonly<Record<string, string>> | undefined,
): Flat[] {
  return (fields.works ?? '')
    .split(/ ?, ?/)
    .filter((work) => work !== '')
    .map((work) => {
      const m = /^(?:(\d+)(?:\(RESCUER\))?:)?(.*)$/.exec(work.trim());
      return flat({ workqueue, pool: number(pwq?.pool), cpus: pwq?.cpus, state: fields.what, worker: number(m?.[1]), work: m?.[2] });
    });
}
