import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

const rule = <N extends string, M extends string>(name: N, mode: M) => ({ grammar: 'stall', name, mode }) as const;
/** pr_cont_pool_info() */
const POOL = { cpus: words, node: int, flags: hex, nice: int };

/** kernel/workqueue.c: pools that make no progress, and what each is at. */
export const WORKQUEUES = lines({
  wq_watchdog_timer_fn: {
    printer: 'kernel/workqueue.c wq_watchdog_timer_fn()',
    releases: 'since 4.5; `bh` pools since 6.9',
    examples: [
      'BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=-20 stuck for 43s!',
      'workqueue: BUG: workqueue lockup - pool cpus=1 node=0 flags=0x10 bh-hi stuck for 43s!',
    ],
    start: /(?:workqueue: )?BUG: workqueue lockup/,
    opens: [{ form: 'workqueue', literals: ['BUG: workqueue lockup'], at: 'message' }],
    fields: { ...POOL, seconds: int },
    rule: rule('show_pool', 'pool'),
  },
  show_all_workqueues: {
    printer: 'kernel/workqueue.c show_all_workqueues(), show_freezable_workqueues()',
    releases: 'show_workqueue_state() from 4.1 to 5.15',
    examples: ['Showing busy workqueues and worker pools:', 'Showing freezable workqueues that are still busy:'],
    start: /Showing (?:busy|freezable) work/,
  },
  show_cpu_pools_busy_workers: {
    printer: 'kernel/workqueue.c show_cpu_pools_busy_workers()',
    releases: 'show_cpu_pools_hogs() in 6.12: `running workers in stalled CPU-bound worker pools`',
    examples: [
      'Showing backtraces of running workers in stalled CPU-bound worker pools:',
      'Showing backtraces of busy workers in stalled worker pools:',
    ],
    start: /Showing backtraces of /,
  },
  show_pool_no_running_worker: {
    printer: 'kernel/workqueue.c show_pool_no_running_worker()',
    releases: 'in 7.2, not in 6.12',
    examples: [
      'pool 2: no worker in running state, cpu=0 is idle (nr_workers=3 nr_idle=2)',
      'The pool might have trouble waking an idle worker.',
    ],
    start: /pool \d+: no worker in running|The pool might have trouble/,
  },
  show_one_workqueue: {
    printer: 'kernel/workqueue.c show_one_workqueue()',
    examples: ['workqueue events_power_efficient: flags=0x82'],
    start: /workqueue (?=[^\n]*: flags=0x)/,
    fields: { name: words, flags: hex },
    reads: [/^workqueue (?<name>.*): flags=(?<flags>0x[0-9a-f]+)/],
  },
  show_pwq: {
    printer: 'kernel/workqueue.c show_pwq()',
    releases: '`active=N/MAX` until 6.8',
    examples: [
      '  pwq 8: cpus=0-3 flags=0x4 nice=0 active=1/512 refcnt=5 MAYDAY',
      '  pwq 2: cpus=0 node=0 flags=0x0 nice=0 active=3 refcnt=4',
    ],
    start: /pwq \d+:/,
    fields: { pool: int, ...POOL, active: int, max: int, refcnt: int, mayday: words },
    rule: rule('show_pool', 'pool'),
  },
  show_pwq_works: {
    printer: 'kernel/workqueue.c show_pwq()',
    releases: '`delayed:` until 5.15, `inactive:` since; `3*fn` since 6.4; `for Ns` in 7.2, not in 6.12',
    examples: [
      '    in-flight: 35:driver_xyz_work [driver_xyz] BAR(8), 12(RESCUER):xyz_flush for 31s',
      '    pending: vmstat_shepherd, 3*driver_xyz_kick [driver_xyz] BAR(77)',
      '    inactive: driver_xyz_kick',
    ],
    start: /(?:in-flight|pending|inactive|delayed): ?/,
    fields: { state: words, worker: int, work: words, seconds: int },
    rule: rule('show_pwq_works', 'works'),
  },
  show_one_worker_pool: {
    printer: 'kernel/workqueue.c show_one_worker_pool()',
    releases: '`hung=` since 4.5; in 7.2 a busy worker’s pool alone',
    examples: ['pool 2: cpus=0 node=0 flags=0x0 nice=0 hung=43s workers=3 manager: 90 idle: 35 12(RESCUER)', 'pool 2:'],
    start: /pool \d+:/,
    fields: { pool: int, ...POOL, seconds: int, workers: int, manager: int, idle: words },
    rule: rule('show_pool', 'pool'),
  },
});
