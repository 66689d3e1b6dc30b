import { hex, hexCount, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const SYMBOL = String.raw`[A-Za-z_.$<][^\s+]*\+0x[0-9a-f]+\/0x[0-9a-f]+`;
/** `%pS`, in brackets until 4.11, `%ps` without an offset; the module behind it. */
const PLACE = String.raw`(?:\[<[^>]*>\] )?(?<frame>${SYMBOL}|[A-Za-z_]\w*)(?: (?<module>\[[^\]]+\]))?`;

/** Spinlocks that are broken, and code in a context that forbids what it does. */
export const CONTEXTS = lines({
  spin_bug: {
    printer: 'kernel/locking/spinlock_debug.c spin_bug(), rwlock_bug()',
    releases: 'lib/spinlock_debug.c until 3.14; `lockup` until 2.6.38, `lockup suspected` since',
    examples: [
      'BUG: spinlock bad magic on CPU#0, java worker/77',
      'BUG: rwlock recursion on CPU#1, java/77, 00000000c8a3d6d1',
      'BUG: write-lock lockup on CPU#1, java/77',
    ],
    once: true,
    opens: [
      {
        form: 'spinlock',
        literals: ['BUG: spinlock ', 'BUG: rwlock ', 'BUG: mutex ', 'BUG: rt-mutex ', 'BUG: write-lock lockup', 'BUG: read-lock lockup'],
      },
    ],
    fields: { what: words, cpu: int, comm: words, pid: int },
    reads: [/BUG: (?<what>[\w -]+?) on CPU#(?<cpu>\d+), (?<comm>.*)\/(?<pid>\d+)/, /BUG: (?<what>[\w -]+)/],
  },
  spin_dump: {
    printer: 'kernel/locking/spinlock_debug.c spin_dump()',
    releases: 'the symbol of the lock since 3.8, its address before',
    examples: [
      ' lock: xyz_lock+0x0/0xffffffffffffffa0 [driver_xyz], .magic: dead4ead, .owner: java worker/12, .owner_cpu: 1',
      ' lock: ffff88003d1e8000, .magic: 00000000, .owner: <none>/-1, .owner_cpu: -1',
    ],
    start: /lock: (?=[^\n]*\.magic: )/,
    fields: { name: words, address: hex, magic: hex, owner: words, ownerPid: int, ownerCpu: int },
    rule: { grammar: 'lock', name: 'spin_dump', mode: 'spin' },
  },
  __schedule_bug: {
    printer: 'kernel/sched/core.c __schedule_bug()',
    releases: 'the pid last until 2.6.23',
    examples: ['BUG: scheduling while atomic: java worker/77/0x00000002', 'BUG: scheduling while atomic: java worker/0x00000002/77'],
    opens: [{ form: 'atomic', literals: ['BUG: scheduling while atomic'] }],
    fields: { comm: words, pid: int, preempt: hexCount },
    reads: [
      /while atomic: (?<comm>.*)\/(?<pid>\d+)\/0x(?<preempt>[0-9a-f]+)/,
      /while atomic: (?<comm>.*)\/0x(?<preempt>[0-9a-f]+)\/(?<pid>\d+)/,
    ],
  },
  schedule_debug: {
    printer: 'kernel/sched/core.c schedule_debug()',
    releases: 'since 5.4',
    examples: ['BUG: scheduling in a non-blocking section: java/77/1'],
    opens: [{ form: 'atomic', literals: ['BUG: scheduling in a non-blocking section'] }],
    fields: { comm: words, pid: int, nonBlock: int },
    reads: [/section: (?<comm>.*)\/(?<pid>\d+)\/(?<nonBlock>\d+)/],
  },
  dequeue_task_idle: {
    printer: 'kernel/sched/idle.c dequeue_task_idle()',
    examples: ['bad: scheduling from the idle thread!'],
    opens: [{ form: 'atomic', literals: ['bad: scheduling from the idle thread'] }],
    reads: [],
  },
  __might_resched: {
    printer: 'kernel/sched/core.c __might_resched()',
    releases: '__might_sleep() until 5.16',
    examples: ['BUG: sleeping function called from invalid context at mm/slab.h:421'],
    opens: [{ form: 'atomic', literals: ['BUG: sleeping function called from invalid context'] }],
    fields: { file: words, line: int },
    reads: [/at (?<file>\S+?):(?<line>\d+)/],
  },
  __might_resched_state: {
    printer: 'kernel/sched/core.c __might_resched(), __cant_sleep(), __cant_migrate()',
    releases: '`non_block` since 5.4, `migration_disabled()` since 5.12',
    examples: [
      'in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 77, name: java worker',
      'in_atomic(): 0, irqs_disabled(): 1, migration_disabled() 0 pid: 77, name: java',
      'in_atomic(): 1, irqs_disabled(): 0, pid: 77, name: java',
    ],
    start: /in_atomic\(\): /,
    fields: { atomic: int, irqs: int, nonBlock: int, pid: int, comm: words },
    rule: { grammar: 'lock', name: 'in_atomic', mode: 'atomic' },
  },
  __might_resched_count: {
    printer: 'kernel/sched/core.c __might_resched()',
    releases: 'since 5.16',
    examples: ['preempt_count: 201, expected: 0'],
    start: /preempt_count: /,
    fields: { count: hexCount, expected: hexCount },
    reads: [/^preempt_count: (?<count>[0-9a-f]+), expected: (?<expected>[0-9a-f]+)/],
  },
  __might_resched_depth: {
    printer: 'kernel/sched/core.c __might_resched()',
    releases: 'since 5.16',
    examples: ['RCU nest depth: 1, expected: 0'],
    start: /RCU nest depth: /,
    fields: { depth: int, expected: int },
    reads: [/^RCU nest depth: (?<depth>\d+), expected: (?<expected>\d+)/],
  },
  __cant_sleep: {
    printer: 'kernel/sched/core.c __cant_sleep(), __cant_migrate()',
    releases: 'since 5.1, 5.12',
    examples: ['BUG: assuming atomic context at net/driver_xyz.c:92', 'BUG: assuming non migratable context at net/driver_xyz.c:92'],
    opens: [{ form: 'atomic', literals: ['BUG: assuming atomic context', 'BUG: assuming non migratable context'] }],
    fields: { what: words, file: words, line: int },
    reads: [/assuming (?<what>[a-z ]+?) context at (?<file>\S+?):(?<line>\d+)/],
  },
  print_preempt_disable_ip: {
    printer: 'kernel/sched/core.c print_preempt_disable_ip(): the place follows on a line of its own and is not a stack',
    releases: 'since 3.18',
    examples: ['Preemption disabled at:'],
    start: /Preemption disabled at:/,
    reads: [],
  },
  check_preemption_disabled: {
    printer: 'lib/smp_processor_id.c check_preemption_disabled()',
    examples: [
      'BUG: using smp_processor_id() in preemptible [00000000] code: java worker/77',
      'BUG: using __this_cpu_add() in preemptible code: java/77',
    ],
    start: /BUG: using (?=[^\n]* in preemptible)/,
    opens: [{ form: 'atomic', literals: ['BUG: using '], test: (t) => t.includes(' in preemptible') }],
    fields: { function: words, comm: words, pid: int },
    reads: [/BUG: using (?<function>\S+\(\)) in preemptible (?:\[[0-9a-f]+\] )?code: (?<comm>.*)\/(?<pid>\d+)/],
  },
  check_preemption_disabled_caller: {
    printer: 'lib/smp_processor_id.c check_preemption_disabled()',
    examples: ['caller is driver_xyz_stat_add+0x14/0x20 [driver_xyz]', 'caller is debug_smp_processor_id'],
    start: /caller is /,
    reads: [new RegExp(`caller is ${PLACE}`)],
  },
  process_one_work: {
    printer: 'kernel/workqueue.c process_one_work()',
    releases: '`leaked lock or atomic` until 6.8, the task without the count since 6.9',
    examples: [
      'BUG: workqueue leaked lock or atomic: kworker/1:2/0x00000001/119',
      'BUG: workqueue leaked atomic, lock or RCU: kworker/1:2[119]',
    ],
    opens: [{ form: 'leaked', literals: ['BUG: workqueue leaked '] }],
    fields: { what: words, comm: words, preempt: hexCount, pid: int },
    reads: [
      /workqueue leaked (?<what>[\w ,]+?): (?<comm>.*)\/0x(?<preempt>[0-9a-f]+)\/(?<pid>\d+)/,
      /workqueue leaked (?<what>[\w ,]+?): (?<comm>.*)\[(?<pid>\d+)\]\s*$/,
    ],
  },
  process_one_work_function: {
    printer: 'kernel/workqueue.c process_one_work()',
    releases: '`last function:` until 6.8',
    examples: ['     last function: driver_xyz_work [driver_xyz]', '     preempt=0x00000001 lock=0->1 RCU=0->0 workfn=driver_xyz_work'],
    start: anyOf('last function: ', 'preempt=0x[0-9a-f]+ lock='),
    fields: { preempt: hexCount },
    reads: [new RegExp(`^last function: ${PLACE}`), new RegExp(String.raw`^preempt=0x(?<preempt>[0-9a-f]+) .* workfn=${PLACE}`)],
  },
});
