import { cpuList, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** CPUs that no longer schedule, or no longer take interrupts. */
export const WATCHDOGS = lines({
  watchdog_timer_fn: {
    printer: 'kernel/watchdog.c watchdog_timer_fn()',
    releases: 'kernel/softlockup.c until 2.6.36, the task named since 2.6.23; behind `NMI watchdog: ` from 3.17 to 4.12',
    examples: [
      'watchdog: BUG: soft lockup - CPU#2 stuck for 26s! [kworker/2:1:77]',
      'BUG: soft lockup - CPU#0 stuck for 61s! [java worker:77]',
      'NMI watchdog: BUG: soft lockup - CPU#2 stuck for 23s! [java:77]',
    ],
    start: /(?:[\w ]+: )*BUG: soft lockup/,
    opens: [{ form: 'soft', literals: ['BUG: soft lockup'], at: 'message' }],
    fields: { cpu: int, seconds: int, comm: words, pid: int },
    reads: [/CPU#(?<cpu>\d+) stuck for (?<seconds>\d+)s! *\[(?<comm>.*):(?<pid>\d+)\]/, /CPU#(?<cpu>\d+) stuck for (?<seconds>\d+)s/],
  },
  print_cpustat: {
    printer: 'kernel/watchdog.c print_cpustat()',
    releases: 'since 6.10',
    examples: ['CPU#2 Utilization every 4000ms during lockup:'],
    start: /CPU#\d+ Utilization every/,
  },
  print_cpustat_row: {
    printer: 'kernel/watchdog.c print_cpustat()',
    releases: 'since 6.10',
    examples: ['\t#1: 100% system,\t  0% softirq,\t  1% hardirq,\t  0% idle'],
    start: /#\d+:[ \t]+\d+% system/,
    fields: { system: int, softirq: int, hardirq: int, idle: int },
    rule: { grammar: 'stall', name: 'print_cpustat', mode: 'utilization' },
  },
  print_irq_counts: {
    printer: 'kernel/watchdog.c print_irq_counts()',
    releases: 'since 6.10',
    examples: ['CPU#2 Detect HardIRQ Time exceeds 50%. Most frequent HardIRQs:'],
    start: /CPU#\d+ Detect HardIRQ/,
  },
  print_irq_counts_row: {
    printer: 'kernel/watchdog.c print_irq_counts()',
    releases: 'since 6.10',
    examples: ['\t#1: 330945    \tirq#7'],
    start: /#\d+:[ \t]+\d+[ \t]+irq#/,
    fields: { count: int, irq: int },
    reads: [/^#\d+:\s+(?<count>\d+)\s+irq#(?<irq>\d+)/],
  },
  watchdog_hardlockup_check: {
    printer: 'kernel/watchdog.c watchdog_hardlockup_check()',
    releases: 'watchdog_overflow_callback() until 6.4; the detecting CPU named since 6.16; `NMI watchdog: ` until 4.12',
    examples: [
      'watchdog: CPU1: Watchdog detected hard LOCKUP on cpu 2',
      'watchdog: Watchdog detected hard LOCKUP on cpu 2',
      'NMI watchdog: Watchdog detected hard LOCKUP on cpu 3',
      'Watchdog detected hard LOCKUP on cpu 3',
    ],
    start: /(?:[\w ]+: )*(?:CPU\d+: )?Watchdog detected hard LOCKUP/,
    opens: [{ form: 'hard', literals: ['Watchdog detected hard LOCKUP'], at: 'message' }],
    fields: { detectedBy: int, cpu: int },
    reads: [/(?:CPU(?<detectedBy>\d+): )?Watchdog detected hard LOCKUP on cpu (?<cpu>\d+)/],
  },
  watchdog_smp_panic: {
    printer: 'arch/powerpc/kernel/watchdog.c watchdog_smp_panic()',
    releases: 'since 4.13',
    examples: ['watchdog: CPU 5 detected hard LOCKUP on other CPUs 4,6-7'],
    start: /watchdog: CPU \d+ detected hard LOCKUP/,
    opens: [{ form: 'hard', literals: ['watchdog: CPU '], test: (t) => t.includes(' detected hard LOCKUP') }],
    fields: { detectedBy: int, cpus: cpuList },
    reads: [/CPU (?<detectedBy>\d+) detected hard LOCKUP on other CPUs (?<cpus>[\d,-]+)/],
  },
  soft_nmi_interrupt: {
    printer: 'arch/powerpc/kernel/watchdog.c soft_nmi_interrupt(), wd_lockup_ipi()',
    releases: 'since 4.13',
    examples: ['watchdog: CPU 4 self-detected hard LOCKUP @ driver_xyz_poll+0x1/0x20', 'watchdog: CPU 4 Hard LOCKUP'],
    start: /watchdog: CPU \d+ (?:self-detected hard|Hard) LOCKUP/,
    opens: [{ form: 'hard', literals: ['watchdog: CPU '], test: (t) => t.includes(' LOCKUP') }],
    fields: { cpu: int },
    reads: [/CPU (?<cpu>\d+) (?:self-detected hard|Hard) LOCKUP/],
  },
  wd_lockup_ipi: {
    printer: 'arch/powerpc/kernel/watchdog.c wd_lockup_ipi(), wd_smp_clear_cpu_pending()',
    releases: 'since 4.13',
    examples: [
      'watchdog: CPU 4 TB:26163432011, last heartbeat TB:26140392011 (45000ms ago)',
      'watchdog: CPU 4 became unstuck TB:26163432011',
      'watchdog: CPU 5 TB:26163432011, last SMP heartbeat TB:26140392011 (45000ms ago)',
    ],
    start: /watchdog: CPU \d+ (?:TB:|became)/,
  },
  die_nmi: {
    printer: 'arch/x86/kernel/dumpstack.c die_nmi()',
    releases: 'until 2.6.37',
    examples: ['BUG: NMI Watchdog detected LOCKUP on CPU1, ip ffffffff81001234, registers:'],
    opens: [{ form: 'hard', literals: ['BUG: NMI Watchdog detected LOCKUP'] }],
    fields: { cpu: int },
    reads: [/LOCKUP on CPU(?<cpu>\d+)/],
  },
  shutting_down: {
    printer: 'kernel/panic.c, arch/*/kernel/smp.c: the other CPUs are stopped',
    examples: ['Shutting down cpus with NMI', 'khungtaskd: stopped'],
    start: anyOf('Shutting down cpus', 'khungtaskd'),
  },
});
