import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** `comm/pid`: a comm may hold anything. */
const WHO = String.raw`(?<comm>.{1,40})\/(?<pid>\d+)`;
const start = (verb: string): RegExp => new RegExp(String.raw`[^\s][^\n]{0,40}\/\d+ ${verb}`);
const reads = (verb: string): RegExp[] => [new RegExp(`^${WHO} ${verb}`)];
/** In hard and soft interrupt context, and whether each is enabled. */
const CONTEXT = String.raw`\[(?<context>HC[^\]\n]*\][^\n]*)\]`;
const TASK = { comm: words, pid: int };

/** Who did what with which lock: the lines between a report's title and its locks. */
export const REPORT = lines({
  print_kernel_ident: {
    printer: 'kernel/locking/lockdep.c print_kernel_ident()',
    releases: 'without the taint until 3.7',
    examples: ['6.6.15 #1 Not tainted', '5.10.0-28-amd64 #1 Tainted: G        W  OE', '2.6.32.71 #1'],
    start: /\d+\.\d+\S* #\S+(?: (?:Not tainted|Tainted)|\s*$)|\d+\.\d+\S* (?:Not tainted|Tainted)/,
    fields: { release: words, version: words },
    reads: [/^(?<release>\S+)(?: (?<version>#\S+))?/],
  },
  print_circular_bug_header_task: {
    printer: 'kernel/locking/lockdep.c print_circular_bug_header(), print_deadlock_bug()',
    examples: ['java worker/48 is trying to acquire lock:', 'kworker/u8:2/48 is trying to acquire lock:'],
    free: true,
    contains: ' is trying to ',
    start: start('is trying to acquire lock'),
    fields: TASK,
    reads: reads('is trying to acquire'),
  },
  print_bad_irq_dependency_task: {
    printer: 'kernel/locking/lockdep.c print_bad_irq_dependency()',
    examples: ['java/48 [HC0[0]:SC0[2]:HE0:SE0] is trying to acquire:'],
    free: true,
    contains: ' is trying to ',
    start: start(String.raw`\[HC[^\n]*\] is trying to acquire`),
    fields: { ...TASK, context: words },
    reads: reads(`${CONTEXT} is trying`),
  },
  print_usage_bug_task: {
    printer: 'kernel/locking/lockdep.c print_usage_bug()',
    examples: ['Web Content/9 [HC1[1]:SC0[0]:HE0:SE1] takes:'],
    free: true,
    contains: ' takes:',
    start: start(String.raw`(?:\[HC[^\n]*\] )?takes:`),
    fields: { ...TASK, context: words },
    reads: reads(`(?:${CONTEXT} )?takes:`),
  },
  print_irq_inversion_bug_task: {
    printer: 'kernel/locking/lockdep.c print_irq_inversion_bug()',
    examples: ['swapper/0/0 just changed the state of lock:'],
    free: true,
    contains: ' just changed ',
    start: start('just changed the state of lock'),
    fields: TASK,
    reads: reads('just changed'),
  },
  print_lock_invalid_wait_context_task: {
    printer: 'kernel/locking/lockdep.c print_lock_invalid_wait_context(), print_lock_nested_lock_not_held()',
    examples: ['java/77 is trying to lock:'],
    free: true,
    contains: ' is trying to ',
    start: start('is trying to lock'),
    fields: TASK,
    reads: reads('is trying to lock'),
  },
  print_unlock_imbalance_bug_task: {
    printer: 'kernel/locking/lockdep.c print_unlock_imbalance_bug(): the place follows on a line of its own',
    examples: ['java/77 is trying to release lock (&xyz->lock) at:'],
    free: true,
    contains: ' is trying to ',
    start: start('is trying to release lock'),
    fields: { ...TASK, name: words },
    reads: reads(String.raw`is trying to release lock \((?<name>.*)\)`),
  },
  print_lock_contention_bug_task: {
    printer: 'kernel/locking/lockdep.c print_lock_contention_bug(): the place follows on a line of its own',
    examples: ['java/77 is trying to contend lock (&xyz->lock) at:'],
    free: true,
    contains: ' is trying to ',
    start: start('is trying to contend lock'),
    fields: { ...TASK, name: words },
    reads: reads(String.raw`is trying to contend lock \((?<name>.*)\)`),
  },
  print_freed_lock_bug_task: {
    printer: 'kernel/locking/lockdep.c print_freed_lock_bug()',
    examples: ['java/77 is freeing memory ffff888103c2a000-ffff888103c2afff, with a lock still held there!'],
    free: true,
    contains: ' is freeing ',
    start: start('is freeing memory '),
    fields: { ...TASK, from: hex, to: hex },
    reads: reads('is freeing memory (?<from>[0-9a-f]+)-(?<to>[0-9a-f]+)'),
  },
  lockdep_sys_exit_task: {
    printer: 'kernel/locking/lockdep.c lockdep_sys_exit(); debug_check_no_locks_held() until 3.9 said `is exiting`',
    examples: ['java/77 is leaving the kernel with locks still held!', 'java/77 is exiting with locks still held!'],
    free: true,
    contains: 'ing ',
    start: start('is (?:leaving|exiting)'),
    fields: TASK,
    reads: reads('is (?:leaving|exiting)'),
  },
  debug_rt_mutex_print_deadlock_task: {
    printer: 'kernel/locking/rtmutex-debug.c debug_rt_mutex_print_deadlock()',
    releases: 'until 5.11',
    examples: [
      'java/77 is deadlocking current task dbus-daemon/90',
      '1) dbus-daemon/90 is trying to acquire this lock:',
      "java/77's [blocked] stackdump:",
    ],
    free: true,
    start: anyOf(
      String.raw`[^\s][^\n]{0,40}\/\d+ is (?:deadlocking|blocked on|trying to acquire this)`,
      String.raw`[^\s][^\n]{0,40}\/\d+'s \[`,
    ),
  },
  print_collision_task: {
    printer: 'kernel/locking/lockdep.c print_collision()',
    examples: ['java/77: '],
    free: true,
    start: /[^\s][^\n]{0,40}\/\d+:\s*$/,
    fields: TASK,
    reads: [new RegExp(`^${WHO}:`)],
  },
  print_circular_bug_header_held: {
    printer: 'kernel/locking/lockdep.c print_circular_bug_header(), print_deadlock_bug()',
    examples: ['but task is already holding lock:'],
    start: /but (?:this )?task is already holding/,
    reads: [],
  },
  print_bad_irq_dependency_held: {
    printer: 'kernel/locking/lockdep.c print_bad_irq_dependency()',
    examples: ['and this task is already holding:'],
    start: /and this task is already holding/,
    reads: [],
  },
  print_irq_inversion_bug_taken: {
    printer: 'kernel/locking/lockdep.c print_irq_inversion_bug()',
    examples: [
      'but this lock took another, HARDIRQ-unsafe lock in the past:',
      'but this lock was taken by another, SOFTIRQ-READ-safe lock in the past:',
    ],
    start: /but this lock (?:took|was taken)/,
    reads: [],
  },
  print_unlock_imbalance_bug_none: {
    printer: 'kernel/locking/lockdep.c print_unlock_imbalance_bug(), print_lock_contention_bug()',
    examples: ['but there are no more locks to release!', 'but there are no locks held!'],
    start: /but there are no /,
    reads: [],
  },
  print_lock_nested_lock_not_held_missing: {
    printer: 'kernel/locking/lockdep.c print_lock_nested_lock_not_held(): the name of the lock follows',
    examples: ['but this task is not holding:'],
    start: /but this task is not holding/,
    reads: [],
  },
  print_usage_bug_usage: {
    printer: 'kernel/locking/lockdep.c print_usage_bug()',
    releases: '`INITIAL USE` and `IN-NMI` since 5.9',
    examples: ['inconsistent {IN-SOFTIRQ-W} -> {SOFTIRQ-ON-W} usage.', 'inconsistent {INITIAL USE} -> {IN-NMI} usage.'],
    start: /inconsistent \{/,
    fields: { before: words, now: words },
    rule: { grammar: 'lock', name: 'print_usage_bug', mode: 'usage' },
  },
  print_lock_invalid_wait_context_inner: {
    printer: 'kernel/locking/lockdep.c print_lock_invalid_wait_context()',
    releases: 'since 5.7',
    examples: ['context-{5:5}'],
    start: /context-\{/,
    fields: { context: words },
    reads: [/^context-\{(?<context>[^}]*)\}/],
  },
  lockdep_rcu_suspicious_place: {
    printer: 'kernel/locking/lockdep.c lockdep_rcu_suspicious()',
    examples: [
      'drivers/misc/driver_xyz.c:412 suspicious rcu_dereference_check() usage!',
      './include/linux/rcupdate.h:292 Illegal context switch in RCU read-side critical section!',
    ],
    free: true,
    contains: '!',
    start: /[^\s:]+:\d+ (?=[^\n]*!\s*$)/,
    fields: { file: words, line: int, message: words },
    reads: [/^(?<file>[^\s:]+):(?<line>\d+) (?<message>.*?)!?$/],
  },
  lockdep_rcu_suspicious_state: {
    printer: 'kernel/locking/lockdep.c lockdep_rcu_suspicious()',
    examples: [
      'rcu_scheduler_active = 2, debug_locks = 1',
      'RCU used illegally from extended quiescent state!',
      'Possible false positive due to lockdep disabling via debug_locks = 0',
    ],
    start: /rcu_scheduler_active = |RCU used illegally from |Possible false positive due to lockdep/,
  },
  sentences: {
    printer: 'kernel/locking/lockdep.c print_circular_bug(), print_bad_irq_dependency() and their like',
    examples: [
      'which lock already depends on the new lock.',
      'the existing dependency chain (in reverse order) is:',
      'other info that might help us debug this:',
      'which would create a new lock dependency:',
      'but this new dependency connects a HARDIRQ-irq-safe lock:',
      'to a HARDIRQ-irq-unsafe lock:',
      '...',
      'and interrupts could create inverse lock ordering between them.',
      'the shortest dependencies between 2nd lock and 1st lock:',
      'the dependencies between HARDIRQ-irq-safe lock and the holding lock:',
      ' and HARDIRQ-irq-unsafe lock:',
      'and the lock comparison function returns 1:',
      'lockdep:print_shortest_lock_dependencies bad path found in chain graph',
    ],
    start: anyOf(
      'which lock already depends|which would create a new',
      'the (?:existing|first|second|shortest) |the dependencies between ',
      'other info that might help us',
      'but this new dependency connects|to a [A-Z_-]+-irq-(?:un)?safe lock',
      String.raw`\.\.\.\s*$`, // before the stack of the unsafe lock
      'and interrupts could create|and the (?:lock comparison|shortest)|and [A-Z_-]+-irq-unsafe lock',
      'lockdep:\\w+ bad path',
    ),
  },
  assign_lock_key_advice: {
    printer: 'kernel/locking/lockdep.c assign_lock_key(), print_lockdep_off(), check_flags()',
    releases: '`the code is fine` until 5.10, `The code …, or maybe` since',
    examples: [
      'the code is fine but needs lockdep annotation.',
      'The code is fine but needs lockdep annotation, or maybe',
      "you didn't initialize this object before use?",
      'turning off the locking correctness validator.',
      'Please attach the output of /proc/lock_stat to the bug report',
      'depth: 48  max: 48!',
      'possible reason: unannotated irqs-off.',
    ],
    start: anyOf(
      "[Tt]he code is fine but|maybe you|you didn't initialize this",
      'turning off the locking correctness|Please attach the output of /proc/lock_',
      String.raw`depth: \d+ +(?:max: \d+|\(irq_context)|possible reason: unannotated irqs`,
    ),
  },
  print_collision_chain: {
    printer: 'kernel/locking/lockdep.c print_collision(), print_chain_key_iteration()',
    releases: 'since 4.6',
    examples: [
      "Hash chain already cached but the contents don't match!",
      'Held locks:depth: 2',
      ' hlock_id:12 -> chain_key:00000a1b2c3d4e5f',
    ],
    start: /Hash chain already cached|(?:Held locks|Locks in cached chain):|(?:class_idx|hlock_id):\d+ -> /,
  },
});
