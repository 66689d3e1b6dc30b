import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Locks that tasks hold: every report may print them, not only lockdep's own. */
export const HELD = lines({
  lockdep_print_held_locks: {
    printer: 'kernel/locking/lockdep.c lockdep_print_held_locks()',
    releases: 'since 2.6.18',
    examples: ['2 locks held by kworker/1:2/119:', '1 lock held by java worker/77:', 'no locks held by swapper/1/0.'],
    start: /(?:\d+ locks?|no locks) held by /,
    fields: { count: words, comm: words, pid: int },
    rule: { grammar: 'lock', name: 'lockdep_print_held_locks', mode: 'held-by' },
  },
  print_lock: {
    printer: 'kernel/locking/lockdep.c print_lock()',
    releases: 'since 4.17 the lock stands before its name, until then the code before its symbol; wait types since 5.7',
    examples: [
      ' #0: ffff888103c2a0a8 (&xyz->lock#2){+.+.}-{4:4}, at: driver_xyz_ioctl+0x44/0x210 [driver_xyz]',
      'ffff88800d1e8048 (&xyz->lock){+.+.}, at: driver_xyz_probe+0x1c/0x90',
      ' #1:  (&(&xyz->lock)->rlock){+.?...}, at: [<ffffffff81001234>] driver_xyz_poll+0x1/0x20',
      ' (&xyz->lock){+.+.}-{3:3}',
    ],
    start: anyOf(
      String.raw`#\d+:[ \t]*(?:[0-9a-f]{8,16} )?\(`,
      String.raw`#\d+:[ \t]*$`, // the console broke the line
      String.raw`(?:[0-9a-f]{8,16} )?\((?=[^\n]+\)\{)`,
    ),
    fields: { depth: int, address: hex, name: words, usage: words },
    rule: { grammar: 'lock', name: 'print_lock', mode: 'lock' },
  },
  print_lock_released: {
    printer: 'kernel/locking/lockdep.c print_lock()',
    releases: 'since 4.18: the table is read without a lock',
    examples: [' #0: <RELEASED>', '<RELEASED>'],
    start: /(?:#\d+:[ \t]*)?<RELEASED>/,
  },
  print_lock_rest: {
    printer: 'kernel/locking/lockdep.c print_lock(), where the console broke its line',
    examples: ['){+.+.+.}, at: ', ', at: [<ffffffff81001234>] driver_xyz_poll+0x1/0x20'],
    start: /\)\{[^}\n]{1,32}\}|, at: /,
  },
  debug_show_all_locks: {
    printer: 'kernel/locking/lockdep.c debug_show_all_locks()',
    releases: 'since 2.6.18',
    examples: ['Showing all locks held in the system:'],
    start: /Showing all locks held in the system/,
    reads: [],
  },
  debug_show_held_locks: {
    printer: 'kernel/locking/lockdep.c debug_show_held_locks()',
    examples: ['INFO: lockdep is turned off.'],
    start: /INFO: lockdep is turned off/,
  },
  print_irqtrace_events: {
    printer: 'kernel/locking/lockdep.c print_irqtrace_events(): it names code but is not a stack',
    releases: 'since 2.6.18',
    examples: [
      'irq event stamp: 91312',
      'hardirqs last  enabled at (91311): [<ffffffff81c00a4f>] asm_xyz_interrupt+0xf/0x20',
      'softirqs last disabled at (91287): [<c0107b28>] xyz_exit+0x1c/0x80',
    ],
    start: /irq event stamp|(?:hard|soft)irqs last +(?:enabled|disabled) at/,
  },
});
