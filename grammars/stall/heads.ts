import { BUG_HEADS } from '../bug/heads.ts';
import { type HeadRule, head } from '../call-trace/head.ts';
import { freeHead } from '../lock/free-head.ts';
import { HELD } from '../lock/held-lines.ts';
import { RCU_HEADS } from './rcu-heads.ts';
import { WORKQUEUE_HEADS } from './workqueue-heads.ts';

const HUNG: readonly HeadRule[] = [
  // kernel/hung_task.c debug_show_blocker(), since 6.15: mutex; semaphore 6.16, rw-semaphore 6.17.
  head(
    'debug_show_blocker',
    /INFO: task (?=[^\n]* blocked on an? )/,
    /INFO: task (?<comm>.{1,64}):(?<pid>\d+) (?:<(?<as>reader|writer)> )?(?:is )?blocked on an? (?<lock>mutex|semaphore|rw-semaphore)(?: likely (?<how>owned|last held) by task (?<owner>.{1,64}):(?<ownerPid>\d+))?(?: <(?<ownerAs>reader|writer)>)?/,
  ),
  // check_hung_task() since 2.6.25, hung_task_info() since 7.0; "in I/O wait" since 7.0; "can't die" only in linux-next.
  head(
    'check_hung_task',
    /INFO: task (?=[^\n]* (?:blocked|can't die) )/,
    /INFO: task (?<comm>.{1,64}):(?<pid>\d+) (?<how>blocked|can't die)(?: in (?<wait>I\/O wait))? for more than (?<seconds>\d+) seconds/,
  ),
];

const WATCHDOG: readonly HeadRule[] = [
  // kernel/watchdog.c watchdog_timer_fn(): the task is named since 2.6.23; seconds are the threshold's multiple.
  head(
    'watchdog_timer_fn',
    /(?:[\w ]+: )*BUG: soft lockup/,
    /CPU#(?<cpu>\d+) stuck for (?<seconds>\d+)s! *\[(?<comm>.*):(?<pid>\d+)\]/,
    /CPU#(?<cpu>\d+) stuck for (?<seconds>\d+)s/,
  ),
  // print_cpustat(), print_irq_counts(), since 6.10
  head('print_cpustat', /CPU#\d+ (?:Utilization every|Detect HardIRQ)/, /CPU#(?<cpu>\d+) (?<what>Utilization|Detect)/),
  head(
    'print_cpustat_row',
    /#\d+:[ \t]+\d+% system/,
    /#(?<n>\d+):\s+(?<system>\d+)% system,\s+(?<softirq>\d+)% softirq,\s+(?<hardirq>\d+)% hardirq,\s+(?<idle>\d+)% idle/,
  ),
  // kernel/watchdog.c watchdog_hardlockup_check() since 6.5 (perf and buddy), watchdog_overflow_callback() before; powerpc soft-NMI and SMP
  // detectors (arch/powerpc/kernel/watchdog.c); x86 die_nmi() until 2.6.37.
  head(
    'watchdog_hardlockup_check',
    /(?:[\w ]+: )*(?:CPU\d+: )?Watchdog detected hard LOCKUP|watchdog: CPU (?=[^\n]*LOCKUP)|BUG: NMI Watchdog/,
    /(?:CPU(?<detectedBy>\d+): )?Watchdog detected hard LOCKUP on cpu (?<cpu>\d+)/,
    /CPU (?<detectedBy>\d+) detected hard LOCKUP on other CPUs (?<cpus>[\d,-]+)/,
    /CPU (?<cpu>\d+) (?:self-detected hard|Hard) LOCKUP/,
    /LOCKUP on CPU(?<cpu>\d+)/,
  ),
];

const DUMPS: readonly HeadRule[] = [
  // lib/nmi_backtrace.c nmi_trigger_cpumask_backtrace(), nmi_cpu_backtrace(), since 3.18; arch/x86 before.
  head('nmi_trigger_cpumask_backtrace', /Sending NMI /, /from CPU (?<from>\d+) to CPUs (?<cpus>[\d,-]+)/),
  head(
    'nmi_cpu_backtrace',
    /NMI backtrace for cpu /,
    /for cpu (?<cpu>\d+)(?: skipped: (?<skipped>idling))?(?: at (?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+|pc 0x[0-9a-f]+))?/,
  ),
  // kernel/sched/core.c dump_cpu_task()
  head('dump_cpu_task', /Task dump for CPU /, /for CPU (?<cpu>\d+)/),
  // drivers/tty/sysrq.c showacpu(), sysrq_handle_showallcpus()
  head('showacpu', /(?:sysrq: )?CPU\d+:(?= backtrace skipped|(?![ \t]*[^ \t\n]))/, /CPU(?<cpu>\d+):(?: (?<skipped>backtrace skipped))?/),
  // drivers/tty/sysrq.c __handle_sysrq(): "SysRq : " until 4.x, "sysrq: SysRq : " until 5.0, "sysrq: " since 5.1.
  head('__handle_sysrq', /sysrq: (?:SysRq : )?(?=[A-Z])|SysRq : /, /(?:sysrq: SysRq : |SysRq : |sysrq: )(?<action>[A-Z].*?)\s*$/),
  // kernel/sched/core.c show_state_filter(), until 5.8
  head('show_state_filter', /task[ \t]+PC stack[ \t]+pid father/),
  // kernel/sched/core.c sched_show_task(): one word a column since 5.9; tgid since 6.10, task_flags since 6.14.
  head(
    'sched_show_task',
    /task:(?=[^\n]* state:)/,
    /task:(?<comm>.{1,64}?) +state:(?<state>\S)(?:\s+running task)?\s+stack: *(?<stack>\d+)\s+pid: *(?<pid>\d+)\s+(?:tgid: *(?<tgid>\d+)\s+)?ppid: *(?<ppid>\d+)/,
    /task:(?<comm>.{1,64}?) +state:(?<state>\S)/,
  ),
  // The same until 5.8: comm, state, PC (until 4.14), free stack, pid, parent, flags.
  freeHead(
    'sched_show_task_columns',
    /[^\n]{1,15} [RSDTtXZPIWKNC?] *(?:running task(?: on cpu +\d+)? +|(?:[0-9a-f]{8}|[0-9a-f]{16}|\(null\)) +)? *\d+ +\d+ +\d+ +0x[0-9a-f]{8}/,
    /^(?<comm>.{1,15}?) +(?<state>[RSDTtXZPIWKNC?]) *(?:running task(?: on cpu +\d+)? +|(?:[0-9a-f]{8}|[0-9a-f]{16}|\(null\)) +)? *(?<stack>\d+) +(?<pid>\d+) +(?<ppid>\d+) +0x/,
  ),
];

/** Heads of what the watchdogs print, and of the dumps of tasks and CPUs that go with them. */
export const STALL_HEADS: readonly HeadRule[] = [
  ...HUNG,
  ...WATCHDOG,
  ...RCU_HEADS,
  ...WORKQUEUE_HEADS,
  ...DUMPS,
  ...Object.values<HeadRule>(HELD),
  ...BUG_HEADS.filter((h) => h.name === 'panic'),
];
