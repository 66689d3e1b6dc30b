// Whose stack is whose: many CPUs in one report, two reports at once, the culprit of a loop and of a wait.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DISPATCHERS, DUMPERS, INTERRUPTS, QUEUES, SPINNING, WAITING } from '../../../src/event/stall/symbols.ts';
import { eventsOf } from '../../support/read-events.ts';

const DIR = 'test/golden/events';
const logs = readdirSync(DIR).filter((f) => /^stall-.*\.log$/.test(f));
const read = (file: string) => readFileSync(`${DIR}/${file}`, 'latin1');
const stamped = (lines: readonly string[]) => lines.map((line, i) => `[   10.${String(i).padStart(6, '0')}] ${line}\n`).join('');

test('each CPU of an NMI backtrace has a stack of its own, the registers are those of the CPU that hung', () => {
  const [event] = eventsOf(read('stall-soft-lockup-all-cpus-6.12.log'));
  assert.equal(
    event?.stacks?.map((s) => [s.label, s.cpu, s.pid]),
    [
      ['Call Trace', 1, 812],
      ['NMI backtrace for cpu 2', 2, 900],
    ],
  );
  assert.equal([event?.at?.symbol, event?.task?.pid], ['xyz_spin', 812]);
});

test('a second report printed into the first is its own; the CPU that the first asked answers the first', () => {
  const events = eventsOf(
    stamped([
      'rcu: INFO: rcu_sched detected stalls on CPUs/tasks:',
      'rcu: \t1-....: (10 ticks this GP) idle=5ddc/1/0x4000000000000000 softirq=201/201 fqs=0',
      'rcu: \t(detected by 0, t=9619 jiffies, g=12, q=31 ncpus=2)',
      'Sending NMI from CPU 0 to CPUs 1:',
      'watchdog: BUG: soft lockup - CPU#1 stuck for 36s! [init:148]',
      'CPU: 1 PID: 148 Comm: init Not tainted 6.6.0 #1',
      'Call Trace:',
      ' xyz_soft+0x1/0x2 [driver_xyz]',
      'NMI backtrace for cpu 1',
      'CPU: 1 PID: 148 Comm: init Not tainted 6.6.0 #1',
      'Call Trace:',
      ' xyz_stalled+0x1/0x2 [driver_xyz]',
      'rcu: rcu_sched kthread starved for 9626 jiffies! g12 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=0',
    ]),
  );
  assert.equal(
    events.map((e) => [e.kind, e.culprit?.symbol, e.stacks?.length]),
    [
      ['rcu-stall', 'xyz_stalled', 1],
      ['soft-lockup', 'xyz_soft', 1],
    ],
  );
  assert.is(events[0]?.details?.kthreadStarvedJiffies, 9626);
});

test('backtraces that other CPUs print under their own caller id belong to the report that asked', () => {
  const events = eventsOf(
    [
      ['T30', 'INFO: task x:1 blocked for more than 120 seconds.'],
      ['T30', 'task:x state:D stack:0 pid:1 ppid:0 flags:0x00000000'],
      ['T30', 'Call Trace:'],
      ['T30', ' __schedule+0x1/0x2'],
      ['T30', ' xyz_wait+0x1/0x2 [driver_xyz]'],
      ['T30', 'Sending NMI from CPU 0 to CPUs 1:'],
      ['C1', 'NMI backtrace for cpu 1'],
      ['C1', 'CPU: 1 PID: 9 Comm: y Not tainted 6.6.0 #1'],
      ['C1', 'Call Trace:'],
      ['C1', ' xyz_busy+0x1/0x2 [driver_xyz]'],
    ]
      .map(([id, line]) => `[   10.000000][ ${id}] ${line}\n`)
      .join(''),
  );
  assert.equal(
    events.map((e) => [e.title, e.task?.pid, e.stacks?.map((s) => [s.label, s.cpu, s.frames.length])]),
    [
      [
        'INFO: task hung in xyz_wait',
        1,
        [
          ['Call Trace', undefined, 2],
          ['NMI backtrace for cpu 1', 1, 1],
        ],
      ],
    ],
  );
});

test('a loop is named by the operation that a dispatcher called, a module by its own code', () => {
  const lockup = (...frames: string[]) =>
    eventsOf(
      stamped([
        'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [x:1]',
        'CPU: 1 PID: 1 Comm: x Not tainted 6.6.0 #1',
        'Call Trace:',
        ...frames.map((f) => ` ${f}`),
      ]),
    )[0]?.culprit?.symbol;
  const tail = ['vfs_write+0x1/0x2', 'ksys_write+0x1/0x2', 'do_syscall_64+0x1/0x2'];
  assert.is(lockup('memcpy+0x1/0x2', 'inner_loop+0x1/0x2', 'ext9_file_write_iter+0x1/0x2', ...tail), 'ext9_file_write_iter');
  assert.is(lockup('memcpy+0x1/0x2', 'inner_loop+0x1/0x2 [xyz]', 'ext9_file_write_iter+0x1/0x2 [xyz]', ...tail), 'inner_loop');
  assert.is(lockup('smp_call_function_many_cond+0x1/0x2', 'on_each_cpu+0x1/0x2', ...tail), 'smp_call_function');
});

test('a hung task is named past scheduler, locks and waiting; all ways to wait for RCU are one', () => {
  const hung = (...frames: string[]) =>
    eventsOf(
      stamped([
        'INFO: task x:1 blocked for more than 120 seconds.',
        'task:x state:D stack:0 pid:1 ppid:0 flags:0x00000000',
        'Call Trace:',
        ' __schedule+0x1/0x2',
        ' schedule+0x1/0x2',
        ...frames.map((f) => ` ${f}`),
      ]),
    )[0];
  assert.is(hung('__mutex_lock.constprop.0+0x1/0x2', 'rtnl_lock+0x1/0x2', 'dev_ioctl+0x1/0x2')?.title, 'INFO: task hung in rtnl_lock');
  assert.is(hung('io_schedule+0x1/0x2', 'folio_wait_bit_common+0x1/0x2', 'filemap_read+0x1/0x2')?.title, 'INFO: task hung in filemap_read');
  const rcu = hung('synchronize_rcu_expedited+0x1/0x2', 'synchronize_net+0x1/0x2');
  assert.is(rcu?.title, 'INFO: task hung in synchronize_rcu');
  assert.ok(rcu?.altTitles?.includes('INFO: task hung in synchronize_rcu_expedited'));
  assert.is(hung()?.completeness, 'truncated', 'a stack that ends in the scheduler');
});

test('a CPU that spins for the lock of a wait queue is named by who wakes there; one in a completion of USB by the driver', () => {
  const locked = (...frames: string[]) => {
    const [first, ...rest] = frames.map((f) => `${f}+0x10/0x80`);
    return eventsOf(
      stamped([
        'watchdog: Watchdog detected hard LOCKUP on cpu 2',
        'CPU: 2 UID: 0 PID: 0 Comm: swapper/2 Not tainted 6.12.0 #1',
        `RIP: 0010:${first}`,
        'Call Trace:',
        ' <IRQ>',
        ...rest.map((f) => ` ${f}`),
        ' </IRQ>',
      ]),
    )[0]?.culprit?.symbol;
  };
  const spinning = ['native_queued_spin_lock_slowpath', '_raw_spin_lock_irqsave', '__wake_up_common_lock', '__wake_up'];
  assert.is(locked(...spinning, 'driver_xyz_irq', '__handle_irq_event_percpu'), 'driver_xyz_irq');
  const usb = ['__usb_hcd_giveback_urb', 'usb_hcd_giveback_urb', 'dummy_timer', '__hrtimer_run_queues', 'hrtimer_run_softirq'];
  assert.is(locked('io_serial_in', '_dev_warn', 'driver_xyz_rx_complete', ...usb), 'driver_xyz_rx_complete');
});

test('a sysrq is no crash, whatever it lists', () => {
  for (const file of logs.filter((f) => f.includes('sysrq')))
    assert.equal([...new Set(eventsOf(read(file)).map(({ kind }) => kind))], ['sysrq'], file);
});

/** Table → symbols that it is there for, and that it must not know. */
const TABLES: readonly (readonly [name: string, table: RegExp, yes: readonly string[], no: readonly string[]])[] = [
  [
    'dispatchers',
    DISPATCHERS,
    [
      'do_syscall_64',
      'el0_svc_common',
      'vfs_write',
      'process_one_work',
      'call_timer_fn',
      '__netif_receive_skb_core',
      'cpu_startup_entry',
      '__usb_hcd_giveback_urb',
    ],
    ['vfs_rmdir', 'netlink_unicast', 'run_timer_softirq', 'ksys_write'],
  ],
  [
    'spinning',
    SPINNING,
    [
      'native_queued_spin_lock_slowpath',
      '_raw_spin_lock_irqsave',
      '__write_lock_failed',
      'kvm_wait',
      '__pv_queued_spin_lock_slowpath',
      'osq_lock',
      '__ticket_spin_lock',
    ],
    ['_raw_spin_unlock_irqrestore', 'spin_lock_init', 'alloc_iova'],
  ],
  [
    'queues',
    QUEUES,
    ['__wake_up_common_lock', 'complete_all', 'remove_wait_queue', 'prepare_to_wait_event', 'finish_swait'],
    ['complete_scsi_command', 'wait_for_completion'],
  ],
  ['dumpers', DUMPERS, ['dump_stack_lvl', 'sched_show_task', 'rcu_dump_cpu_stacks', 'watchdog_timer_fn'], ['schedule', 'dump_page_owner']],
  [
    'interrupts',
    INTERRUPTS,
    ['asm_sysvec_apic_timer_interrupt', 'apic_timer_interrupt', '__irq_svc', 'el1h_64_irq', 'end_repeat_nmi'],
    ['hrtimer_interrupt', 'irq_exit'],
  ],
  [
    'waiting',
    WAITING,
    [
      'schedule_timeout',
      '__mutex_lock',
      'rwsem_down_write_slowpath',
      'folio_wait_bit',
      'lock_sock_nested',
      'console_lock',
      'destroy_workqueue',
    ],
    ['rtnl_lock', 'copy_net_ns', 'blkdev_put', 'iterate_bdevs'],
  ],
];
for (const [name, table, yes, no] of TABLES) {
  test(`${name} by name`, () => {
    for (const symbol of yes) assert.ok(table.test(symbol), symbol);
    for (const symbol of no) assert.not.ok(table.test(symbol), symbol);
  });
}

test("the task that ran on a stalled CPU is the event's, in the columns of old kernels too; the kthread of RCU is not", () => {
  const [event] = eventsOf(
    stamped([
      'INFO: rcu_sched detected stalls on CPUs/tasks:',
      '\t1-...: (1 GPs behind) idle=5dd/140000000000001/0 softirq=201/202 fqs=3',
      '\t(detected by 0, t=21003 jiffies, g=10457, c=10456, q=512)',
      'rcu_sched kthread starved for 21003 jiffies! g10457 c10456 f0x0 s3 ->state=0x1',
      'RCU grace-period kthread stack dump:',
      'rcu_sched       S 29144    10      2 0x80000000',
      'Call Trace:',
      ' schedule_timeout+0x1/0x2',
      'Task dump for CPU 1:',
      'java worker     R running task on cpu   1     0  7831      1 0x00000008 0',
      'Call Trace:',
      ' xyz_spin+0x1/0x2 [driver_xyz]',
      ' do_syscall_64+0x1/0x2',
    ]),
  );
  assert.equal([event?.task?.comm, event?.task?.pid, event?.culprit?.symbol], ['java worker', 7831, 'xyz_spin']);
});

test('what other CPUs ran while a task hung is not where it ran', () => {
  const [event] = eventsOf(
    stamped([
      'INFO: task java:77 blocked for more than 120 seconds.',
      '      Not tainted 6.1.0 #1',
      '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
      'task:java            state:D stack:0     pid:77    ppid:1      flags:0x00000000',
      'Call Trace:',
      ' schedule+0x1/0x2',
      ' xyz_open+0x1/0x2 [driver_xyz]',
      'Sending NMI from CPU 3 to CPUs 0:',
      'NMI backtrace for cpu 0 skipped: idling at default_idle+0xf/0x20',
    ]),
  );
  assert.equal(event?.task, { pid: 77, comm: 'java' });
});

test("the scheduler's tables are lines of sysrq's reports; in another's they are strangers", () => {
  const table = ['  .nr_running                    : 0', 'cfs_rq[0]:/', 'now at 1234567890 nsecs'];
  const [listed] = eventsOf(stamped(['sysrq: Show Blocked State', ...table]));
  assert.is(listed?.records.count, 4);
  const [hung] = eventsOf(stamped(['INFO: task java:77 blocked for more than 120 seconds.', ...table]));
  assert.is(hung?.records.count, 1);
});

test('a lock of a cross call is one report from its first line to its release, by its number, whoever prints between', () => {
  const wait = (verb: string, bug: number, ns: number) =>
    `smp: csd: ${verb} non-responsive CSD lock (#${bug}) on CPU#2, waiting ${ns} ns for CPU#05 xyz_ipi+0x0/0x20(0x0).`;
  const events = eventsOf(
    stamped([
      wait('Detected', 1, 5000000000),
      'smp: \tcsd: CSD lock (#1) unresponsive.',
      'Sending NMI from CPU 2 to CPUs 5:',
      'NMI backtrace for cpu 5',
      'CPU: 5 PID: 7 Comm: java Not tainted 6.12.0 #1',
      'Call Trace:',
      ' xyz_spin+0x1/0x2 [driver_xyz]',
      'CPU: 2 PID: 9 Comm: cat Not tainted 6.12.0 #1',
      'Call Trace:',
      ' csd_lock_wait_toolong+0x1/0x2',
      wait('Detected', 2, 5000000000),
      wait('Continued', 1, 10000000000),
      'smp: csd: CSD lock (#1) got unstuck on CPU#02, CPU#05 released the lock.',
    ]),
  );
  assert.equal(
    events.map((e) => [e.kind, e.culprit?.symbol, e.task?.comm, e.details?.seconds, e.details?.unstuck]),
    [
      ['csd-lockup', 'xyz_spin', 'java', 10, true],
      ['csd-lockup', undefined, undefined, 5, undefined],
    ],
  );
});

test('a line that is cut before it says that a lock came free does not say so', () => {
  const [csd] = eventsOf(
    stamped([
      'smp: csd: Continued non-responsive CSD lock (#1) on CPU#2, waiting 10000000000 ns for CPU#05 xyz_ipi+0x0/0x20(0x0).',
      'smp: csd: CSD lock (#1) go',
    ]),
  );
  assert.equal([csd?.details?.seconds, csd?.details?.unstuck], [10, undefined]);
});

test('cut at any line, a report still yields its event', () => {
  for (const file of logs) {
    const lines = read(file).split('\n');
    const [event] = eventsOf(lines.join('\n'));
    const kind = event?.kind;
    // what others print stands before it, or the line that announces it
    const head = Math.max(
      lines.findIndex((l) => !l.includes('cut here')),
      (event?.records.first ?? 1) - 1,
    );
    for (let n = head + 1; n < lines.length; n++)
      assert.is(eventsOf(`${lines.slice(0, n).join('\n')}\n`)[0]?.kind, kind, `${file} cut at ${n}`);
  }
});

test('for how long a pool is stuck is unknown where its line is cut', () => {
  const [cut] = eventsOf(stamped(['workqueue: BUG: workqueue lockup - pool cpu']));
  assert.is(cut?.kind, 'workqueue-lockup');
  assert.is(cut?.details?.seconds, undefined);
});

test.run();
