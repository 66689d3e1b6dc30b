import { BUG_HEADS } from '../bug/heads.ts';
import { type HeadRule, head, stackHead } from '../call-trace/head.ts';
import { freeHead } from './free-head.ts';

/** `comm/pid`, a comm may hold anything. */
const WHO = String.raw`(?<comm>.{1,40})\/(?<pid>\d+)`;
const SYMBOL = String.raw`[A-Za-z_.$<][^\s+]*\+0x[0-9a-f]+\/0x[0-9a-f]+`;
const re = (source: string) => new RegExp(source);

/**
 * print_lock(), kernel/locking/lockdep.c: ` (name){+.+.}, at: [<addr>] sym` until 4.15, `addr (name){+.+.}, at: sym` since 4.17,
 * `{+.+.}-{wait type}` since 5.7. Held locks are numbered: ` #0: `.
 */
const LOCK = re(
  String.raw`^(?:#(?<depth>\d+): *)?(?:(?<address>[0-9a-f]{8,16}) )?\((?<name>.{1,256})\)(?<usage>\{[^}]{0,32}\}(?:-\{[^}]{0,16}\})?)(?:, at: (?:\[<[^>]{0,24}>\]:?)?\s*(?<frame>${SYMBOL})(?: (?<source>[^\s:]+:\d+))?(?: (?<module>\[[^\]]+\]))?)?`,
);

const LOCKDEP: readonly HeadRule[] = [
  // print_circular_bug_header(), print_deadlock_bug(), print_usage_bug() and their like: `[ INFO: … ]` until 4.10, `WARNING: …` since 4.11.
  head(
    'lockdep_head',
    /WARNING: (?:possible (?:circular|recursive|irq lock)|inconsistent lock state|bad (?:unlock|contention)|held lock freed|lock held when|[Nn]ested lock|suspicious RCU|[A-Z_]+-safe -> |[^\n]{1,40}\/\d+ still has locks)|\[ (?:INFO|BUG): |INFO: (?:trying to register|possible |inconsistent |suspicious )|BUG: (?:Invalid wait context|key |lock held|held lock|bad unlock|using lock)/,
    re(`(?<level>INFO|BUG|WARNING): ${WHO} (?<what>still has locks held)`),
    /(?<level>INFO|BUG|WARNING): (?<what>.{0,160}?)[.!]*(?: \])?$/,
    /(?<level>INFO|BUG|WARNING): (?<what>.{0,160})/,
  ),
  // print_bfs_bug(), alloc_list_entry(), save_trace(), register_lock_class(): lockdep gives itself up.
  head('lockdep_limit', /BUG: (?:MAX_[A-Z_]+ too low|looking up invalid)/, /BUG: (?<what>MAX_[A-Z_]+ too low!?)/, /BUG: (?<what>.*)/),
  // print_circular_bug(): who wants the lock.
  freeHead(
    'print_wanted',
    /[^\s][^\n]{0,40}\/\d+ (?:\[HC[^\n]*\] )?(?:is trying to (?:acquire|lock)|takes:|just changed the state of lock)/,
    re(
      String.raw`^${WHO} (?:\[(?<context>HC[^\n]*)\] )?(?<verb>is trying to acquire|is trying to lock|takes|just changed the state of lock)`,
    ),
  ),
  // print_unlock_imbalance_bug(), print_lock_contention_bug(): the place follows on its own line.
  freeHead(
    'print_unlock_imbalance_bug',
    /[^\s][^\n]{0,40}\/\d+ is trying to (?:release|contend) lock/,
    re(String.raw`^${WHO} is trying to (?<verb>release|contend) lock \((?<name>.*)\)`),
  ),
  // print_freed_lock_bug()
  freeHead(
    'print_freed_lock_bug',
    /[^\s][^\n]{0,40}\/\d+ is freeing memory /,
    re(`^${WHO} is freeing memory (?<from>[0-9a-f]+)-(?<to>[0-9a-f]+)`),
  ),
  // lockdep_sys_exit(), debug_check_no_locks_held()
  freeHead('lockdep_sys_exit', /[^\s][^\n]{0,40}\/\d+ is (?:leaving|exiting)/, re(`^${WHO} is (?<verb>leaving|exiting)`)),
  head(
    'print_holding',
    /(?:but|and this) task is already holding|but this lock (?:took|was taken)|but there are no |but this task is not holding/,
  ),
  // print_circular_bug_entry(), print_shortest_lock_dependencies(): a link of the chain and the stack that made it.
  stackHead('print_circular_bug_entry', /-> #\d+ /),
  stackHead(
    'print_lock_trace',
    /\{[A-Z][^}\n]*\} state was registered at|\.\.\. which became |\.\.\. acquired at|INITIAL[ A-Z]*USE at|(?:HARDIRQ|SOFTIRQ|RECLAIM_FS|IN-[A-Z-]+)(?:-ON)?-[WR] at/,
  ),
  // print_lock_class_header(): the key is data, not a frame.
  head('print_lock_class_header', /\.\.\. key +at: /),
  // lockdep_print_held_locks(): "1 lock held by a/1:"; the task's CPU is printed since 6.x.
  head('lockdep_print_held_locks', /(?:\d+ locks?|no locks) held by /, re(String.raw`^(?<count>\d+|no) locks? held by ${WHO}[:.]\s*$`)),
  head('debug_show_all_locks', /Showing all locks held in the system/),
  // print_lock()
  head('print_lock', /(?:#\d+:[ \t]*)?(?:[0-9a-f]{8,16} )?\((?=[^\n]+\)\{)|#\d+:[ \t]*/, LOCK, /^#(?<depth>\d+):/),
  // print_circular_lock_scenario(), print_deadlock_scenario(), print_irq_lock_scenario(): rlock( and sync( since 6.3.
  head('print_scenario', /(?:r?lock|sync)\(|local_irq_disable\(\)|<Interrupt>/),
  head('print_scenario_head', /CPU0(?![^\n]*[^ \tCPU1\n])/),
  head('print_chain_head', /Chain exists of:/),
  head('print_dependency', /which would create a new lock dependency/),
  // print_usage_bug()
  head('print_usage_bug', /inconsistent \{/, /inconsistent \{(?<before>[^}]*)\} -> \{(?<now>[^}]*)\} usage/),
  // print_irqtrace_events(): these name code but are no stack.
  head('print_irqtrace_events', /(?:irq event stamp|(?:hard|soft)irqs last +(?:enabled|disabled) at)/),
  // print_lock_invalid_wait_context(), since 5.7.
  head('print_wait_context', /context-\{/, /context-\{(?<context>[^}]*)\}/),
  // lockdep_rcu_suspicious()
  head(
    'rcu_scheduler_active',
    /(?:RCU used illegally[^\n]*|rcu_scheduler_active = )/,
    /rcu_scheduler_active = (?<active>\d+), debug_locks = (?<debug>\d+)/,
  ),
  freeHead(
    'lockdep_rcu_suspicious',
    /[^\s:]+:\d+ (?=[^\n]*(?:[Rr][Cc][Uu]|usage|dereference|context switch)[^\n]*!)/,
    /^(?<file>[^\s:]+):(?<line>\d+) (?<message>.*?)!?$/,
  ),
];

const DEBUG: readonly HeadRule[] = [
  // kernel/locking/spinlock_debug.c spin_bug(), rwlock_bug(); lib/spinlock_debug.c before 3.15. "lockup" until 2.6.38, "lockup suspected" since.
  head(
    'spin_bug',
    /BUG: (?:spinlock|rwlock|mutex|rt-mutex|semaphore) /,
    re(String.raw`BUG: (?<what>[\w -]+?) on CPU#(?<cpu>\d+), (?<comm>.*)\/(?<pid>\d+)`),
    /BUG: (?<what>[\w -]+)/,
  ),
  head(
    'spin_dump',
    /lock: (?=[^\n]*\.magic: )/,
    /lock: (?:(?<name>[A-Za-z_][^\s,]*)|(?<address>(?:0x)?[0-9a-f]+))[^,]*, \.magic: (?<magic>[0-9a-f]+), \.owner: (?<owner>.*)\/(?<ownerPid>-?\d+), \.owner_cpu: (?<ownerCpu>-?\d+)/,
  ),
  // kernel/sched/core.c __schedule_bug(); kernel/sched/idle.c dequeue_task_idle().
  head(
    '__schedule_bug',
    /BUG: scheduling while atomic: ?|bad: scheduling from the idle/,
    /while atomic: (?<comm>.*)\/(?<pid>\d+)\/(?<preempt>0x[0-9a-f]+)/,
  ),
  // kernel/sched/core.c __might_resched(), __might_sleep() before 5.17; "at F:L" since 2.6.0; __cant_sleep(), __cant_migrate().
  head('__might_resched', /BUG: sleeping function called from invalid context/, /at (?<file>\S+?):(?<line>\d+)/),
  head(
    '__cant_sleep',
    /BUG: assuming (?:atomic|non migratable) context at /,
    /assuming (?<what>[a-z ]+?) context at (?<file>\S+?):(?<line>\d+)/,
  ),
  head(
    'in_atomic',
    /in_atomic\(\): /,
    /in_atomic\(\): (?<atomic>\d+), irqs_disabled\(\): (?<irqs>\d+)(?:, non_block: (?<nonBlock>\d+))?, pid: (?<pid>\d+), name: (?<comm>.*)/,
  ),
  head(
    'preempt_count',
    /preempt_count: |RCU nest depth: /,
    /(?<key>preempt_count|RCU nest depth): (?<count>[0-9a-f]+), expected: (?<expected>[0-9a-f]+)/,
  ),
  // print_preempt_disable_ip(): the place follows; it is no stack.
  head('print_preempt_disable_ip', /Preemption disabled at:/),
  // lib/smp_processor_id.c check_preemption_disabled()
  head(
    'check_preemption_disabled',
    /BUG: using (?=\S+\(\) in preemptible)/,
    /BUG: using (?<function>\S+\(\)) in preemptible (?:\[[0-9a-f]+\] )?code: (?<comm>.*)\/(?<pid>\d+)/,
  ),
  head('caller_is', /caller is /, re(String.raw`caller is (?:\[<[^>]*>\] )?(?<frame>${SYMBOL}|[A-Za-z_]\w*)(?: (?<module>\[[^\]]+\]))?`)),
  // kernel/workqueue.c process_one_work(): "leaked lock or atomic" until 6.8, "leaked atomic, lock or RCU" since.
  head(
    'process_one_work',
    /BUG: workqueue leaked /,
    /workqueue leaked (?<what>[\w ,]+?): (?<comm>.*)\/0x(?<preempt>[0-9a-f]+)\/(?<pid>\d+)/,
  ),
  head(
    'last_function',
    /last function: /,
    re(String.raw`last function: (?:\[<[^>]*>\] )?(?<frame>${SYMBOL}|[A-Za-z_]\w*)(?: (?<module>\[[^\]]+\]))?`),
  ),
];

/** Heads of kernel/locking/lockdep.c, its debugging neighbours, and the panic that such a report may end in. */
export const LOCK_HEADS: readonly HeadRule[] = [...LOCKDEP, ...DEBUG, ...BUG_HEADS.filter((h) => h.name === 'panic')];
