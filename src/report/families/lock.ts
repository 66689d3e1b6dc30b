import type { Family } from '../family.ts';

const LINES =
  /^(?:\S+\/\d+ (?:is trying|is exiting|is leaving|is freeing|just changed|takes:|\[HC)|but |which |the (?:existing|first|shortest|buggy|lock|code)|-> #|stack backtrace|other info|Possible |Chain exists|CPU0|----|lock\(|<Interrupt>|\*\*\* |#\d+:|\d+ locks? held|no locks held|and interrupts|and this task|\{.*\} state was|irq event|hardirqs last|softirqs last|inconsistent |\(.*\)\{|\.\.\.|to a |the dependencies|IRQ|[\w.-]+ lock |turning off|rcu_scheduler|in_atomic|preempt_count|RCU|stop_critical|Preemption disabled|caller is|last function|\.magic:|lock:|check_preemption|[\w.$-]+:\d+ (?:suspicious|RCU)|\S+:\d+ |raw_local|at: \[|expected:|locks held by|[\w/.:-]+ (?:#\d+ )?(?:Not tainted|Tainted)|INITIAL USE|\}|ops? |hold|acquire|release)/;

/** Lock rules broken: kernel/locking/lockdep.c, spinlock_debug.c, sched/core.c __might_resched(), lib/smp_processor_id.c, kernel/workqueue.c. */
export const lock: Family = {
  name: 'lock',
  openers: [
    {
      text: 'WARNING: possible ',
      form: 'lockdep',
      test: (t) => /^WARNING: possible (?:circular locking|recursive locking|irq lock inversion)/.test(t),
    },
    { text: 'WARNING: inconsistent lock state', form: 'lockdep' },
    { text: 'WARNING: bad unlock balance', form: 'lockdep' },
    { text: 'WARNING: held lock freed', form: 'lockdep' },
    { text: 'WARNING: lock held when returning', form: 'lockdep' },
    { text: 'WARNING: Nested lock was not taken', form: 'lockdep' },
    { text: 'WARNING: nested lock was not taken', form: 'lockdep' },
    { text: 'WARNING: SOFTIRQ', form: 'lockdep' },
    { text: 'WARNING: HARDIRQ', form: 'lockdep' },
    { text: 'WARNING: suspicious RCU usage', form: 'rcu' },
    {
      text: 'WARNING: ',
      form: 'lockdep',
      test: (t) => / held lock freed|irq lock inversion|lock(?:s)? still held|lock order detected/.test(t),
    },
    { text: '[ INFO: ', form: 'lockdep' },
    { text: '[ BUG: ', form: 'lockdep' },
    { text: 'INFO: trying to register non-static key', form: 'lockdep' },
    { text: 'BUG: Invalid wait context', form: 'lockdep' },
    { text: '[ BUG: Invalid wait context ]', form: 'lockdep' },
    { text: 'BUG: MAX_', form: 'limit' },
    { text: 'BUG: spinlock ', form: 'spinlock' },
    { text: 'BUG: rwlock ', form: 'spinlock' },
    { text: 'BUG: mutex ', form: 'spinlock' },
    { text: 'BUG: scheduling while atomic', form: 'atomic' },
    { text: 'BUG: sleeping function called from invalid context', form: 'atomic' },
    { text: 'BUG: using ', form: 'atomic' },
    { text: 'BUG: workqueue leaked ', form: 'atomic' },
    { text: 'bad: scheduling from the idle thread', form: 'atomic' },
  ],
  forms: [
    { name: 'lockdep', absorbs: ['lock/lockdep', 'sanitizer/rule'] },
    { name: 'rcu', absorbs: ['lock/rcu', 'sanitizer/rule'] },
    { name: 'limit', absorbs: ['sanitizer/rule'] },
    { name: 'spinlock', absorbs: ['lock/spinlock'] },
    { name: 'atomic' },
  ],
  continues: (text) => LINES.test(text.trimStart()),
};
