import { HELD } from '../../../grammars/lock/held-lines.ts';
import { DUMPS, RCU, WATCHDOGS, WORKQUEUES } from '../../../grammars/stall/lines.ts';
import type { Facts } from './facts.ts';

/** Rows of one table that an event holds; the records hold all. */
export const MAX_ROWS = 1024;
/** A machine-wide table (sysrq d, hung tasks) is longer than anyone reads. */
export const MAX_LOCKS = 512;
/** Tasks of sysrq t. */
export const MAX_TASKS = 4096;
/** Memory cgroups whose counters a kernel until 5.2 prints with an OOM kill, one line each, the one at its limit first. */
export const MAX_GROUPS = 4096;

const TABLES = [
  { what: 'locks', most: MAX_LOCKS, rows: [HELD.print_lock] },
  { what: 'tasks', most: MAX_TASKS, rows: [DUMPS.sched_show_task, DUMPS.sched_show_task_columns] },
  { what: 'rows of interrupts', most: MAX_ROWS, rows: [WATCHDOGS.print_irq_counts_row] },
  { what: 'CPUs', most: MAX_ROWS, rows: [RCU.print_cpu_stall_info] },
  { what: 'tasks that RCU waits for', most: MAX_ROWS, rows: [RCU.check_holdout_task] },
  { what: 'worker pools', most: MAX_ROWS, rows: [WORKQUEUES.show_one_worker_pool] },
] as const;

/** What of a report's tables an event leaves out, in words; undefined where it holds them whole. */
export function leftOutOf({ heads }: Facts): string | undefined {
  if (heads.length <= MAX_LOCKS) return undefined;
  const cut = TABLES.flatMap(({ what, most, rows }) => {
    const listed = heads.filter(({ row }) => rows.some((each) => each === row)).length;
    return listed > most ? [`${most} of ${listed} ${what}`] : [];
  });
  return cut.length === 0 ? undefined : heldOnly(cut.join(', '));
}

export const heldOnly = (rows: string): string => `the event holds ${rows}; the log has all`;
