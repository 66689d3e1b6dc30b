import { CSD, DUMPS, HANGS, WATCHDOGS } from '../../../grammars/stall/lines.ts';
import { allSaid, type Facts, lineOf, said, saidBy } from '../facts/facts.ts';
import { present, type SayableDetails } from '../facts/said.ts';
import { tableOf } from './rows.ts';

/** kernel/hung_task.c: how long, in which state, and who holds what it waits for. */
export function hungDetails(facts: Facts): SayableDetails | undefined {
  const hung = said(facts, HANGS.hung_task_info);
  const frozen = said(facts, HANGS.try_to_freeze_tasks);
  const late = said(facts, HANGS.dpm_watchdog_handler);
  const blocker = said(facts, HANGS.debug_show_blocker_owner);
  const row = lineOf(facts, DUMPS.sched_show_task, DUMPS.sched_show_task_columns);
  const task = row && saidBy(facts, DUMPS.sched_show_task, row);
  return present({
    device: late?.device,
    driver: late?.driver,
    seconds: hung?.seconds ?? frozen?.seconds ?? late?.seconds,
    refusing: frozen?.refusing,
    ioWait: hung?.wait?.map(() => true),
    state: task?.state,
    stackFree: task?.stack,
    parentPid: task?.ppid,
    blockedOn: blocker?.lock ?? said(facts, HANGS.debug_show_blocker)?.lock,
    blockedAs: blocker?.as,
    ownerComm: blocker?.owner,
    ownerPid: blocker?.ownerPid,
    ownerAs: blocker?.ownerAs,
    ownerIs: blocker?.how,
  });
}

const { watchdog_timer_fn, watchdog_hardlockup_check, watchdog_smp_panic, soft_nmi_interrupt, die_nmi } = WATCHDOGS;
const { csd_lock_wait_toolong } = CSD;
/** What any of the watchdogs may say of the CPU. */
const ANY_WATCHDOG = {
  ...watchdog_timer_fn,
  fields: {
    ...watchdog_timer_fn.fields,
    ...watchdog_hardlockup_check.fields,
    ...watchdog_smp_panic.fields,
    ...csd_lock_wait_toolong.fields,
  },
};

/** The first line of a lockup: which CPU, how long, who noticed. */
export function lockupOf(facts: Facts) {
  const line = lineOf(
    facts,
    watchdog_timer_fn,
    watchdog_hardlockup_check,
    watchdog_smp_panic,
    soft_nmi_interrupt,
    die_nmi,
    csd_lock_wait_toolong,
  );
  return line && saidBy(facts, ANY_WATCHDOG, line);
}

/** kernel/watchdog.c, arch/powerpc/kernel/watchdog.c, kernel/smp.c: who is stuck, and in the middle of what. */
export function lockupDetails(facts: Facts): SayableDetails | undefined {
  const { seconds, cpu, cpus, detectedBy, request } = lockupOf(facts) ?? {};
  const waits = allSaid(facts, csd_lock_wait_toolong).at(-1)?.nanoseconds;
  return present({
    seconds: seconds ?? waits?.map((ns) => ns / 1e9),
    cpu,
    cpus,
    detectedBy,
    request,
    handling: said(facts, CSD.csd_lock_wait_toolong_handling)?.handling,
    unstuck: said(facts, CSD.csd_lock_wait_toolong_unstuck)?.end?.map(() => true),
    utilization: tableOf(facts, WATCHDOGS.print_cpustat_row, { system: 'system', softirq: 'softirq', hardirq: 'hardirq', idle: 'idle' }),
    interrupts: tableOf(facts, WATCHDOGS.print_irq_counts_row, { irq: 'irq', count: 'count' }),
  });
}
