import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** What die_if_kernel() is told on sparc, alpha and parisc, as far as it stands at the beginning of its message. */
const REASONS = [
  'Oops',
  'Kernel ',
  'TL0: ',
  'TL1: ',
  'lddfmna from kernel',
  'stdfmna from kernel',
  'unfinished/unimplemented FPop',
  'Penguin ',
  'Arithmetic fault',
  'Instruction fault',
  'Illegal instruction',
  'Protection id trap',
  'Privileged ',
  'Unaligned data reference',
  'Unhandled ',
  'Breakpoint in kernel',
  'Floating point exception',
  'bugcheck!',
];
/** `java(77): `, `CPU 1 java(77): `, parisc `java (pid 77): `, ia64 `java[77]: `. */
const TASK = /^(?:CPU \d+ )?[^\n]{1,16}[([](?:pid )?\d+[)\]]: $/;
const END = /(?: \[#?\d+\]| \(code -?\d+\)| -?\d{1,20})\s*$/;

/** Faults of sparc, alpha, parisc and ia64, which name the task in the line of die(). */
export const RISC = lines({
  die_if_kernel: {
    printer: 'arch/sparc/kernel/traps_64.c die_if_kernel()',
    releases: 'traps_32.c, alpha, parisc and ia64 print alike; the CPU on the same line of alpha until 3.x',
    examples: [
      'java(77): Oops [#1]',
      'CPU 1 java(77): Oops 0',
      'java(77): Arithmetic fault 0',
      'java (pid 77): Protection id trap (code 7)',
      'java[77]: Oops 11012296146944 [1]',
    ],
    contains: ': ',
    free: true,
    start: /(?:CPU \d+ )?[^\n]{1,16}[([](?:pid )?\d+[)\]]: (?=[^\n]*(?:\[#?\d+\]| \(code -?\d+\)| -?\d{1,20})\s*$)/,
    once: true,
    opens: [
      {
        form: 'die',
        at: 'message',
        literals: REASONS,
        test: (text, offset) => offset > 0 && TASK.test(text.slice(0, offset)) && END.test(text),
      },
    ],
    fields: { cpu: int, comm: words, pid: int, trap: words, count: int },
    reads: [
      /^(?:CPU (?<cpu>\d+) )?(?<comm>.{1,16}?) ?[([](?:pid )?(?<pid>\d+)[)\]]: (?<trap>\D.*?)(?: \(code -?\d+\)| -?\d{1,20})?(?: \[#?(?<count>\d+)\])?\s*$/,
    ],
  },
  kernel_mna_trap_fault: {
    printer: 'arch/sparc/kernel/unaligned_64.c kernel_mna_trap_fault(), unaligned_32.c',
    releases: 'a line of its own since 4.9, which ended lines without KERN_CONT',
    examples: [' at virtual address 91d0200591d02055'],
    start: /at virtual address (?=[0-9a-f]{8,16}\s*$)/,
    fields: { address: hex },
    reads: [/at virtual address (?<address>[0-9a-f]{8,16})/],
  },
  unhandled_fault: {
    printer: 'arch/sparc/mm/fault_64.c unhandled_fault(), fault_32.c',
    examples: ['tsk->{mm,active_mm}->context = 0000000000000a3c', 'current->{active_,}mm->pgd = fff000003d1e8000'],
    start: /(?:tsk|current)->\{[a-z_,]*\}/,
  },
  instruction_dump: {
    printer: 'arch/sparc/kernel/traps_64.c instruction_dump()',
    releases: 'each word a line of its own since 4.9',
    examples: ['Instruction DUMP: b8102000 <c2586050> 82084003', 'Instruction DUMP:', ' c25e2028', '<c2586050>'],
    start: anyOf('Instruction DUMP:', String.raw`<?[0-9a-f]{8}>?\s*$`),
  },
  caller: {
    printer: 'arch/sparc/kernel/traps_64.c die_if_kernel(): the windows that `Call Trace:` has shown already',
    examples: ['Caller[000000000055c1e2]: driver_xyz_fault+0x28/0x60'],
    start: /Caller\[[0-9a-f]{8,16}\]: /,
    shape: 'detail',
  },
  penguin: {
    printer: 'arch/sparc/kernel/traps_64.c die_if_kernel(), arch/parisc/kernel/traps.c die_if_kernel()',
    examples: ['              \\|/ ____ \\|/', '              "@\'/ .. \\`@"', '              /_| \\__/ |_\\', '                 \\__U_/'],
    start: anyOf(String.raw`\\\|/ ____`, String.raw`"@'/ \.\.`, String.raw`/_\| \\__/`, String.raw`\\__U_/`),
  },
  show_regs_alpha: {
    printer: 'arch/alpha/kernel/traps.c dik_show_regs(), dik_show_code()',
    examples: [
      'pc = [<fffffc00003aee60>]  ra = [<fffffc0000b6c200>]  ps = 0000    Not tainted',
      'v0 = 0000000000000000  t0 = 0000000000000001  t1 = fffffc0000eb3a10',
      't11= 0000000000000000  pv = fffffc0000311128  at = 0000000000000000',
      'gp = fffffc0000eb3a10  sp = 00000000ea2ea184',
    ],
    start: /(?:pc|v0|s[0-6]|a[0-5]|t\d{1,2}|gp|at|pv) ?= (?:\[<)?[0-9a-f]{8,16}/,
    shape: 'registers',
  },
  show_regs_parisc: {
    printer: 'arch/parisc/kernel/traps.c show_regs()',
    examples: [
      '     YZrvWESTHLNXBCVMcbcbcbcbOGFRQPDI',
      'PSW: 00001000000001101111111100001111 Not tainted',
      'r00-03  000000000806ff0f 0000000040b5d240 00000000404f3e38 000000004d3c0740',
      'IASQ: 0000000000000000 0000000000000000 IAOQ: 00000000404f3e70 00000000404f3e74',
      ' IIR: 0f401093    ISR: 0000000000000000  IOR: 0000000000000010',
      ' ORIG_R28: 0000000000000000',
    ],
    start: anyOf('YZrvWEST|VZOUICun|PSW: [01]{8}', String.raw`s?f?r\d\d-\d\d +[0-9a-f]{8}`, 'IASQ: |IIR: |FPSR: |FPER1: |ORIG_R28: '),
    shape: 'registers',
  },
});
