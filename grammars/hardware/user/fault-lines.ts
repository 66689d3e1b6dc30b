import { aside, type Field, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { says } from '../opens.ts';

/** Whatever stands before a program, the program, and its pid. */
const PROGRAM = String.raw`(?:[^\n:]{1,96}: )?[^\n]{1,24}?\[\d+\]`;
const behind = (...said: readonly string[]): RegExp => new RegExp(`${PROGRAM}${anyOf(...said).source}`);
const isProgram = (text: string): boolean => /^(?:traps: )?.{1,24}?\[\d+\](?::| trap | general protection| control protection)/.test(text);

/** `(null)` stands for zero until 4.15. */
const pointer: Field<string> = (text) => (text === '(null)' || text === 'null' ? '0x0' : hex(text));

const FAULT = { grammar: 'user-fault', name: 'fault', mode: 'program' } as const;
const PROGRAM_FIELDS = { comm: aside(words), pid: aside(int) } as const;
/** Where in which file the program was: print_vma_addr() of mm/memory.c. */
const OBJECT_FIELDS = { object: words, base: hex, length: hex } as const;

/** Programs that die of their own faults: what each architecture says of them, all in one structure. */
export const FAULTS = lines({
  show_signal_msg: {
    printer: 'arch/x86/mm/fault.c show_signal_msg()',
    releases: '`likely on CPU` since 6.1; `in x[offset,base+length]` since 6.9; sparc prints `(rpc …)`, um alike',
    examples: [
      'java[4711]: segfault at 10 ip 00007f00aa2f1c5d sp 00007ffe1c000a40 error 4 in libxyz.so.2[7f00aa2d0000+2c000] likely on CPU 5 (core 2, socket 1)',
      'java[4711]: segfault at 10 ip 00000000005aa21c sp 00007ffe1c000a40 error 6 in java[1aa21c,400000+32000]',
      'java[4711]: segfault at (null) ip (null) sp ffbfe8c0 error 14 likely on CPU 0 (core 0, socket 0)',
    ],
    ...says('fault', ['segfault at '], (text) => isProgram(text) && /segfault at (?:[0-9a-f]+|\(null\)|$)(?: |$)/.test(text)),
    start: behind(': segfault at '),
    rule: FAULT,
    fields: {
      ...PROGRAM_FIELDS,
      address: pointer,
      ip: pointer,
      sp: pointer,
      error: hex,
      ...OBJECT_FIELDS,
      offset: hex,
      cpu: int,
      core: int,
      socket: int,
    },
  },
  show_signal: {
    printer: 'arch/x86/kernel/traps.c show_signal()',
    releases: 'do_trap(), do_general_protection() until 4.19; `traps: ` since 3.2',
    examples: [
      'traps: java[4711] trap divide error ip:40113a sp:7ffe1c000a40 error:0 in java[401000+1000]',
      'traps: java[4711] general protection fault ip:7f00aa2f1c5d sp:7ffe1c000a40 error:0 in libxyz.so.2[21c5d,7f00aa2d0000+2c000]',
    ],
    opens: [{ form: 'fault', literals: ['traps: '], test: (text) => isProgram(text) && / ip:[0-9a-f]+ sp:[0-9a-f]+ error:/.test(text) }],
    start: behind(' trap ', ' general protection'),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, trap: words, ip: pointer, sp: pointer, error: hex, ...OBJECT_FIELDS, offset: hex },
  },
  do_user_cp_fault: {
    printer: 'arch/x86/kernel/cet.c do_user_cp_fault()',
    releases: 'since 6.6: shadow stacks of user space',
    examples: ['traps: java[4711] control protection ip:40113a sp:7ffe1c000a40 ssp:7f00aa000ff8 error:1(near ret) in java[401000+1000]'],
    opens: [{ form: 'fault', literals: ['traps: ', 'cet: '], test: (text) => isProgram(text) && / ssp:[0-9a-f]+ error:/.test(text) }],
    start: behind(' control protection'),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, trap: words, ip: pointer, sp: pointer, ssp: pointer, error: hex, ...OBJECT_FIELDS },
  },
  arm64_show_signal: {
    printer: 'arch/arm64/kernel/traps.c arm64_show_signal()',
    releases: 'since 4.18',
    examples: [
      'java[4711]: unhandled exception: DABT (lower EL), ESR 0x0000000092000006, level 2 translation fault in java[740,400000+7e000]',
      'java[4711]: unhandled exception: undefined instruction in java[400000+7e000]',
    ],
    ...says('fault', ['unhandled exception: '], (text) => isProgram(text) && /, ESR 0x|undefined instruction| in .+\[/.test(text)),
    start: behind(': unhandled exception: '),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, class: words, esr: hex, what: words, ...OBJECT_FIELDS, offset: hex },
  },
  __do_user_fault: {
    printer: 'arch/arm64/mm/fault.c __do_user_fault()',
    releases: 'until 4.17',
    examples: ['java[4711]: unhandled level 2 translation fault (11) at 0x00000008, esr 0x92000046, in java[400000+1000]'],
    opens: [
      {
        form: 'fault',
        literals: ['unhandled '],
        at: 'message',
        test: (text) => isProgram(text) && / (?:fault|abort) \(\d+\) at /.test(text),
      },
    ],
    start: behind(String.raw`: unhandled (?=[^\n]* (?:fault|abort) \(\d+\) at )`),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, what: words, signal: int, address: hex, esr: hex, ...OBJECT_FIELDS },
  },
  powerpc_show_signal_msg: {
    printer: 'arch/powerpc/kernel/traps.c show_signal_msg()',
    releases: 'the signal is named since 4.19, `unhandled signal 11` before',
    examples: [
      'java[4711]: segfault (11) at 8 nip 10000be0 lr 10000fb4 code 1 in java[10000000+d0000]',
      'java[4711]: unhandled signal 11 at 0000000000000008 nip 0000000010000be0 lr 0000000010000fb4 code 30001',
    ],
    ...says(
      'fault',
      [
        'segfault (',
        'illegal instruction (',
        'bus error (',
        'floating point exception (',
        'trap (',
        'user fault (',
        'unknown signal (',
        'unhandled signal ',
      ],
      (text) => / nip [0-9a-f]+ lr /.test(text),
    ),
    start: behind(String.raw`: [a-z ]+ \(?\d+\)? at [0-9a-f]+ nip `),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, what: words, signal: int, address: hex, ip: hex, lr: hex, code: hex, ...OBJECT_FIELDS },
  },
  do_trap: {
    printer: 'arch/riscv/kernel/traps.c do_trap()',
    examples: ['java[4711]: unhandled signal 11 code 0x1 at 0x0000000000000008 in java[682,10000+61000]'],
    ...says('fault', ['unhandled signal '], (text) => isProgram(text) && / code 0x[0-9a-f]+ at 0x/.test(text)),
    start: behind(String.raw`: unhandled signal \d+ code `),
    rule: FAULT,
    fields: { ...PROGRAM_FIELDS, signal: int, code: hex, address: hex, ...OBJECT_FIELDS, offset: hex },
  },
  report_user_fault: {
    printer: 'arch/s390/mm/fault.c report_user_fault()',
    releases: 'names no process, the CPU line behind it does',
    examples: ['User process fault: interruption code 0010 ilc:3 in java[1000000+89000]'],
    ...says('fault', ['User process fault: interruption code ']),
    reads: [
      /interruption code (?<interruption>[0-9a-f]+)(?: ilc:(?<ilc>\d)(?!\d))? ?in (?<object>.+?)\[(?:(?<offset>[0-9a-f]+),)?(?<base>[0-9a-f]+)\+(?<length>[0-9a-f]+)\]/,
      /interruption code (?<interruption>[0-9a-f]+)(?: ilc:(?<ilc>\d)(?!\d))?/,
    ],
    fields: { interruption: hex, ilc: int, ...OBJECT_FIELDS, offset: hex },
  },
});
