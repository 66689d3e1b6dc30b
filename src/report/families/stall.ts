import type { Family } from '../family.ts';

const LINES =
  /^(?:\d+-\.{3}|\(detected|\(t=|\d+: \(|Tasks blocked|rcu: |Not tainted|Tainted|"echo 0|Sending NMI|NMI backtrace|task:|Showing|pool \d|workqueue |pwq|in-flight|pending|delayed|Kernel panic|\S+\s+[RSDTtXZPI]\s|\S+ +\d+ +\d+|irq event|blocked by|rcu_|CPU#\d|Shutting|\[<|Task dump|Unless |RCU grace|khungtaskd|INFO: (?:lockdep|task)|\d+ locks? held|#\d+:)/;

/** Time that passes without progress: kernel/rcu/tree_stall.h, kernel/watchdog.c, kernel/hung_task.c, kernel/workqueue.c. */
export const stall: Family = {
  name: 'stall',
  openers: [
    { text: 'INFO: rcu_', form: 'rcu', at: 'message' },
    { text: 'INFO: rcu ', form: 'rcu', at: 'message' },
    {
      text: 'INFO: task ',
      form: 'hung',
      test: (t) => t.includes(' blocked for more than ') || t.includes(' blocked on ') || t.includes('blocked in I/O wait'),
    },
    { text: 'BUG: soft lockup', form: 'soft', at: 'message' },
    { text: 'BUG: workqueue lockup', form: 'workqueue', at: 'message' },
    { text: 'Watchdog detected hard LOCKUP', form: 'hard', at: 'message' },
    { text: 'watchdog: CPU', form: 'hard', test: (t) => t.includes('LOCKUP') },
    { text: 'BUG: NMI Watchdog detected LOCKUP', form: 'hard' },
  ],
  forms: [
    { name: 'rcu', spread: true, absorbs: ['stall/rcu'] },
    { name: 'hung' },
    { name: 'soft', spread: true },
    { name: 'hard', spread: true },
    { name: 'workqueue', spread: true, needs: 'nothing' },
  ],
  continues: (text) => LINES.test(text.trimStart()),
};
