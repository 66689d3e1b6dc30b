import { hex, int, list, words } from '../common/fields.ts';
import { type Line, lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** What die() says on every architecture, as rule `die` reads it. */
const DIE = {
  rule: { grammar: 'oops', name: 'die', mode: 'die' },
  fields: { trap: words, error: hex, count: int, options: list, signal: int, address: hex },
} as const;

/** x86 names of traps as die() gets them; since 6.12 behind `Oops: `. */
const TRAPS = [
  'general protection fault',
  'segment-related general protection fault',
  'invalid opcode',
  'divide error',
  'divide_error', // 5.8, 5.9
  'stack segment',
  'double fault',
  'int3',
  'debug',
  'overflow',
  'bounds',
  'device not available',
  'coprocessor segment overrun',
  'invalid TSS',
  'segment not present',
  'alignment check',
  'simd exception',
  'fpu exception',
  'stack guard page',
  'kernel double-fault',
  'control protection fault',
  'virtualization exception',
  'unknown trap',
  'math exception',
  'machine check',
  'Bad pagetable',
];

/** Names that are common words as well: their line counts only with die()'s counter. */
const COMMON = /^(?:debug|overflow|bounds|int3|machine check|device not available|unknown trap|math exception)/;
/** `[#1]`, or a code behind the colon: what die() adds; `general protection fault, probably for non-canonical address`. */
const isDie = (text: string, offset: number): boolean => {
  const line = text.slice(offset, offset + 200);
  return /\[#\d+\]/.test(line) || (!COMMON.test(line) && /: [0-9a-f]{4}(?: |$)|, (?:probably|maybe) for /.test(line));
};

/** What die() says of the trap: a code, its counter, or a trap's name. Programs say `Oops: ` of their own errors. */
const isOops = (text: string): boolean =>
  /^Oops: (?:Oops: )?(?:[0-9a-f]{4,16}\b|.{0,200}(?:\[#\d|: [0-9a-f]{4}\b))/.test(text) ||
  TRAPS.some((trap) => text.startsWith(trap, 'Oops: '.length));

/** s390 default_trap_handler(), monitor_event_exception(): the names of program checks. */
const PROGRAM_CHECKS = [
  'illegal operation',
  'privileged operation',
  'execute exception',
  'addressing exception',
  'specification exception',
  'data exception',
  'fixpoint divide exception',
  'operand exception',
  'monitor event',
  'special operation',
  'space switch event',
  'transaction constraint',
  'stack exception',
  'Low-address protection',
  'HFP',
  'vector exception',
  'secure storage',
  'illegal ',
];

/** What mips and loongarch die of, beside those that are told apart by more than the counter behind. */
const KERNEL_CODE = [
  'Kernel ade access', // loongarch: an address that cannot be
  'Kernel ale access',
  'Kernel unaligned instruction access',
  'COP2: Unhandled kernel unaligned access',
  'Unaligned FP access in kernel code',
  'FP exception in kernel code',
  'Bounds check error in kernel code',
  'Integer overflow',
  'Math emu break/trap',
  'MIPS MT Thread exception in kernel',
  'do_reserved exception',
];
/** `do_fpu invoked from kernel context![#1]:` */
const INVOKED = String.raw`do_\w+ invoked from kernel context!`;
const IN_KERNEL = new RegExp(`^${INVOKED}\\[#\\d`);

/** The line with which the kernel dies: the trap's name, its code, how many times it died. */
export const DIES = lines({
  report_cfi_failure: {
    printer: 'kernel/cfi.c report_cfi_failure()',
    releases: 'since 6.1, before what die() says of the trap',
    examples: [
      'CFI failure at driver_xyz_recv+0x58/0x110 [driver_xyz] (target: driver_xyz_cb+0x0/0x44 [driver_xyz]; expected type: 0x1c3a4f77)',
      'CFI failure at driver_xyz_recv+0x58/0x110 (no target information)',
    ],
    opens: [{ form: 'prelude', literals: ['CFI failure at '] }],
    reads: [/^CFI failure at (?<frame>\S+\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))? \(/],
  },
  die_powerpc: {
    printer: 'arch/powerpc/kernel/traps.c __die()',
    examples: ['Oops: Kernel access of bad area, sig: 11 [#1]'],
    start: /Oops: /,
    contains: ', sig: ',
    once: true,
    opens: [{ form: 'die', literals: ['Oops: '], test: (text) => text.includes(', sig: ') }],
    ...DIE,
  },
  die_s390: {
    printer: 'arch/s390/kernel/dumpstack.c die()',
    examples: ['illegal operation: 0001 ilc:1 [#1] SMP ', 'Oops: 0004 ilc:2 [#1] SMP DEBUG_PAGEALLOC'],
    start: anyOf(...PROGRAM_CHECKS, 'Oops: '),
    contains: ' ilc:',
    once: true,
    opens: [
      { form: 'die', literals: ['Oops: '], test: (text) => text.includes(' ilc:') },
      { form: 'die', literals: PROGRAM_CHECKS, test: (text) => text.includes(' ilc:') || text.includes('[#') },
    ],
    ...DIE,
  },
  __die_header: {
    printer: 'arch/x86/kernel/dumpstack.c __die_header()',
    releases: '`Oops: ` before every trap since 6.12; PREEMPT until 6.14; `divide_error` 5.8, 5.9; addresses of #GP since 5.5',
    examples: [
      'Oops: 0002 [#1] PREEMPT SMP NOPTI',
      'Oops: Oops: 0002 [#1] SMP KASAN NOPTI',
      'general protection fault: 0000 [#2] SMP',
      'Oops: general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] SMP NOPTI',
      'general protection fault for non-canonical address 0xdead000000000108: 0000 [#1] PREEMPT SMP',
      'divide error: 0000 [#1] SMP',
    ],
    start: anyOf('Oops: ', ...TRAPS.map((name) => String.raw`${name}(?=[:,[ ][^\n]{0,200}(?:\[#\d|: [0-9a-f]{4}|for ))`)),
    once: true,
    opens: [
      { form: 'die', literals: ['Oops: '], test: isOops },
      { form: 'die', literals: TRAPS, test: isDie },
    ],
    ...DIE,
  },
  handle_stack_overflow_die: {
    printer: 'arch/x86/kernel/traps.c handle_stack_overflow()',
    releases: '4.9 to 5.15, through die()',
    examples: ['kernel stack overflow (double-fault): 0000 [#1] SMP', 'kernel stack overflow (page fault): 0000 [#1] PREEMPT SMP'],
    start: /kernel stack overflow(?= \()/,
    opens: [{ form: 'stack', literals: ['kernel stack overflow'], test: (text) => text.includes('[#') || text.includes('(') }],
    ...DIE,
  },
  die_arm: {
    printer: 'arch/arm64/kernel/traps.c __die()',
    releases: 'arm prints the same with its instruction set behind; PREEMPT until 6.14',
    examples: ['Internal error: Oops: 0000000096000044 [#1] PREEMPT SMP', 'Internal error: Oops - BUG: 0 [#1] SMP ARM'],
    start: /Internal error: /,
    // a code behind the name; tools have internal errors too
    once: true,
    opens: [
      {
        form: 'die',
        literals: ['Internal error: '],
        test: (text) => /^Internal error: .{1,120}: (?:0x)?[0-9a-f]+(?: \[#|$)|\[#\d/.test(text),
      },
    ],
    ...DIE,
  },
  die_riscv: {
    printer: 'arch/riscv/kernel/traps.c die()',
    examples: ['Oops [#1]', 'Kernel BUG [#1]', 'Oops - illegal instruction [#1]'],
    start: /Oops (?=\[#|- )|Kernel BUG (?=\[#)/,
    opens: [{ form: 'die', literals: ['Oops [#', 'Oops - ', 'Kernel BUG [#'] }],
    ...DIE,
  },
  die_mips: {
    printer: 'arch/mips/kernel/traps.c die()',
    releases: 'loongarch prints alike; `Unhandled exception` is nios2 and ARMv7-M',
    examples: [
      'Oops[#1]:',
      'Kernel bug detected[#1]:',
      'Break instruction in kernel code[#1]:',
      'Reserved instruction in kernel code[#1]:',
      'Kernel ade access[#1]:',
      'do_fpu invoked from kernel context![#1]:',
    ],
    start: anyOf(
      String.raw`(?:Oops|Kernel bug detected)\[#`,
      '(?:Break|Reserved) instruction in kernel code',
      'Unhandled exception',
      'Unhandled kernel unaligned access',
      String.raw`(?:${[...KERNEL_CODE, INVOKED].join('|')})[^\n]{0,40}\[#`,
    ),
    opens: [
      {
        form: 'die',
        literals: ['Oops[#', 'Kernel bug detected[#', 'Break instruction in kernel code', 'Reserved instruction in kernel code'],
      },
      { form: 'die', literals: ['Unhandled exception'], test: (text) => /^Unhandled exception(?: #\d+ in|: IPSR = |\[#)/.test(text) },
      { form: 'die', literals: KERNEL_CODE, test: (text) => /\[#\d+\]:/.test(text.slice(0, 120)) },
      { form: 'die', at: 'message', literals: [' invoked from kernel context!'], test: (text) => IN_KERNEL.test(text) },
      { form: 'fault', literals: ['Unhandled kernel unaligned access'] },
    ],
    ...DIE,
  },
});

/** Each of the lines that die() prints. */
export const DIE_LINES: readonly Line[] = Object.values(DIES);
