import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** CONFIG_DEBUG_BUGVERBOSE_DETAILED, since 6.19: the condition before the file. */
const CONDITION = String.raw`(?:\[[^\n]{1,400}\] )?`;
/** `WARNING: CPU: 0 PID: 1 at f.c:2`, `WARNING: f.c:2 at sym+0x`, `WARNING: at f.c:2 sym()`: the forms of __warn(). */
const WARN = anyOf(
  'WARNING: CPU: ',
  'WARNING: at ',
  String.raw`WARNING: ${CONDITION}\S+:\d+ at `,
  String.raw`WARNING: \S+:\d+ \S+\(`, // 2.6.2x
);
const OLD_WARN = /(?:Badness (?:at|in \w+ at)|BUG: warning at) [^\s:]+\.[chS]:\d+/;
const IS_OLD_WARN = new RegExp(`^${OLD_WARN.source}`);
const isWarn = (text: string): boolean => text.search(WARN) === 0;
/**
 * Sentences of drivers and programs (`WARNING: Unprivileged eBPF is enabled`) begin with a capital; what the kernel's debugging code
 * finds (`WARNING: kernel stack regs at …`, `WARNING: stack going in the wrong direction?`) does not.
 */
const SENTENCE = new RegExp(
  [
    'deprecated',
    'unexpected',
    'firmware',
    'please',
    'permission',
    'unsafe',
    'could not|can ?not',
    'failed',
    'unable',
    'still has locks held', // lock/lockdep
    // of the machine, and of how the kernel is built and started
    'bios|nvram|board|cpumask|mptable|platform|mapping',
    'compiled|depends on|cmdline|command line|boot protocol|performance',
  ].join('|'),
  'i',
);
const isFinding = (text: string): boolean => text.length > 'WARNING: '.length && /^WARNING: [a-z]/.test(text) && !SENTENCE.test(text);

const LIST = String.raw`(?:list_add|list_del|hlist_\w+|slist_\w+) (?:corruption|double add)`;
const corrupts = (text: string): boolean => text.includes('corruption');

/** What the kernel's own checks find: WARN, BUG, list and refcount helpers, usercopy. */
export const CHECKS = lines({
  cut_here: {
    printer: 'lib/bug.c __report_bug(): CUT_HERE',
    releases: 'before the message since 4.15; arm prints its own before faults since 5.0',
    examples: ['------------[ cut here ]------------', '8<--- cut here ---', '[ cut here ]'],
    opens: [{ form: 'cut-here', literals: ['------------[ cut here ]------------', '8<--- cut here ---', '[ cut here ]'] }],
  },
  __warn: {
    printer: 'kernel/panic.c __warn()',
    releases:
      '`at f.c:2 sym()` until 3.10; `CPU: 0 PID: 1 at` until 6.17, `()` until 4.4; the CPU and task last since 6.18, conditions since 6.19',
    examples: [
      'WARNING: CPU: 1 PID: 30 at drivers/misc/driver_xyz.c:120 driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'WARNING: drivers/misc/driver_xyz.c:120 at driver_xyz_fault+0x28/0x60 [driver_xyz], CPU#1: my prog/30',
      'WARNING: [!ready] drivers/misc/driver_xyz.c:120 at driver_xyz_fault+0x28/0x60 [driver_xyz], CPU#1: my prog/30',
      'WARNING: CPU: 1 PID: 30 at [!ready] drivers/misc/driver_xyz.c:120 driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'WARNING: at drivers/misc/driver_xyz.c:120 driver_xyz_fault+0x28/0x60() (Not tainted)',
      'WARNING: at drivers/misc/driver_xyz.c:120 driver_xyz_fault+0x28/0x60() (Tainted: G        W )',
      'WARNING: CPU: 1 PID: 30 at driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'WARNING: at driver_xyz_fault+0x28/0x60, CPU#1: init/1',
      'WARNING: CPU: 1 PID: 30 at drivers/misc/driver_xyz.c:120 0xffffffffc0587060',
    ],
    start: WARN,
    once: true,
    opens: [{ form: 'warn', literals: ['WARNING: '], test: isWarn }],
    rule: { grammar: 'check', name: 'warn', mode: 'warn' },
    fields: { cpu: int, pid: int, comm: words, condition: words, file: words, line: int, taint: words },
  },
  warn_on: {
    printer: 'lib/bug.c report_bug(), include/asm-generic/bug.h WARN_ON(), as they were',
    releases:
      '`Badness in` until 2.6.17, `BUG: warning at` until 2.6.19, `Badness at` until 3.x where WARN_ON() traps: powerpc, s390, sh, parisc',
    examples: [
      'Badness at drivers/misc/driver_xyz.c:120',
      'Badness in driver_xyz_fault at drivers/misc/driver_xyz.c:120',
      'BUG: warning at drivers/misc/driver_xyz.c:120/driver_xyz_fault() (Not tainted)',
    ],
    start: OLD_WARN,
    once: true,
    opens: [{ form: 'warn', literals: ['Badness ', 'BUG: warning at '], test: (text) => IS_OLD_WARN.test(text) }],
    fields: { file: words, line: int },
    reads: [/^(?:Badness (?:at|in \w+ at)|BUG: warning at) (?<file>[^\s:]+):(?<line>\d+)/],
  },
  warning: {
    printer: 'arch/x86/kernel/unwind_frame.c unwind_next_frame() and others: pr_warn("WARNING: …") of debugging code',
    examples: ['WARNING: kernel stack regs at 00000000a1b2c3d4 in java:30 has bad value 00000000d4c3b2a1'],
    start: /WARNING: (?=[a-z])/,
    opens: [{ form: 'notice', literals: ['WARNING: '], test: isFinding }],
    fields: { message: words },
    reads: [/^WARNING: (?<message>.*)/],
  },
  report_bug: {
    printer: 'lib/bug.c __report_bug()',
    releases: '`Kernel BUG at sym [verbose debug info unavailable]` where the build keeps no places',
    examples: [
      'kernel BUG at drivers/misc/driver_xyz.c:120!',
      'Kernel BUG at driver_xyz_fault+0x28/0x60 [driver_xyz] [verbose debug info unavailable]',
      'kernel BUG at ffffffffc0587060 [verbose debug info unavailable]',
      'BUG: failure at drivers/misc/driver_xyz.c:120/driver_xyz_fault()!',
    ],
    start: /[Kk]ernel BUG (?:at|in) |BUG: failure at /,
    opens: [{ form: 'bug', literals: ['kernel BUG at ', 'Kernel BUG at ', 'kernel BUG in ', 'BUG: failure at '] }],
    fields: { file: words, line: int, ip: hex },
    reads: [
      /(?:BUG|failure) (?:at|in) (?<file>[^\s:!]+):(?<line>\d+)/,
      /BUG at \[?<?(?<ip>[0-9a-f]{8,16})/,
      /BUG at (?<frame>[A-Za-z_.$<]\S*\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[(?!verbose)[^\]]+\]))?/,
    ],
  },
  list_debug: {
    printer: 'lib/list_debug.c __list_add_valid_or_report(), __list_del_entry_valid_or_report()',
    releases: '`double add` since 4.10; hlists and slists of grsecurity alike',
    examples: [
      'list_del corruption. prev->next should be ffff888003d1e800, but was dead000000000122. (prev=ffff888003d1e900)',
      'list_add corruption. prev is NULL.',
      'list_add double add: new=ffff888003d1e800, prev=ffff888003d1e900, next=ffff888003d1e800.',
    ],
    start: new RegExp(LIST),
    opens: [
      { form: 'list', at: 'message', literals: ['list_add corruption', 'list_del corruption', 'list_add double add'] },
      { form: 'list', literals: ['slist_', 'hlist_'], test: corrupts },
    ],
    fields: { message: words },
    reads: [new RegExp(`(?<message>${LIST}.*)`)],
  },
  usercopy_abort: {
    printer: 'mm/usercopy.c usercopy_abort()',
    releases: 'report_usercopy() until 4.15; `Bad or missing usercopy whitelist?` of a slab cache since 4.16',
    examples: [
      "usercopy: Kernel memory exposure attempt detected from SLUB object 'kmalloc-64' (offset 12, size 64)!",
      "Bad or missing usercopy whitelist? Kernel memory overwrite attempt detected to SLAB object 'task_struct' (offset 12, size 8)!",
      'usercopy: kernel memory exposure attempt detected from ffff888003d1e800 (kmalloc-64) (128 bytes)',
    ],
    start: /usercopy: [Kk]ernel memory |Bad or missing usercopy/,
    opens: [{ form: 'usercopy', literals: ['usercopy: Kernel memory ', 'usercopy: kernel memory ', 'Bad or missing usercopy whitelist?'] }],
    fields: { message: words, direction: words, object: words, offset: int, size: int },
    reads: [
      /(?<message>[Kk]ernel memory (?<direction>exposure|overwrite) attempt detected (?:from|to) (?<object>.*?)(?: \(offset (?<offset>\d+), size (?<size>\d+)\)!?))$/,
      /(?<message>[Kk]ernel memory (?<direction>exposure|overwrite) attempt detected (?:from|to) (?<object>.*?) \((?<size>\d+) bytes\))$/,
      /(?<message>[Kk]ernel memory (?<direction>exposure|overwrite) attempt.*)/,
      /(?<message>Bad or missing usercopy.*)/,
    ],
  },
  fortify_panic: {
    printer: 'lib/string_helpers.c fortify_panic(), before its BUG()',
    releases: '4.13 to 6.8; a WARN of its own since 6.9',
    examples: ['detected buffer overflow in strnlen'],
    opens: [{ form: 'fortify', literals: ['detected buffer overflow in '] }],
    fields: { message: words },
    reads: [/^(?<message>detected buffer overflow in \w+)$/],
  },
  refcount_warn_saturate: {
    printer: 'lib/refcount.c refcount_warn_saturate()',
    releases: 'before WARNING, as every message since 4.15; refcount_*_checked() until 5.4',
    examples: ['refcount_t: underflow; use-after-free.', 'refcount_t: addition on 0; use-after-free.'],
    opens: [{ form: 'refcount-message', literals: ['refcount_t: '] }],
    fields: { message: words },
    reads: [/^(?<message>refcount_t: .*)/],
  },
  debug_print_object: {
    printer: 'lib/debugobjects.c debug_print_object()',
    releases: 'the address of the object since 5.18',
    examples: ['ODEBUG: free active (active state 0) object: ffff888003d1e800 object type: timer_list hint: driver_xyz_timer+0x0/0x20'],
    start: /ODEBUG: /,
    fields: { message: words },
    reads: [/^(?<message>ODEBUG: .*)/],
  },
  access_violation: {
    printer: 'PaX of grsecurity: report of a kernel access to user memory',
    examples: ['kernel tried to access user memory'],
    opens: [{ form: 'bug', literals: ['kernel tried to access user memory'] }],
  },
  rust_panic: {
    printer: 'rust/kernel/lib.rs panic(), the panic_handler',
    releases: 'since 6.1; what failed on the next line, or in quotes before the place with rustc until 1.72',
    examples: [
      'rust_kernel: panicked at drivers/misc/driver_xyz.rs:12:5:',
      "rust_kernel: panicked at 'ring is full', drivers/misc/driver_xyz.rs:12:5",
    ],
    opens: [{ form: 'rust', literals: ['rust_kernel: panicked at '], test: (t) => /\.rs:\d+:\d+:?$/.test(t) }],
    fields: { message: words, file: words, line: int },
    reads: [/panicked at '(?<message>.*)', (?<file>\S+):(?<line>\d+):\d+:?$/, /panicked at (?<file>\S+):(?<line>\d+):\d+:?$/],
  },
  other_bug: {
    printer: 'whoever prints "BUG: " without a check of its own in the tables',
    examples: ['BUG: driver_xyz lost its ring'],
    opens: [{ form: 'other', literals: ['BUG: '] }],
    fields: { what: words },
    reads: [/^BUG: (?<what>.*)/],
  },
});

/** What a check prints behind `cut here`, or until 4.14 behind its head: any text, known by where it stands. */
export const CHECK_MESSAGE = lines({
  __warn_printf: {
    printer: 'lib/bug.c __warn_printf()',
    releases: '__warn_printk() of kernel/panic.c until 6.18; behind the head until 4.14',
    examples: ['driver_xyz: ring 3 inconsistent, head=12 tail=96'],
    start: /(?!)/,
    fields: { message: words },
    reads: [/^(?<message>.*)$/],
  },
}).__warn_printf;
