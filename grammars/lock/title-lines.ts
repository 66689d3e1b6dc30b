import { int, words } from '../common/fields.ts';
import { type LineSpec, lines } from '../common/line.ts';

/** `[ INFO: … ]` and `[ BUG: … ]` until 4.10, `WARNING: …` since 4.11; some logs hold the head without its brackets. */
const OLD = '[ INFO: ';
const SAYS = { level: words, what: words };
const TITLE = /(?<level>INFO|BUG|WARNING): (?<what>.{0,160}?)[.!]*(?: \])?$/;
const LONG = /(?<level>INFO|BUG|WARNING): (?<what>.{0,160})/;

const title = <const S extends Omit<LineSpec, 'printer' | 'fields' | 'reads'>>(printer: string, spec: S) => ({
  ...spec,
  printer: `kernel/locking/${printer.startsWith('debug_rt') ? 'rtmutex-debug' : 'lockdep'}.c ${printer}()`,
  fields: SAYS,
  reads: [TITLE, LONG],
});

/** lockdep's titles stood in brackets; other reports did too. */
const isOld = (t: string): boolean => /lock|RCU|wait context|dependency|contention|unlock balance|held/i.test(t) && /\]\s*$/.test(t);

/** How lockdep's reports begin. kernel/lockdep.c until 3.13. */
export const TITLES = lines({
  print_circular_bug_header: title('print_circular_bug_header', {
    examples: [
      'WARNING: possible circular locking dependency detected',
      '[ INFO: possible circular locking dependency detected ]',
      'INFO: possible circular locking dependency detected',
    ],
    opens: [
      {
        form: 'lockdep',
        literals: ['WARNING: possible circular locking', `${OLD}possible circular locking`, 'INFO: possible circular locking'],
      },
    ],
  }),
  print_deadlock_bug: title('print_deadlock_bug', {
    examples: ['WARNING: possible recursive locking detected', '[ INFO: possible recursive locking detected ]'],
    opens: [
      {
        form: 'lockdep',
        literals: ['WARNING: possible recursive locking', `${OLD}possible recursive locking`, 'INFO: possible recursive locking'],
      },
    ],
  }),
  print_irq_inversion_bug: title('print_irq_inversion_bug', {
    examples: ['WARNING: possible irq lock inversion dependency detected', '[ INFO: possible irq lock inversion dependency detected ]'],
    opens: [{ form: 'lockdep', literals: ['WARNING: possible irq lock inversion', `${OLD}possible irq lock inversion`] }],
  }),
  print_bad_irq_dependency: title('print_bad_irq_dependency', {
    releases: '`RECLAIM_FS` from 2.6.30 to 4.14',
    examples: [
      'WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected',
      'WARNING: SOFTIRQ-READ-safe -> SOFTIRQ-READ-unsafe lock order detected',
      '[ INFO: RECLAIM_FS-safe -> RECLAIM_FS-unsafe lock order detected ]',
    ],
    opens: [
      {
        form: 'lockdep',
        literals: ['HARDIRQ-', 'SOFTIRQ-', 'RECLAIM_FS-'].flatMap((irq) => [`WARNING: ${irq}`, `${OLD}${irq}`]),
      },
    ],
  }),
  print_usage_bug: title('print_usage_bug', {
    examples: ['WARNING: inconsistent lock state', '[ INFO: inconsistent lock state ]'],
    opens: [
      { form: 'lockdep', literals: ['WARNING: inconsistent lock state', `${OLD}inconsistent lock state`, 'INFO: inconsistent lock state'] },
    ],
  }),
  print_lock_invalid_wait_context: title('print_lock_invalid_wait_context', {
    releases: 'since 5.7, in brackets to this day',
    examples: ['[ BUG: Invalid wait context ]', 'BUG: Invalid wait context'],
    opens: [{ form: 'lockdep', literals: ['[ BUG: Invalid wait context', 'BUG: Invalid wait context'] }],
  }),
  print_unlock_imbalance_bug: title('print_unlock_imbalance_bug', {
    examples: ['WARNING: bad unlock balance detected!', '[ BUG: bad unlock balance detected! ]'],
    opens: [{ form: 'lockdep', literals: ['WARNING: bad unlock balance', '[ BUG: bad unlock balance'] }],
  }),
  print_lock_contention_bug: title('print_lock_contention_bug', {
    releases: 'since 2.6.23',
    examples: ['WARNING: bad contention detected!', '[ BUG: bad contention detected! ]'],
    opens: [{ form: 'lockdep', literals: ['WARNING: bad contention detected', '[ BUG: bad contention detected'] }],
  }),
  print_freed_lock_bug: title('print_freed_lock_bug', {
    examples: ['WARNING: held lock freed!', '[ BUG: held lock freed! ]'],
    opens: [{ form: 'lockdep', literals: ['WARNING: held lock freed', '[ BUG: held lock freed'] }],
  }),
  print_lock_nested_lock_not_held: title('print_lock_nested_lock_not_held', {
    releases: 'since 3.7',
    examples: ['WARNING: Nested lock was not taken', '[ BUG: Nested lock was not taken ]'],
    opens: [
      {
        form: 'lockdep',
        literals: ['WARNING: Nested lock was not taken', 'WARNING: nested lock was not taken', '[ BUG: Nested lock was not taken'],
      },
    ],
  }),
  print_collision: title('print_collision', {
    releases: 'since 4.6',
    examples: ['WARNING: chain_key collision'],
    opens: [{ form: 'lockdep', literals: ['WARNING: chain_key collision', `${OLD}chain_key collision`] }],
  }),
  print_held_locks_bug: {
    printer: 'kernel/locking/lockdep.c print_held_locks_bug()',
    releases: 'since 3.10; `lock held at task exit time!` before',
    examples: [
      'WARNING: java worker/77 still has locks held!',
      '[ BUG: java/77 still has locks held! ]',
      '[ BUG: lock held at task exit time! ]',
    ],
    start: /(?:WARNING|\[ BUG): (?:lock held at task exit|[^\n]{1,40}\/\d+ still has locks held)/,
    opens: [
      { form: 'lockdep', literals: ['WARNING: lock held at task exit', '[ BUG: lock held at task exit'] },
      { form: 'lockdep', literals: ['WARNING: ', '[ BUG: '], test: (t) => /\/\d+ still has locks held!/.test(t) },
    ],
    fields: { ...SAYS, comm: words, pid: int },
    reads: [/(?<level>BUG|WARNING): (?<comm>.{1,40})\/(?<pid>\d+) (?<what>still has locks held)/, TITLE],
  },
  lockdep_sys_exit: title('lockdep_sys_exit', {
    examples: ['WARNING: lock held when returning to user space!', '[ BUG: lock held when returning to user space! ]'],
    opens: [{ form: 'returning', literals: ['WARNING: lock held when returning', '[ BUG: lock held when returning'] }],
  }),
  lockdep_rcu_suspicious: title('lockdep_rcu_suspicious', {
    releases: 'lockdep_rcu_dereference() until 2.6.38, `suspicious rcu_dereference_check() usage`',
    examples: [
      'WARNING: suspicious RCU usage',
      '[ INFO: suspicious RCU usage. ]',
      '[ INFO: suspicious rcu_dereference_check() usage. ]',
      'INFO: suspicious RCU usage.',
    ],
    opens: [
      {
        form: 'rcu',
        literals: [
          'WARNING: suspicious RCU usage',
          'INFO: suspicious RCU usage',
          'INFO: suspicious rcu_dereference_check() usage',
          `${OLD}suspicious RCU`,
          `${OLD}suspicious rcu`,
        ],
      },
    ],
  }),
  assign_lock_key: title('assign_lock_key', {
    releases: 'register_lock_class() until 4.19',
    examples: ['INFO: trying to register non-static key.'],
    // syzkaller's console puts a record's tail behind a prompt: the head is looked for as a message as well
    opens: [{ form: 'lockdep', literals: ['INFO: trying to register non-static key'], at: 'message' }],
  }),
  lockdep_init_map: {
    printer: 'kernel/locking/lockdep.c lockdep_init_map_type()',
    releases: '`not in .data!` until 5.1',
    examples: ['BUG: key ffff888103c2a0a8 has not been registered!', 'BUG: key ffff88003d1e8000 not in .data!'],
    opens: [{ form: 'limit', literals: ['BUG: key '], test: (t) => / (?:not in \.data|has not been registered)!/.test(t) }],
    fields: { what: words },
    reads: [/BUG: (?<what>.*)/],
  },
  print_lockdep_off: {
    printer: 'kernel/locking/lockdep.c print_lockdep_off(): lockdep turns itself off',
    examples: ['BUG: MAX_LOCKDEP_ENTRIES too low!', 'BUG: MAX_LOCK_DEPTH too low!'],
    start: /BUG: MAX_[A-Z_]+ too low/,
    opens: [{ form: 'limit', literals: ['BUG: MAX_'], test: (t) => t.includes(' too low') }],
    fields: { what: words },
    reads: [/BUG: (?<what>MAX_[A-Z_]+ too low!?)/],
  },
  look_up_lock_class: {
    printer: 'kernel/locking/lockdep.c look_up_lock_class()',
    examples: ['BUG: looking up invalid subclass: 9'],
    start: /BUG: looking up invalid subclass/,
    fields: { what: words },
    reads: [/BUG: (?<what>.*)/],
  },
  debug_rt_mutex_print_deadlock: title('debug_rt_mutex_print_deadlock', {
    releases: 'until 5.11',
    examples: ['WARNING: circular locking deadlock detected!', '[ BUG: circular locking deadlock detected! ]'],
    opens: [{ form: 'lockdep', literals: ['WARNING: circular locking deadlock', '[ BUG: circular locking deadlock'] }],
  }),
  other_title: {
    printer: 'kernel/locking: what else was printed in brackets until 4.10',
    examples: ['[ INFO: possible bad lock unlock detected ]'],
    start: /\[ (?:INFO|BUG): (?=[^\n]*\]\s*$)/,
    opens: [{ form: 'lockdep', literals: [OLD, '[ BUG: '], test: isOld }],
    fields: SAYS,
    reads: [TITLE, LONG],
  },
});
