import { cpuList, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Dumps of CPUs and tasks, as watchdogs and sysrq print them. */
export const DUMPS = lines({
  nmi_trigger_cpumask_backtrace: {
    printer: 'lib/nmi_backtrace.c nmi_trigger_cpumask_backtrace()',
    releases: 'arch/x86/kernel/apic/hw_nmi.c until 3.17, `sending NMI to all CPUs:`; the CPUs since 4.9',
    examples: ['Sending NMI from CPU 0 to CPUs 1-3,7:', 'sending NMI to all CPUs:'],
    start: /[Ss]ending NMI (?:from|to)/,
    fields: { from: int, cpus: cpuList },
    reads: [/from CPU (?<from>\d+) to CPUs (?<cpus>[\d,-]+)/],
  },
  nmi_trigger_cpumask_backtrace_timeout: {
    printer: 'lib/nmi_backtrace.c nmi_trigger_cpumask_backtrace()',
    releases: 'in 7.2, not in 6.12',
    examples: ["After 10 seconds, these CPUS still haven't responded to the NMI: 3,5"],
    start: /After \d+ seconds, these CPUS still/,
    fields: { silent: cpuList },
    reads: [/to the NMI: (?<silent>[\d,-]+)/],
  },
  nmi_cpu_backtrace: {
    printer: 'lib/nmi_backtrace.c nmi_cpu_backtrace()',
    releases: 'arch/x86/kernel/apic/hw_nmi.c until 3.17; `skipped: idling` since 4.10',
    examples: [
      'NMI backtrace for cpu 1',
      'NMI backtrace for cpu 1 skipped: idling at default_idle+0xf/0x20',
      'NMI backtrace for cpu 1 skipped: idling at pc 0xffffffff81001234',
    ],
    opens: [{ form: 'backtrace', literals: ['NMI backtrace for cpu '] }],
    fields: { cpu: int, skipped: words },
    reads: [
      /for cpu (?<cpu>\d+) skipped: (?<skipped>idling) at (?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+)/,
      /for cpu (?<cpu>\d+)(?: skipped: (?<skipped>idling))?/,
    ],
  },
  dump_cpu_task: {
    printer: 'kernel/sched/core.c dump_cpu_task()',
    examples: ['Task dump for CPU 1:'],
    start: /Task dump for CPU /,
    fields: { cpu: int },
    reads: [/^Task dump for CPU (?<cpu>\d+)/],
  },
  sched_show_task: {
    printer: 'kernel/sched/core.c sched_show_task()',
    releases: 'one word a column since 5.9; tgid since 6.10, task_flags since 6.14',
    examples: [
      'task:kworker/0:1 x   state:D stack:14472 pid:43    tgid:43    ppid:2      task_flags:0x4208060 flags:0x00080000',
      'task:rcu_sched       state:R  running task on cpu   1   stack:    0 pid:   13 ppid:     2 flags:0x00004000',
    ],
    start: /task:(?=[^\n]* state:)/,
    fields: { comm: words, state: words, stack: int, pid: int, tgid: int, ppid: int },
    rule: { grammar: 'stall', name: 'sched_show_task', mode: 'task' },
  },
  sched_show_task_columns: {
    printer: 'kernel/sched/core.c sched_show_task()',
    releases: 'until 5.8: the PC until 4.14, `running task on cpu` in some trees',
    examples: [
      'java worker     D23584 10045   3045 0x00000004',
      'init            D ffff88008ad8f5b0     0  2293      1 0x00000000',
      'swapper/1       R running task on cpu   1     0     0      1 0x00000008 0',
      'rcu_preempt     R  running task    29144    10      2 0x80000000',
    ],
    free: true,
    contains: ' 0x',
    start: anyOf(
      [
        String.raw`[^\n]{1,15} [RSDTtXZPIWKNC?] *`,
        String.raw`(?:running task(?: on cpu +\d+)? +|(?:[0-9a-f]{8}|[0-9a-f]{16}|\(null\)) +)?`,
        String.raw`\d+ +\d+ +\d+ +0x[0-9a-f]{8}`,
      ].join(''),
    ),
    fields: { comm: words, state: words, stack: int, pid: int, ppid: int },
    rule: { grammar: 'stall', name: 'sched_show_task_columns', mode: 'columns' },
  },
  show_state_filter: {
    printer: 'kernel/sched/core.c show_state_filter()',
    releases: 'until 5.8',
    examples: ['  task                        PC stack   pid father'],
    start: /task[ \t]+PC stack[ \t]+pid father/,
  },
  show_stack_same: {
    printer: 'kernel/sched/core.c sched_show_task(), linux-next of 2019',
    examples: ['<Same stack as pid 2294>'],
    start: /<Same stack as pid \d+>/,
  },
});
