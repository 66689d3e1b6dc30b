// The grammar of what watchdogs and sysrq print: one line each of the forms through the releases.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

const read = (text: string): readonly [string, Record<string, string>] => {
  const [head] = readText('stall', text).nodes.filter((n): n is HeadNode => n.type === 'head');
  const { text: _text, ...fields } = head?.fields ?? { text: '' };
  return [head?.rule ?? '', fields as Record<string, string>];
};

/** Line → rule → fields, each from the kernel's format string. */
const LINES: readonly (readonly [line: string, rule: string, fields: Record<string, string>])[] = [
  ['BUG: soft lockup - CPU#0 stuck for 61s! [a:b:7]', 'watchdog_timer_fn', { cpu: '0', seconds: '61', comm: 'a:b', pid: '7' }],
  ['NMI watchdog: BUG: soft lockup - CPU#2 stuck for 23s! [x:1]', 'watchdog_timer_fn', { cpu: '2', seconds: '23', comm: 'x', pid: '1' }],
  ['NMI watchdog: Watchdog detected hard LOCKUP on cpu 3', 'watchdog_hardlockup_check', { cpu: '3' }],
  ['watchdog: CPU1: Watchdog detected hard LOCKUP on cpu 2', 'watchdog_hardlockup_check', { detectedBy: '1', cpu: '2' }],
  ['watchdog: CPU 5 detected hard LOCKUP on other CPUs 4,6-7', 'watchdog_hardlockup_check', { detectedBy: '5', cpus: '4,6-7' }],
  ['watchdog: CPU 4 self-detected hard LOCKUP @ foo+0x1/0x2', 'watchdog_hardlockup_check', { cpu: '4' }],
  ['INFO: task a b:12 blocked for more than 120 seconds.', 'check_hung_task', { comm: 'a b', pid: '12', how: 'blocked', seconds: '120' }],
  ['INFO: task x:1 is blocked on a mutex, but the owner is not found.', 'debug_show_blocker', { comm: 'x', pid: '1', lock: 'mutex' }],
  [
    'INFO: task x:1 blocked on a semaphore likely last held by task kworker/0:1:9',
    'debug_show_blocker',
    { comm: 'x', pid: '1', lock: 'semaphore', how: 'last held', owner: 'kworker/0:1', ownerPid: '9' },
  ],
  [
    'rcu: \t1-...!: (0 ticks this GP) idle=5ddc/1/0x4000000000000000 softirq=201/202 fqs=3 (false positive?)',
    'print_cpu_stall_info',
    {
      cpu: '1',
      flags: '...!',
      count: '0',
      unit: 'ticks this GP',
      idle: '5ddc/1/0x4000000000000000',
      softirq: '201',
      softirqNow: '202',
      fqs: '3',
    },
  ],
  [
    '\t0: (20822 ticks this GP) idle=94b/140000000000001/0 ',
    'print_cpu_stall_info',
    { cpu: '0', count: '20822', unit: 'ticks this GP', idle: '94b/140000000000001/0' },
  ],
  [
    '\t(detected by 0, t=21003 jiffies, g=10457, q=512 ncpus=4)',
    'print_stall_totals',
    { detectedBy: '0', jiffies: '21003', gp: '10457', queued: '512', ncpus: '4' },
  ],
  ['\t (t=105000 jiffies g=13648 c=13647 q=595)', 'print_stall_totals', { jiffies: '105000', gp: '13648', queued: '595' }],
  [
    'INFO: rcu_sched detected stalls on CPUs/tasks: { 1 3} (detected by 0, t=60002 jiffies)',
    'print_cpu_stall',
    { flavour: 'rcu_sched', type: 'CPUs', cpus: '1 3', detectedBy: '0', jiffies: '60002' },
  ],
  [
    'task:kworker/0:1 x  state:D stack:14472 pid:43    tgid:43    ppid:2      task_flags:0x4208060 flags:0x00080000',
    'sched_show_task',
    { comm: 'kworker/0:1 x', state: 'D', stack: '14472', pid: '43', tgid: '43', ppid: '2' },
  ],
  [
    'syz-executor5   D23584 10045   3045 0x00000004',
    'sched_show_task_columns',
    { comm: 'syz-executor5', state: 'D', stack: '23584', pid: '10045', ppid: '3045' },
  ],
  [
    'swapper/1       R running task on cpu   1     0     0      1 0x00000008 0',
    'sched_show_task_columns',
    { comm: 'swapper/1', state: 'R', stack: '0', pid: '0', ppid: '1' },
  ],
  [
    'init            D ffff88008ad8f5b0     0  2293      1 0x00000000',
    'sched_show_task_columns',
    { comm: 'init', state: 'D', stack: '0', pid: '2293', ppid: '1' },
  ],
  [
    'NMI backtrace for cpu 1 skipped: idling at default_idle+0xf/0x20',
    'nmi_cpu_backtrace',
    { cpu: '1', skipped: 'idling', frame: 'default_idle+0xf/0x20' },
  ],
  [
    '  pwq 8: cpus=0-3 flags=0x4 nice=0 active=1/1 refcnt=5 MAYDAY',
    'show_pwq',
    { pool: '8', cpus: '0-3', flags: '0x4', nice: '0', active: '1', max: '1', refcnt: '5', mayday: ' MAYDAY' },
  ],
  ['SysRq : Show Blocked State', '__handle_sysrq', { action: 'Show Blocked State' }],
  ['sysrq: SysRq : Show Blocked State', '__handle_sysrq', { action: 'Show Blocked State' }],
  ['sysrq: CPU0: backtrace skipped as idling', 'showacpu', { cpu: '0', skipped: 'backtrace skipped' }],
];
for (const [line, rule, fields] of LINES) test(line.trim(), () => assert.equal(read(line), [rule, fields]));

test.run();
