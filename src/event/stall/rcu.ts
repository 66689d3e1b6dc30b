import type { Line } from '../../../grammars/common/line.ts';
import { RCU } from '../../../grammars/stall/lines.ts';
import { allSaid, type Facts, lineOf, recordAt, said, saidBy } from '../facts/facts.ts';
import { present, Said, type SayableDetails } from '../facts/said.ts';
import { some, tableOf } from './rows.ts';

const { print_cpu_stall, print_other_cpu_stall, synchronize_rcu_expedited_stall: expedited } = RCU;
/** The heads, and what the details call each: what does not end, and who found out. */
const HEADS = new Map<Line, string | undefined>([
  [RCU.check_cpu_stall, undefined],
  [print_cpu_stall, 'self-detected'],
  [expedited, 'expedited'],
  [print_other_cpu_stall, 'detected'],
  [RCU.check_holdout_task_head, 'tasks'],
  [RCU.print_cpu_stall_2_6, undefined],
  [RCU.check_cpu_stall_tiny, undefined],
  [RCU.other_stall, undefined],
]);
/** What any of the heads may say: until 3.14 all on one line. */
const ANY_HEAD = { ...expedited, fields: { ...print_other_cpu_stall.fields, ...expedited.fields } };

function headOf(facts: Facts) {
  const line = lineOf(facts, ...HEADS.keys());
  return line && { type: HEADS.get(line.row), line, ...saidBy(facts, ANY_HEAD, line) };
}

/** kernel/rcu/tree_stall.h, tree_exp.h, tasks.h. Times are jiffies: the log does not say how long one is. */
export function rcuStallDetails(facts: Facts): SayableDetails | undefined {
  const head = headOf(facts);
  const totals = said(facts, RCU.print_stall_totals);
  const starved = said(facts, RCU.rcu_check_gp_kthread_starvation);
  const timer = said(facts, RCU.rcu_check_gp_kthread_expired_fqs_timer);
  const ended = lineOf(facts, RCU.print_other_cpu_stall_ended);
  return present({
    flavour: head?.flavour,
    type: head?.type && new Said(head.type, recordAt(facts.report, head.line.line)),
    jiffies: totals?.jiffies ?? head?.jiffies,
    gracePeriod: totals?.gp ?? head?.gp ?? starved?.gp ?? timer?.gp,
    expeditedSequence: head?.sequence,
    callbacksQueued: totals?.queued ?? head?.queued,
    detectedBy: totals?.detectedBy ?? head?.detectedBy,
    cpus: stalledCpus(facts),
    tasks: stalledTasks(facts),
    cpuStates: tableOf(facts, RCU.print_cpu_stall_info, {
      cpu: 'cpu',
      periodsBehind: 'behind',
      ticks: 'ticks',
      flags: 'flags',
      idle: 'idle',
      softirq: 'softirq',
      softirqNow: 'softirqNow',
      forcedQuiescentStates: 'fqs',
    }),
    holdouts: tableOf(facts, RCU.check_holdout_task, {
      switches: 'switches',
      switchesNow: 'switchesNow',
      idleCpu: 'idleCpu',
      lastCpu: 'lastCpu',
    }),
    kthreadStarvedJiffies: starved?.jiffies,
    kthreadTimerLateJiffies: timer?.jiffies,
    kthreadState: starved?.state ?? timer?.state,
    kthreadCpu: starved?.cpu,
    kthreadIdleJiffies: said(facts, RCU.print_other_cpu_stall_seen)?.idle,
    ended: ended && new Said(true, recordAt(facts.report, ended.line)),
  });
}

/** CPUs that did not report: their own lines, the list of an expedited stall, the braces of kernels before 3.15. */
export function stalledCpus(facts: Facts): Said<number[]> | undefined {
  const own = allSaid(facts, RCU.print_cpu_stall_info).flatMap(({ cpu }) => cpu?.map((n) => [n]) ?? []);
  const listed = headOf(facts)?.cpus;
  return together(listed === undefined ? own : [...own, listed]);
}

/** Tasks that block the grace period: `P30/1:b..l`, `P28912`. */
export function stalledTasks(facts: Facts): Said<number[]> | undefined {
  const lists = [headOf(facts)?.tasks, ...allSaid(facts, RCU.rcu_print_task_stall).map(({ tasks }) => tasks)];
  return together(lists.flatMap((list) => list ?? []));
}

/** One list of several, each number once, with the records of all. */
function together(lists: readonly Said<readonly number[]>[]): Said<number[]> | undefined {
  const numbers = some([...new Set(lists.flatMap(({ value }) => value))]);
  return numbers && new Said(numbers, [...new Set(lists.flatMap(({ records }) => records))]);
}
