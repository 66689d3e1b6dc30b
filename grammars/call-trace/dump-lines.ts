import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Memory in hex, instructions and the words of stacks. */
export const DUMPS = lines({
  show_opcodes: {
    printer: 'arch/x86/kernel/dumpstack.c show_opcodes()',
    examples: ['Code: 48 89 e5 <0f> 0b 5d c3', 'Code: e92d4800 e28db004 e3a03000 (e5832000)'],
    start: /Code ?: ?/,
    shape: 'code',
    text: 'code',
  },
  show_instructions: {
    printer: 'arch/powerpc/kernel/process.c show_instructions()',
    releases: 'until 6.x; `Code:` since',
    examples: ['Instruction dump:'],
    start: /Instruction dump:/,
    shape: 'code',
    text: 'instruction-dump',
  },
  show_instructions_words: {
    printer: 'arch/powerpc/kernel/process.c show_instructions(), x86 show_stack_log_lvl() of 32-bit machines',
    examples: ['7c0802a6 f8010010 f821ff91 <39200000>', 'XXXXXXXX XXXXXXXX 38600000 4bfffefd'],
    start: anyOf(String.raw`XXXXXXXX `, String.raw`(?:[<(]?[0-9a-fX]{8}[>)]? ?){4,}`),
    shape: 'code',
    text: 'code-words',
    whole: true,
  },
  show_code: {
    printer: 'arch/s390/kernel/dis.c show_code()',
    examples: [
      'Krnl Code: 000003ff800a1234: a7f4ffd5 brc 15,000003ff800a11de',
      'Krnl Code:#000003ff800a1234: a7f4ffd5 brc 15,000003ff800a11de',
    ],
    start: /(?:Krnl|User) Code:/,
    shape: 'code',
  },
  show_code_row: {
    printer: 'arch/s390/kernel/dis.c show_code()',
    examples: ['          #000003ff800a1238: af000000\t\tmc\t0,0', '          >000003ff800a123c: e31020000004\tlg\t%r1,0(%r2)'],
    start: /[>#*]?[0-9a-f]{11,16}: /,
    shape: 'detail',
  },
  show_stack: {
    printer: 'arch/arm/kernel/traps.c dump_mem(), arch/x86/kernel/dumpstack_64.c show_stack_log_lvl() until 4.9',
    examples: ['Stack: (0xdf8fbe58 to 0xdf8fc000)', 'Stack:'],
    start: /Stack ?:/,
    shape: 'code',
  },
  dump_mem: {
    printer: 'arch/arm/kernel/traps.c dump_mem(), lib/hexdump.c print_hex_dump()',
    examples: [
      'be40: df8fbf94 00000000',
      '9fc0:                                     00000000 00000000',
      '0xdf80: 00000000 c0107b28',
      'ffff88800f: 00 00 00 00',
    ],
    start: />?(?:0x)?[0-9a-f]{3,16}(?: ?:|:?\t)\s?/,
    shape: 'detail',
  },
  show_stack_words: {
    printer: 'arch/x86/kernel/dumpstack_64.c show_stack_log_lvl()',
    releases: 'until 4.9',
    examples: ['deadbeef 00000000'],
    start: /[0-9a-f]{8}(?: [0-9a-f]{8})+/,
    shape: 'detail',
  },
});
