import type { OldFamily as Family, Opener } from '../common/legacy.ts';

/**
 * What kernel code did that the CPU would not do: page faults, traps, machine exceptions, on every architecture.
 * `fault` is the first line (what was touched), `die` the second (`Oops: 0002 [#1]`), which stands alone where the trap has no
 * address: x86 die_addr() and do_trap(), arm `Internal error:`, s390 `illegal operation: 0001 ilc:1 [#1]`, mips `Oops[#1]:`.
 */
const FAULTS = [
  'BUG: unable to handle ', // x86 show_fault_oops(), up to 5.0 with "kernel", 5.1 and later "page fault for address"
  'BUG: kernel NULL pointer dereference', // x86 since 5.1
  'BUG: Kernel NULL pointer dereference', // powerpc since 5.1
  'BUG: Unable to handle kernel ', // powerpc since 5.1
  'BUG: kernel tried to ',
  'Unable to handle kernel ', // arm, arm64, riscv, s390, powerpc before 5.1, sparc, alpha…
  'Unhandled fault: ', // arm, arm64
  'Unhandled prefetch abort: ', // arm
  'Unhandled kernel unaligned access', // mips
  'Kernel unaligned access at ',
  'Alignment trap: not handling instruction',
  'Bad mode in ', // arm64
  'Unable to handle paging request in ', // m68k
];

/** x86 names of traps as `die()` gets them; since 6.12 behind `Oops: `. */
const TRAPS = [
  'general protection fault',
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
  'kernel stack overflow (page fault)',
  'kernel stack overflow (double-fault)',
  'kernel double-fault',
  'control protection fault',
  'virtualization exception',
  'unknown trap',
  'math exception',
  'machine check',
];

/** Names that are common words as well: their line counts only with die()'s counter. */
const COMMON = /^(?:debug|overflow|bounds|int3|machine check|device not available|unknown trap|math exception)/;
/** `[#1]`, or a code behind the colon: what die() adds; `general protection fault, probably for non-canonical address`. */
const isDie = (text: string, offset: number): boolean => {
  const line = text.slice(offset, offset + 200);
  return /\[#\d+\]/.test(line) || (!COMMON.test(line) && /: [0-9a-f]{4}(?: |$)|, (?:probably|maybe) for /.test(line));
};

const DIES: readonly Opener[] = [
  { text: 'Oops: ', form: 'die' },
  { text: 'Oops[#', form: 'die' },
  { text: 'Oops [#', form: 'die' },
  { text: 'Oops - ', form: 'die' },
  { text: 'Internal error: ', form: 'die' },
  { text: 'Kernel bug detected[#', form: 'die' },
  { text: 'Kernel BUG [#', form: 'die' }, // riscv
  { text: 'Kernel BUG at ', form: 'die' },
  { text: 'Break instruction in kernel code', form: 'die' },
  { text: 'Reserved instruction in kernel code', form: 'die' },
  { text: 'Unhandled exception', form: 'die' },
  { text: 'Unrecoverable ', form: 'die' },
  { text: 'Bad kernel stack pointer', form: 'die' },
  // arm64, riscv handle_bad_stack(): found at exception entry; the stack comes with the panic that follows.
  { text: 'Insufficient stack space to handle exception!', form: 'stack' },
  { text: 'Kernel stack overflow', form: 'stack' },
  { text: 'Unexpected kernel BRK exception', form: 'die' },
  { text: 'kernel stack overflow', form: 'stack', test: (text) => text.includes('[#') || text.includes('(') },
  { text: 'Corrupt kernel stack', form: 'stack' },
  { text: 'Kernel Fault: Code=', form: 'die' },
  { text: 'traps: PANIC: double fault', form: 'die' },
  { text: 'PANIC: double fault', form: 'die' },
  { text: 'PANIC: early exception', form: 'die' },
  { text: 'traps: Missing ENDBR: ', form: 'fault' },
  { text: 'Missing ENDBR: ', form: 'fault' },
  { text: 'BUG: stack guard page was hit', form: 'fault' },
  ...TRAPS.map((text) => ({ text, form: 'die', test: isDie })),
  // s390 default_trap_handler(), monitor_event_exception(): the name of the program check, its code, the instruction length.
  ...[
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
  ].map((text) => ({
    text,
    form: 'die',
    test: (line: string) => line.includes(' ilc:') || line.includes('[#'),
  })),
  { text: 'illegal ', form: 'die', test: (line) => line.includes('ilc:') },
];

export const oops: Family = {
  name: 'oops',
  openers: [
    ...FAULTS.map((text) => ({ text, form: 'fault' })),
    { text: 'BUG: TASK stack guard page was hit', form: 'fault' },
    { text: 'BUG: ', form: 'fault', test: (text) => /^BUG: (?:\S+ )?stack guard page was hit at /.test(text) },
    { text: 'CPU ', form: 'fault', test: (text) => /^CPU \d+ Unable to handle kernel /.test(text) }, // mips, loongarch
    ...DIES,
    { text: 'Kernel attempted to ', form: 'prelude' }, // powerpc since 5.6, before its BUG line
    { text: 'kernel tried to execute ', form: 'prelude' }, // x86 and powerpc: NX and SMEP, before the BUG line
    { text: 'unable to execute userspace code (SMEP?)', form: 'prelude' },
    { text: 'kasan: GPF could be caused by', form: 'hint' },
    { text: 'kasan: CONFIG_KASAN_INLINE enabled', form: 'hint' },
    { text: 'KASAN: ', form: 'range', test: (text) => text.includes(' in range [') },
  ],
  forms: [
    { name: 'prelude', absorbs: ['oops/fault', 'oops/die', 'oops/range'] },
    { name: 'fault', absorbs: ['oops/stack', 'oops/die', 'oops/range', 'bug/cut-here'] },
    { name: 'die', absorbs: ['oops/die', 'oops/range'], absorbsAlways: [] },
    { name: 'stack', absorbs: ['oops/die', 'oops/fault', 'oops/stack', 'panic/panic'] },
    { name: 'hint', tentative: true, absorbs: ['oops/*'] },
    { name: 'range', tentative: true },
  ],
  continues: (text) => CONTINUES.test(text),
};

/** Lines of fault details by architecture; frames and registers are shared shapes. */
const CONTINUES =
  /^(?:#PF: |PGD |P4D |PUD |PMD |PTE |paging request|NULL pointer|BAD$|BUG: unable|IP: |IP \[|pgd = |\*pd|Thread overran|Mem abort info|Data abort info|ESR = |FAR = |ESR: |FAR: |Faulting instruction address|fault_|Failing address|TEID|Fault in|AS:|task: |current|kernel tried|Hardware|Exception|SError|Unhandled|Internal|SMP |KASAN: |maybe for address|traps: |ptrace|CPU features|stack is |Register r\d|Task stack|IRQ stack|Overflow stack|Stack Dump|Last Branch|Kernel stack|ksp|Control|Bad |Instruction|die\b|Low-level|DAR|MSR|hpte|access=|EXCEPTION|Unable to handle)/;
