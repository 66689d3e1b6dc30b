import type { Details } from '../event.ts';
import { type Facts, headOf } from '../facts/facts.ts';

/** Entries without the absent. */
export const present = (entries: Record<string, Details[string] | undefined>): Details =>
  Object.fromEntries(Object.entries(entries).filter(([, v]) => v !== undefined)) as Details;
export const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** `0,2-4` → 0, 2, 3, 4; at most 1024 of them. */
export function cpuList(text: string | undefined): number[] {
  const cpus: number[] = [];
  for (const part of (text ?? '').split(/[ ,]+/)) {
    const m = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (m?.[1] === undefined) continue;
    for (let cpu = Number(m[1]); cpu <= Number(m[2] ?? m[1]) && cpus.length < 1024; cpu++) cpus.push(cpu);
  }
  return cpus;
}

/** kernel/hung_task.c: how long, in which state, and who holds what it waits for. */
export function hungDetails(facts: Facts): Details {
  const said = headOf(facts, 'check_hung_task')?.fields;
  const task = headOf(facts, 'sched_show_task', 'sched_show_task_columns')?.fields;
  const blocker = facts.heads.find((h) => h.rule === 'debug_show_blocker')?.fields;
  return present({
    seconds: number(said?.seconds),
    ioWait: said?.wait === undefined ? undefined : true,
    state: task?.state,
    stackFree: number(task?.stack),
    parentPid: number(task?.ppid),
    blockedOn: blocker?.lock,
    blockedAs: blocker?.as,
    ownerComm: blocker?.owner,
    ownerPid: number(blocker?.ownerPid),
    ownerAs: blocker?.ownerAs,
    ownerIs: blocker?.how,
  });
}

/** kernel/watchdog.c */
export function lockupDetails(facts: Facts): Details {
  const said = headOf(facts, 'watchdog_timer_fn', 'watchdog_hardlockup_check')?.fields;
  const rows = facts.heads.filter((h) => h.rule === 'print_cpustat_row');
  return present({
    seconds: number(said?.seconds),
    cpu: number(said?.cpu),
    cpus: said?.cpus === undefined ? undefined : cpuList(said.cpus),
    detectedBy: number(said?.detectedBy),
    utilization:
      rows.length === 0
        ? undefined
        : rows.map(({ fields: f }) => ({
            system: Number(f.system),
            softirq: Number(f.softirq),
            hardirq: Number(f.hardirq),
            idle: Number(f.idle),
          })),
  });
}

/** kernel/rcu/tree_stall.h, tree_exp.h, tasks.h. Times are jiffies: the log does not say how long one is. */
export function rcuStallDetails(facts: Facts): Details {
  const said = headOf(facts, 'print_cpu_stall')?.fields;
  const totals = headOf(facts, 'print_stall_totals')?.fields;
  const kthread = facts.heads.filter((h) => h.rule === 'rcu_check_gp_kthread_starvation').map((h) => h.fields);
  const starved = kthread.find((f) => f.how === 'starved');
  const timer = kthread.find((f) => f.how !== 'starved');
  const idle = headOf(facts, 'print_all_qs_seen')?.fields.idle;
  const cpus = stalledCpus(facts);
  const tasks = stalledTasks(facts);
  const states = facts.heads.filter((h) => h.rule === 'print_cpu_stall_info');
  return present({
    flavour: said?.flavour,
    type: said?.type === 'CPUs' ? 'detected' : said?.type,
    jiffies: number(totals?.jiffies ?? said?.jiffies),
    gracePeriod: number(totals?.gp ?? starved?.gp ?? timer?.gp),
    expeditedSequence: number(said?.sequence),
    callbacksQueued: number(totals?.queued),
    detectedBy: number(totals?.detectedBy ?? said?.detectedBy),
    cpus: cpus.length === 0 ? undefined : cpus,
    tasks: tasks.length === 0 ? undefined : tasks,
    cpuStates:
      states.length === 0
        ? undefined
        : states.slice(0, 1024).map(({ fields: f }) => ({
            cpu: Number(f.cpu),
            ...(f.unit === 'GPs behind' ? { periodsBehind: Number(f.count) } : { ticks: Number(f.count) }),
            ...(f.flags === undefined ? {} : { flags: f.flags }),
            ...(f.idle === undefined ? {} : { idle: f.idle }),
            ...(f.softirq === undefined ? {} : { softirq: Number(f.softirq), softirqNow: Number(f.softirqNow) }),
            ...(f.fqs === undefined ? {} : { forcedQuiescentStates: Number(f.fqs) }),
          })),
    kthreadStarvedJiffies: number(starved?.jiffies),
    kthreadTimerLateJiffies: number(timer?.jiffies),
    kthreadState: starved?.state ?? timer?.state,
    kthreadCpu: number(starved?.cpu),
    kthreadIdleJiffies: number(idle),
    ended: headOf(facts, 'print_stall_ended') === undefined ? undefined : true,
  });
}

/** CPUs that did not report: their own lines, the list of an expedited stall, the braces of kernels before 3.15. */
export function stalledCpus(facts: Facts): number[] {
  const said = headOf(facts, 'print_cpu_stall')?.fields;
  const own = facts.heads.filter((h) => h.rule === 'print_cpu_stall_info').map((h) => Number(h.fields.cpu));
  const listed = [...(said?.list ?? '').matchAll(/(\d+)-\S*/g)].filter((m) => !/P\d/.test(m[0])).map((m) => Number(m[1]));
  return [...new Set([...own, ...listed, ...cpuList(said?.cpus ?? said?.cpu)])];
}

/** Tasks that block the grace period: `P30/1:b..l`, `P28912`. */
export function stalledTasks(facts: Facts): number[] {
  const texts = facts.heads.flatMap((h) =>
    h.rule === 'rcu_print_task_stall' ? [h.fields.tasks] : h.rule === 'print_cpu_stall' ? [h.fields.list] : [],
  );
  return [...new Set(texts.flatMap((t) => [...(t ?? '').matchAll(/\bP(\d+)/g)].map((m) => Number(m[1]))))];
}
