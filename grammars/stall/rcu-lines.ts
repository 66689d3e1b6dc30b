import { cpuList, hex, int, intList, words } from '../common/fields.ts';
import { type LineSpec, lines } from '../common/line.ts';

/** How a stall begins: behind `rcu: ` since 4.19; the flavour's name differs, so the words behind it tell the row. */
const stall = <const S extends Omit<LineSpec, 'start' | 'opens' | 'rule'>>(says: RegExp, spec: S, form = 'rcu') => ({
  ...spec,
  start: new RegExp(String.raw`(?:rcu: )?INFO: (?:rcu|RCU|srcu)[_ ](?=[^\n]*?${says.source})`),
  opens: [
    {
      form,
      at: 'message',
      literals: ['INFO: rcu_', 'INFO: rcu ', 'INFO: RCU detected'],
      test: (t: string) => says.test(t),
    } as const,
  ],
  rule: { grammar: 'stall', name: 'print_cpu_stall', mode: 'rcu' } as const,
});
/** A further line: since 4.19 `rcu: ` says whose it is, whichever report began to print in between. */
const further = <const S extends Omit<LineSpec, 'start' | 'opens'>>(start: RegExp, spec: S) => {
  const named = new RegExp(String.raw`^rcu:[ \t]*(?:${start.source})`);
  return {
    ...spec,
    start: new RegExp(String.raw`(?:rcu:[ \t]*)?(?:${start.source})`),
    opens: [{ form: 'rcu-line', literals: ['rcu: '], test: (t: string) => named.test(t) }] as const,
  };
};
const rule = <N extends string>(name: N) => ({ grammar: 'stall', name, mode: 'rcu' }) as const;

/** What each wording of the head may say. */
const TOTALS = { jiffies: int, gp: int, queued: int };

/** kernel/rcu: grace periods that do not end. tree.c until 5.0, tree_stall.h since. Times are jiffies. */
export const RCU = lines({
  check_cpu_stall: stall(
    /suppressed full report/,
    {
      printer: 'kernel/rcu/tree_stall.h check_cpu_stall(), tree_exp.h synchronize_rcu_expedited_stall()',
      releases: 'since 6.12',
      examples: [
        'rcu: INFO: rcu_preempt detected stall, but suppressed full report due to a stuck CSD-lock.',
        'rcu: INFO: rcu_preempt detected expedited stalls, but suppressed full report due to a stuck CSD-lock.',
      ],
      fields: { flavour: words },
    },
    'rcu-suppressed',
  ),
  print_cpu_stall: stall(/self-detected stall/, {
    printer: 'kernel/rcu/tree_stall.h print_cpu_stall()',
    releases: 'the CPUs and totals on the same line until 3.14',
    examples: [
      'rcu: INFO: rcu_preempt self-detected stall on CPU',
      'INFO: rcu_sched self-detected stall on CPU { 0}  (t=60000 jiffies g=13648 c=13647 q=595)',
    ],
    fields: { flavour: words, cpus: cpuList, ...TOTALS },
  }),
  synchronize_rcu_expedited_stall: stall(/detected expedited stalls/, {
    printer: 'kernel/rcu/tree_exp.h synchronize_rcu_expedited_stall()',
    releases: 'since 4.2; four letters a CPU since 6.0',
    examples: ['rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 0-...D 3-.... P123 } 1234 jiffies s: 12 root: 0x1/.'],
    fields: { flavour: words, cpus: cpuList, tasks: intList, jiffies: int, sequence: int },
  }),
  print_other_cpu_stall: stall(/detected stalls? on CPUs\/tasks/, {
    printer: 'kernel/rcu/tree_stall.h print_other_cpu_stall()',
    releases: 'the CPUs and totals on the same line until 3.14',
    examples: [
      'rcu: INFO: rcu_sched detected stalls on CPUs/tasks:',
      'INFO: rcu_sched detected stalls on CPUs/tasks: { 1 3} (detected by 0, t=60002 jiffies, g=13648, c=13647, q=595)',
      'INFO: rcu_sched_state detected stalls on CPUs/tasks: { 1} (detected by 0, t=2502 jiffies)',
    ],
    fields: { flavour: words, cpus: cpuList, detectedBy: int, ...TOTALS },
  }),
  check_holdout_task_head: stall(/detected stalls\?? ?(?:on tasks|\()/, {
    printer: 'kernel/rcu/tasks.h check_holdout_task()',
    releases: 'since 3.18; rcu_tasks_trace until 6.12 or later',
    examples: ['INFO: rcu_tasks detected stalls on tasks:', 'INFO: rcu_tasks_trace detected stalls? (Late IPI?)'],
    fields: { flavour: words },
  }),
  print_cpu_stall_2_6: stall(/detected (?:CPU \d+ stall|stall on CPU)/, {
    printer: 'kernel/rcutree.c print_cpu_stall()',
    releases: 'until 2.6.36',
    examples: ['INFO: RCU detected CPU 0 stall (t=2500 jiffies)', 'INFO: rcu_sched_state detected stall on CPU 0 (t=2500 jiffies)'],
    fields: { flavour: words, cpus: cpuList, jiffies: int },
  }),
  check_cpu_stall_tiny: stall(/stalled for \d+ jiffies/, {
    printer: 'kernel/rcutiny_plugin.h check_cpu_stall()',
    releases: 'from 3.4 to 4.3',
    examples: ['INFO: rcu_sched stalled for 2101 jiffies'],
    fields: { flavour: words, jiffies: int },
  }),
  other_stall: stall(/stall/, {
    printer: 'kernel/rcu: what else says that it stalls',
    examples: ['INFO: rcu_xyz is about to stall'],
    fields: { flavour: words },
  }),
  print_cpu_stall_info: further(/\d+(?:-[.!?ONoxLd0-9]{3,4})?: \(\d+ (?:ticks|GPs)/, {
    printer: 'kernel/rcu/tree_stall.h print_cpu_stall_info()',
    releases: 'since 3.3; letters since 3.15, four since 4.19',
    examples: [
      'rcu: \t0-...!: (1 GPs behind) idle=5ddc/1/0x4000000000000000 softirq=201/202 fqs=3 (false positive?)',
      '\t0: (20822 ticks this GP) idle=94b/140000000000001/0 ',
    ],
    fields: { cpu: int, flags: words, ticks: int, behind: int, idle: words, softirq: int, softirqNow: int, fqs: int },
    rule: rule('print_cpu_stall_info'),
  }),
  print_cpu_stat_info: further(/(?:hardirqs +softirqs|number: |cputime: )/, {
    printer: 'kernel/rcu/tree_stall.h print_cpu_stat_info()',
    releases: 'since 6.3',
    examples: [
      'rcu: \t         hardirqs   softirqs   csw/system',
      'rcu: \t number:        8         22            0',
      'rcu: \tcputime:        0          0        10497   ==> 10500(ms)',
    ],
  }),
  rcu_print_task_stall: further(/Tasks blocked on level-\d+ rcu_node/, {
    printer: 'kernel/rcu/tree_stall.h rcu_print_task_stall()',
    releases: 'since 2.6.36; letters since 5.8',
    examples: [
      'rcu: \tTasks blocked on level-0 rcu_node (CPUs 0-3): P123/1:b..l P45',
      '\tTasks blocked on level-1 rcu_node (CPUs 0-15): P45',
    ],
    fields: { range: cpuList, tasks: intList },
    rule: rule('rcu_print_task_stall'),
  }),
  print_stall_totals: further(/\((?:detected by \d+, )?t=\d+ jiffies/, {
    printer: 'kernel/rcu/tree_stall.h print_cpu_stall(), print_other_cpu_stall()',
    releases: '`c=` until 4.18, `ncpus=` since 6.0',
    examples: ['rcu: \t(detected by 0, t=21003 jiffies, g=10457, q=512 ncpus=4)', '\t (t=105000 jiffies g=13648 c=13647 q=595)'],
    fields: { detectedBy: int, ...TOTALS, ncpus: int },
    rule: rule('print_stall_totals'),
  }),
  rcu_check_gp_kthread_starvation: further(/\w+ kthread starved for \d/, {
    printer: 'kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation()',
    releases: 'since 3.15; the state named since 4.10, the CPU since 4.16',
    examples: [
      'rcu: rcu_preempt kthread starved for 2602 jiffies! g10457 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=2',
      'rcu_sched kthread starved for 2602 jiffies! g13648 c13647 f0x0 s3 ->state=0x1',
    ],
    fields: { jiffies: int, gp: int, state: words, taskState: hex, cpu: int },
    rule: rule('rcu_check_gp_kthread'),
  }),
  rcu_check_gp_kthread_expired_fqs_timer: further(/\w+ kthread timer wakeup didn't happen/, {
    printer: 'kernel/rcu/tree_stall.h rcu_check_gp_kthread_expired_fqs_timer()',
    releases: 'since 5.11',
    examples: ["rcu: rcu_sched kthread timer wakeup didn't happen for 5602 jiffies! g10457 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x402"],
    fields: { jiffies: int, gp: int, state: words, taskState: hex },
    rule: rule('rcu_check_gp_kthread'),
  }),
  rcu_check_gp_kthread_advice: further(/(?:Unless rcu|Possible timer handling)/, {
    printer: 'kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation(), rcu_check_gp_kthread_expired_fqs_timer()',
    releases: 'since 5.8, 5.11',
    examples: [
      'rcu: \tUnless rcu_preempt kthread gets sufficient CPU time, OOM is now expected behavior.',
      'rcu: \tPossible timer handling issue on cpu=1 timer-softirq=4712',
    ],
  }),
  rcu_check_gp_kthread_stack: further(/RCU grace-period kthread stack dump:/, {
    printer: 'kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation()',
    examples: ['rcu: RCU grace-period kthread stack dump:'],
    reads: [],
  }),
  rcu_check_gp_kthread_cpu: further(/(?:Stack dump where RCU GP kthread last ran|RCU GP kthread last ran on offline CPU)/, {
    printer: 'kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation()',
    releases: 'since 5.11',
    examples: ['rcu: Stack dump where RCU GP kthread last ran:', 'rcu: RCU GP kthread last ran on offline CPU 2.'],
    reads: [],
  }),
  print_other_cpu_stall_seen: further(/All QSes seen, last /, {
    printer: 'kernel/rcu/tree_stall.h print_other_cpu_stall()',
    releases: 'since 3.10',
    examples: [
      'rcu: All QSes seen, last rcu_preempt kthread activity 21017 (4294958313-4294937296), jiffies_till_next_fqs=3, root ->qsmask 0x0',
    ],
    fields: { idle: int, qsmask: hex },
    reads: [/kthread activity (?<idle>\d+) \(.*root ->qsmask (?<qsmask>0x[0-9a-f]+)/],
  }),
  print_other_cpu_stall_ended: further(/INFO: (?:Stall|Expedited stall) ended/, {
    printer: 'kernel/rcu/tree_stall.h print_other_cpu_stall(), rcu_dump_cpu_stacks()',
    releases: '`during stack backtracing` and `Expedited` in 7.2, not in 6.12',
    examples: [
      'rcu: INFO: Stall ended before state dump start',
      'INFO: Stall ended during stack backtracing.',
      'rcu: INFO: Expedited stall ended before state dump start',
    ],
    reads: [],
  }),
  rcu_dump_cpu_stacks: further(/Offline CPU \d+ blocking current GP/, {
    printer: 'kernel/rcu/tree_stall.h rcu_dump_cpu_stacks()',
    releases: 'since 5.11',
    examples: ['rcu: Offline CPU 3 blocking current GP.'],
  }),
  synchronize_rcu_expedited_stall_nodes: further(/(?:blocking rcu_node structures|l=\d+:\d+-\d+:)/, {
    printer: 'kernel/rcu/tree_exp.h synchronize_rcu_expedited_stall()',
    releases: '`(internal RCU debug)` since 5.12',
    examples: ['rcu: blocking rcu_node structures (internal RCU debug): l=1:0-15:0x1/.', 'blocking rcu_node structures:', 'l=1:0-15:0x1/.'],
  }),
  check_holdout_task: {
    printer: 'kernel/rcu/tasks.h check_holdout_task()',
    releases: 'since 3.18',
    examples: ['00000000c8a3d6d1: .. nvcsw: 2/5 holdout: 1 idle_cpu: -1/1', 'ffff88003d1e8000: .N nvcsw: 2/2 holdout: 1 idle_cpu: -1/0'],
    start: /[0-9a-f]{8,16}: [.I][.N] nvcsw: /,
    fields: { switches: int, switchesNow: int, holdout: int, idleCpu: int, lastCpu: int },
    rule: { grammar: 'stall', name: 'check_holdout_task', mode: 'holdout' },
  },
});
