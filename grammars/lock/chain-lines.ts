import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const STEP = { grammar: 'lock', name: 'print_scenario', mode: 'scenario' } as const;

/** How the rule came to be: links of the chain with the stacks that made them, usages, and how it may end. */
export const CHAIN = lines({
  print_circular_bug_entry: {
    printer: 'kernel/locking/lockdep.c print_circular_bug_entry()',
    examples: ['-> #2 (rtnl_mutex){+.+.}-{4:4}:', '-> #0 ((work_completion)(&xyz->work)){+.+.}:'],
    start: /-> #\d+ /,
    stack: true,
    fields: { depth: int, name: words, usage: words },
    rule: { grammar: 'lock', name: 'print_circular_bug_entry', mode: 'lock' },
  },
  print_usage_bug_registered: {
    printer: 'kernel/locking/lockdep.c print_usage_bug()',
    examples: ['{IN-SOFTIRQ-W} state was registered at:'],
    start: /\{[A-Z][^}\n]*\} state was registered at:/,
    stack: true,
  },
  print_bad_irq_dependency_safe: {
    printer: 'kernel/locking/lockdep.c print_bad_irq_dependency()',
    examples: ['... which became HARDIRQ-irq-safe at:'],
    start: /\.\.\. which became \S+-safe at:/,
    stack: true,
  },
  print_bad_irq_dependency_unsafe: {
    printer: 'kernel/locking/lockdep.c print_bad_irq_dependency()',
    examples: ['... which became HARDIRQ-irq-unsafe at:'],
    start: /\.\.\. which became \S+-unsafe at:/,
    stack: true,
  },
  print_shortest_lock_dependencies: {
    printer: 'kernel/locking/lockdep.c print_shortest_lock_dependencies()',
    examples: ['   ... acquired at:'],
    start: /\.\.\. acquired at:/,
    stack: true,
  },
  print_lock_class_header: {
    printer: 'kernel/locking/lockdep.c print_lock_class_header()',
    examples: [' -> (&xyz->cfg_lock){+.+.}-{3:3} {', '-> (&xyz->lock){+.-...} ops: 0 {'],
    start: /-> \(/,
  },
  print_lock_class_header_usage: {
    printer: 'kernel/locking/lockdep.c print_lock_class_header()',
    releases: '`INITIAL READ USE` since 5.10',
    examples: ['    HARDIRQ-ON-W at:', '    IN-SOFTIRQ-R at:', '    INITIAL USE at:', '    INITIAL READ USE at:'],
    start: anyOf('INITIAL (?:READ )?USE at:', '(?:IN-)?[A-Z_]+(?:-ON)?-[WR] at:'),
    stack: true,
  },
  print_lock_class_header_end: {
    printer: 'kernel/locking/lockdep.c print_lock_class_header()',
    examples: ['  }'],
    start: /\}\s*$/,
  },
  print_lock_class_header_key: {
    printer: 'kernel/locking/lockdep.c print_lock_class_header(): the key is data, not a frame',
    examples: [' ... key      at: [<ffffffffc0587060>] __key.4+0x0/0xffffffffffffa000 [driver_xyz]'],
    start: /\.\.\. key +at: /,
  },
  print_bad_irq_dependency_link: {
    printer: 'kernel/locking/lockdep.c print_bad_irq_dependency(): the two locks of the new dependency',
    examples: [' (&xyz->lock){-...}-{2:2} -> (&xyz->list_lock){+.+.}-{2:2}'],
    start: /\([^\n]{1,256}\)\{[^}\n]{1,32}\}\S* -> \(/,
  },
  print_circular_lock_scenario: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_irq_lock_scenario()',
    examples: ['Chain exists of:'],
    start: /Chain exists of:/,
  },
  print_circular_lock_scenario_chain: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_irq_lock_scenario()',
    examples: ['  &xyz->queue_lock --> &a->b --> &xyz->state_lock'],
    free: true,
    contains: ' --> ',
    start: /[^\s][^\n]* --> /,
    fields: { link: words },
    rule: { grammar: 'lock', name: 'print_chain', mode: 'chain' },
  },
  print_circular_lock_scenario_head: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_deadlock_scenario()',
    examples: [' Possible unsafe locking scenario:', ' Possible interrupt unsafe locking scenario:'],
    start: /Possible (?:interrupt )?unsafe locking/,
  },
  print_circular_lock_scenario_cpus: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_deadlock_scenario()',
    examples: ['       CPU0                    CPU1', '       CPU0'],
    start: /CPU0(?:\s+CPU1)?\s*$/,
    reads: [],
  },
  print_circular_lock_scenario_step: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_irq_lock_scenario(), print_deadlock_scenario()',
    releases: '`rlock(` and `sync(` since 6.3',
    examples: [
      '  lock(&xyz->state_lock);',
      '                               lock(&xyz->queue_lock);',
      '                               local_irq_disable();',
      '  <Interrupt>',
      '  rlock((work_completion)(&xyz->work));',
    ],
    start: anyOf(String.raw`(?:r?lock|sync)\(`, String.raw`local_irq_disable\(\)`, '<Interrupt>'),
    fields: { column: int, step: words },
    rule: STEP,
  },
  print_circular_lock_scenario_end: {
    printer: 'kernel/locking/lockdep.c print_circular_lock_scenario(), print_deadlock_scenario()',
    examples: [' *** DEADLOCK ***', ' May be due to missing lock nesting notation'],
    start: /\*\*\* DEADLOCK \*\*\*|May be due to missing lock nesting/,
  },
});
