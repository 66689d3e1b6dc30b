import { type HeadRule, head } from '../call-trace/head.ts';

/** kernel/workqueue.c pr_cont_pool_info() */
const POOL = String.raw`(?: cpus=(?<cpus>[\d,-]+))?(?: node=(?<node>-?\d+))?(?: flags=(?<flags>0x[0-9a-f]+))?(?: nice=(?<nice>-?\d+))?`;
const re = (source: string) => new RegExp(source);

export const WORKQUEUE_HEADS: readonly HeadRule[] = [
  // wq_watchdog_timer_fn(), since 4.5
  head('wq_watchdog_timer_fn', /(?:workqueue: )?BUG: workqueue lockup/, re(String.raw`- pool${POOL}.* stuck for (?<seconds>\d+)s`)),
  // show_all_workqueues() since 5.16, show_workqueue_state() since 4.1.
  head('show_all_workqueues', /Showing busy workqueues and worker pools/),
  // show_cpu_pools_hogs(), since 6.3.
  head('show_cpu_pools_hogs', /Showing backtraces of (?:running|busy) workers/),
  // show_one_workqueue()
  head('show_one_workqueue', /workqueue (?=[^\n]*: flags=0x)/, /workqueue (?<name>.*): flags=(?<flags>0x[0-9a-f]+)/),
  // show_pwq(); active=N/MAX until 6.8.
  head(
    'show_pwq',
    /pwq \d+:/,
    re(String.raw`pwq (?<pool>\d+):${POOL}.*? active=(?<active>\d+)(?:\/(?<max>\d+))?(?: refcnt=(?<refcnt>\d+))?(?<mayday> MAYDAY)?`),
  ),
  // "delayed:" until 5.15, "inactive:" since.
  head('show_pwq_works', /(?:in-flight|pending|inactive|delayed): ?/, /(?<what>in-flight|pending|inactive|delayed): *(?<works>.*)/),
  // show_one_worker_pool() since 5.16
  head(
    'show_one_worker_pool',
    /pool \d+:/,
    re(
      String.raw`pool (?<pool>\d+):${POOL}(?: hung=(?<hung>\d+)s)?(?: workers=(?<workers>\d+))?(?: manager: (?<manager>\d+))?(?: idle: (?<idle>.*))?`,
    ),
  ),
];
