import type { OldFamily as Family } from '../common/legacy.ts';

/** kernel/locking/lockdep.c: sentences, locks, chains, scenarios; each alternative is a line of one of its print functions. */
const LOCKDEP =
  /^(?:\S.{0,40}\/\d+ (?:\[HC.*\] )?(?:is (?:trying to|leaving|exiting|freeing)|just changed|takes:|still has)|(?:but|and) (?:this|task|there|interrupts|now)\b|but this |which (?:lock|would)|the (?:existing|first|second|shortest|dependencies|code is fine|lock comes)|-> #\d|stack backtrace|other info|Possible |Chain exists|May be due|\*\*\* |CPU0\b|----|r?lock\(|sync\(|local_irq_disable|<Interrupt>|#\d+:|(?:\d+|no) locks? held by|Showing all locks held|(?:[0-9a-f]{8,16} )?\(.*\)\{|\{.*\} (?:state was|ops:|-> )|inconsistent \{|irq event stamp|(?:hard|soft)irqs last|\.\.\.|to a |and the (?:shortest|lock)|-> \(|[A-Z_-]+-[WR] at:|(?:IN|INITIAL)[A-Z -]* at:|context-\{|\} *$|\.\.\. key|maybe you|turning off the locking|you didn't initialize|INFO: lockdep is turned off|(?:Not tainted|Tainted)\b|\d+\.\d+\S* #\S+ (?:Not tainted|Tainted)|\d+\.\d+\S* (?:Not tainted|Tainted)|and (?:to|a)\b|key |lock-classes|hold|acquire|release|#[0-9]+ |\S.* --> \S)/;
/** lockdep_rcu_suspicious(), rcu_lockdep_warn; spin_dump(); __might_resched(), __schedule_bug(), check_preemption_disabled(), process_one_work(). */
const CONTEXT =
  /^(?:[^\s:]+:\d+ .*!$|RCU used illegally|rcu_scheduler_active|lock: .*\.magic:|Preemption disabled at|in_atomic\(\)|preempt_count: |RCU nest depth|caller is |last function: |\[<[0-9a-f]+>\] )/;

/** `[ INFO: possible circular … ]` until 4.10: lockdep's titles stood in brackets. */
const isTitle = (t: string): boolean => /lock|RCU|wait context|dependency|contention|unlock balance|held/i.test(t) && /\]\s*$/.test(t);

/** Lock rules broken: kernel/locking/lockdep.c, spinlock_debug.c, sched/core.c __might_resched(), lib/smp_processor_id.c, kernel/workqueue.c. */
export const lock: Family = {
  name: 'lock',
  openers: [
    ...[
      'WARNING: possible circular locking',
      'WARNING: possible recursive locking',
      'WARNING: possible irq lock inversion',
      'WARNING: inconsistent lock state',
      'WARNING: bad unlock balance',
      'WARNING: bad contention detected',
      'WARNING: held lock freed',
      'WARNING: lock held at task exit',
      'WARNING: Nested lock was not taken',
      'WARNING: nested lock was not taken',
      'WARNING: SOFTIRQ-',
      'WARNING: HARDIRQ-',
      'WARNING: RECLAIM_FS-',
      'INFO: trying to register non-static key',
      'INFO: possible circular locking',
      'INFO: possible recursive locking',
      'INFO: inconsistent lock state',
      'BUG: Invalid wait context',
    ].map((text) => ({ text, form: 'lockdep' })),
    { text: 'BUG: key ', form: 'limit', test: (t) => / (?:not in \.data|has not been registered)!/.test(t) },
    // syzkaller's console puts a record's tail behind a prompt: the head is looked for as a message as well.
    { text: 'WARNING: ', form: 'lockdep', test: (t) => /\/\d+ still has locks held!|lock order detected|locks? still held/.test(t) },
    { text: '[ INFO: ', form: 'rcu', test: (t) => /suspicious (?:RCU|rcu)/.test(t) },
    { text: '[ INFO: ', form: 'lockdep', test: isTitle },
    { text: '[ BUG: ', form: 'lockdep', test: isTitle },
    { text: 'INFO: trying to register non-static key', form: 'lockdep', at: 'message' },
    { text: 'WARNING: lock held when returning', form: 'returning' },
    { text: '[ BUG: lock held when returning', form: 'returning' },
    { text: 'WARNING: suspicious RCU usage', form: 'rcu' },
    { text: 'INFO: suspicious RCU usage', form: 'rcu' },
    { text: 'INFO: suspicious rcu_dereference_check() usage', form: 'rcu' },
    { text: 'BUG: MAX_', form: 'limit', test: (t) => t.includes(' too low') },
    { text: 'BUG: spinlock ', form: 'spinlock' },
    { text: 'BUG: rwlock ', form: 'spinlock' },
    { text: 'BUG: mutex ', form: 'spinlock' },
    { text: 'BUG: rt-mutex ', form: 'spinlock' },
    { text: 'BUG: write-lock lockup', form: 'spinlock' }, // before 2.6.38
    { text: 'BUG: read-lock lockup', form: 'spinlock' },
    { text: 'BUG: scheduling while atomic', form: 'atomic' },
    { text: 'BUG: sleeping function called from invalid context', form: 'atomic' },
    { text: 'BUG: assuming atomic context', form: 'atomic' },
    { text: 'BUG: assuming non migratable context', form: 'atomic' },
    { text: 'BUG: using ', form: 'atomic', test: (t) => t.includes(' in preemptible') },
    { text: 'BUG: workqueue leaked ', form: 'leaked' },
    { text: 'bad: scheduling from the idle thread', form: 'atomic' },
  ],
  forms: [
    { name: 'lockdep' },
    // lockdep_sys_exit() prints the held locks and no stack.
    { name: 'returning', needs: 'nothing' },
    { name: 'rcu' },
    { name: 'limit' },
    { name: 'spinlock', absorbs: ['lock/spinlock', 'panic/panic'] },
    // __schedule_bug() itself panics since 4.20 where panic_on_warn is set: the stack is the panic's.
    { name: 'atomic', absorbs: ['panic/panic'] },
    // The function is named: workers' stacks say nothing.
    { name: 'leaked', needs: 'nothing' },
  ],
  joins: (head, _line, lines, sameCaller) => {
    // Until __schedule_bug() has printed its CPU line the panic is its own doing.
    if (head.name !== 'panic/panic' || !sameCaller || lines.length > 24 || !/scheduling|sleeping/.test(lines[0]?.text ?? ''))
      return undefined;
    return lines.some((l) => l.text.startsWith('CPU: ')) ? undefined : true;
  },
  continues: (text) => {
    const line = text.trimStart();
    return LOCKDEP.test(line) || CONTEXT.test(line);
  },
};
