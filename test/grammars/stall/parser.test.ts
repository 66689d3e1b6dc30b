// The grammar of what watchdogs and sysrq print: one line each of the forms through the releases.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FieldValue } from '../../../grammars/common/fields.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

type Values = Readonly<Record<string, FieldValue>>;
const heads = (text: string): HeadNode[] => readText('stall', text).nodes.filter((n): n is HeadNode => n.type === 'head');

/** Line → row → values, each from the kernel's format string. */
const LINES: readonly (readonly [line: string, row: string, values: Values])[] = [
  ['BUG: soft lockup - CPU#0 stuck for 61s! [a:b:7]', 'watchdog_timer_fn', { cpu: 0, seconds: 61, comm: 'a:b', pid: 7 }],
  ['NMI watchdog: BUG: soft lockup - CPU#2 stuck for 23s! [x:1]', 'watchdog_timer_fn', { cpu: 2, seconds: 23, comm: 'x', pid: 1 }],
  ['NMI watchdog: Watchdog detected hard LOCKUP on cpu 3', 'watchdog_hardlockup_check', { cpu: 3 }],
  ['watchdog: CPU1: Watchdog detected hard LOCKUP on cpu 2', 'watchdog_hardlockup_check', { detectedBy: 1, cpu: 2 }],
  ['watchdog: CPU 5 detected hard LOCKUP on other CPUs 4,6-7', 'watchdog_smp_panic', { detectedBy: 5, cpus: [4, 6, 7] }],
  ['watchdog: CPU 4 self-detected hard LOCKUP @ foo+0x1/0x2', 'soft_nmi_interrupt', { cpu: 4 }],
  ['\t#2:  99% system,\t  1% softirq,\t  0% hardirq,\t  0% idle', 'print_cpustat_row', { system: 99, softirq: 1, hardirq: 0, idle: 0 }],
  ['\t#1: 330945    \tirq#7', 'print_irq_counts_row', { count: 330945, irq: 7 }],
  ['INFO: task a b:12 blocked for more than 120 seconds.', 'hung_task_info', { comm: 'a b', pid: 12, how: 'blocked', seconds: 120 }],
  ['INFO: task x:1 is blocked on a mutex, but the owner is not found.', 'debug_show_blocker', { comm: 'x', pid: 1, lock: 'mutex' }],
  [
    'INFO: task x:1 blocked on a semaphore likely last held by task kworker/0:1:9',
    'debug_show_blocker_owner',
    { comm: 'x', pid: 1, lock: 'semaphore', how: 'last held', owner: 'kworker/0:1', ownerPid: 9 },
  ],
  [
    'rcu: \t1-...!: (0 ticks this GP) idle=5ddc/1/0x4000000000000000 softirq=201/202 fqs=3 (false positive?)',
    'print_cpu_stall_info',
    { cpu: 1, flags: '...!', ticks: 0, idle: '5ddc/1/0x4000000000000000', softirq: 201, softirqNow: 202, fqs: 3 },
  ],
  [
    '\t0: (20822 ticks this GP) idle=94b/140000000000001/0 ',
    'print_cpu_stall_info',
    { cpu: 0, ticks: 20822, idle: '94b/140000000000001/0' },
  ],
  ['rcu: \t2-O...: (3 GPs behind) idle=0/0/0x0', 'print_cpu_stall_info', { cpu: 2, flags: 'O...', behind: 3, idle: '0/0/0x0' }],
  [
    '\t(detected by 0, t=21003 jiffies, g=10457, q=512 ncpus=4)',
    'print_stall_totals',
    { detectedBy: 0, jiffies: 21003, gp: 10457, queued: 512, ncpus: 4 },
  ],
  ['\t (t=105000 jiffies g=-1195 c=13647 q=595)', 'print_stall_totals', { jiffies: 105000, gp: -1195, queued: 595 }],
  [
    'INFO: rcu_sched detected stalls on CPUs/tasks: { 1 3} (detected by 0, t=60002 jiffies)',
    'print_other_cpu_stall',
    { flavour: 'rcu_sched', cpus: [1, 3], detectedBy: 0, jiffies: 60002 },
  ],
  [
    'INFO: rcu_sched self-detected stall on CPU { 0}  (t=60000 jiffies g=13648 c=13647 q=595)',
    'print_cpu_stall',
    { flavour: 'rcu_sched', cpus: [0], jiffies: 60000, gp: 13648, queued: 595 },
  ],
  [
    'rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 0-...D 13-.... P123 } 1234 jiffies s: 12 root: 0x1/.',
    'synchronize_rcu_expedited_stall',
    { flavour: 'rcu_preempt', cpus: [0, 13], tasks: [123], jiffies: 1234, sequence: 12 },
  ],
  ['INFO: RCU detected CPU 0 stall (t=2500 jiffies)', 'print_cpu_stall_2_6', { flavour: 'RCU', cpus: [0], jiffies: 2500 }],
  ['INFO: rcu_tasks detected stalls on tasks:', 'check_holdout_task_head', { flavour: 'rcu_tasks' }],
  [
    'rcu: \tTasks blocked on level-0 rcu_node (CPUs 0-3): P123/1:b..l P45',
    'rcu_print_task_stall',
    { range: [0, 1, 2, 3], tasks: [123, 45] },
  ],
  [
    'rcu: rcu_preempt kthread starved for 2602 jiffies! g10457 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=2',
    'rcu_check_gp_kthread_starvation',
    { jiffies: 2602, gp: 10457, state: 'RCU_GP_WAIT_FQS', taskState: '0x0', cpu: 2 },
  ],
  [
    '00000000c8a3d6d1: .N nvcsw: 2/5 holdout: 1 idle_cpu: -1/3',
    'check_holdout_task',
    { switches: 2, switchesNow: 5, holdout: 1, idleCpu: -1, lastCpu: 3 },
  ],
  [
    'task:kworker/0:1 x  state:D stack:14472 pid:43    tgid:43    ppid:2      task_flags:0x4208060 flags:0x00080000',
    'sched_show_task',
    { comm: 'kworker/0:1 x', state: 'D', stack: 14472, pid: 43, tgid: 43, ppid: 2 },
  ],
  [
    'syz-executor5   D23584 10045   3045 0x00000004',
    'sched_show_task_columns',
    { comm: 'syz-executor5', state: 'D', stack: 23584, pid: 10045, ppid: 3045 },
  ],
  [
    'swapper/1       R running task on cpu   1     0     0      1 0x00000008 0',
    'sched_show_task_columns',
    { comm: 'swapper/1', state: 'R', stack: 0, pid: 0, ppid: 1 },
  ],
  [
    'init            D ffff88008ad8f5b0     0  2293      1 0x00000000',
    'sched_show_task_columns',
    { comm: 'init', state: 'D', stack: 0, pid: 2293, ppid: 1 },
  ],
  ['a D b           S    0   77      1 0x00000000', 'sched_show_task_columns', { comm: 'a D b', state: 'S', stack: 0, pid: 77, ppid: 1 }],
  ['NMI backtrace for cpu 1 skipped: idling at default_idle+0xf/0x20', 'nmi_cpu_backtrace', { cpu: 1, skipped: 'idling' }],
  [
    '  pwq 8: cpus=0-3 flags=0x4 nice=0 active=1/1 refcnt=5 MAYDAY',
    'show_pwq',
    { pool: 8, cpus: '0-3', flags: '0x4', nice: 0, active: 1, max: 1, refcnt: 5, mayday: 'MAYDAY' },
  ],
  [
    'pool 2: cpus=0 node=0 flags=0x0 nice=0 hung=43s workers=3 manager: 90 idle: 35 12(RESCUER)',
    'show_one_worker_pool',
    { pool: 2, cpus: '0', node: 0, flags: '0x0', nice: 0, seconds: 43, workers: 3, manager: 90, idle: '35 12(RESCUER)' },
  ],
  ['SysRq : Show Blocked State', '__handle_sysrq', { action: 'Show Blocked State' }],
  ['sysrq: SysRq : Show Blocked State', '__handle_sysrq', { action: 'Show Blocked State' }],
  ['sysrq: Emergency Sync', '__handle_sysrq_action', { action: 'Emergency Sync' }],
  ['sysrq: CPU0: backtrace skipped as idling', 'showacpu', { cpu: 0, skipped: 'backtrace skipped' }],
];
for (const [line, row, values] of LINES) {
  test(line.trim(), () => {
    const [head] = heads(line);
    assert.equal([head?.row.name, head?.values], [row, values]);
  });
}

test('works: each with its worker; who waits for a work and its module are a part of it', () => {
  const works = (line: string) => heads(line).map((h) => h.values);
  assert.equal(works('    in-flight: 35:xyz_work [driver_xyz] BAR(8), 12(RESCUER):xyz_flush for 31s, bh-hi:xyz_bh'), [
    { state: 'in-flight', worker: 35, work: 'xyz_work [driver_xyz] BAR(8)' },
    { state: 'in-flight', worker: 12, work: 'xyz_flush', seconds: 31 },
    { state: 'in-flight', work: 'xyz_bh' },
  ]);
  assert.equal(works('    pending: vmstat_shepherd, 3*xyz_kick'), [
    { state: 'pending', work: 'vmstat_shepherd' },
    { state: 'pending', work: '3*xyz_kick' },
  ]);
  assert.equal(works('    delayed:'), []);
});

test('a line that another printed into says what there is', () => {
  const [info] = heads('rcu: \t1-...!: (0 ticks this GP) idle=5ddc/1/0x4 audit: type=1 softirq=201/202');
  assert.equal(info?.values, { cpu: 1, flags: '...!', ticks: 0, idle: '5ddc/1/0x4' });
  const [head] = heads('INFO: rcu_sched detected stalls on CPUs/tasks: { 1 usb 3-1: reset');
  assert.equal(head?.values, { flavour: 'rcu_sched', cpus: [1] });
});

test.run();
