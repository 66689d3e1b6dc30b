import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Errors of caches and buses that the CPU takes as an exception: arch/mips, loongarch and powerpc kernel/traps.c; die() or panic() follows. */
export const MACHINE_CHECKS = lines({
  machine_check_generic: {
    printer: 'arch/powerpc/kernel/traps.c machine_check_generic(), machine_check_e500()',
    examples: ['Machine check in kernel mode.'],
    opens: [{ form: 'prelude', literals: ['Machine check in kernel mode.'] }],
  },
  machine_check_cause: {
    printer: 'arch/powerpc/kernel/traps.c machine_check_generic(), machine_check_e500()',
    examples: ['Caused by (from MCSR=10008): Bus - Read Data Bus Error', 'Machine Check Effective Address: 0xc0a3c000'],
    start: anyOf(String.raw`Caused by \(from (?:MCSR|SRR1|ESR)=`, 'Machine Check (?:Effective )?(?:Physical )?Address: '),
    fields: { register: words, value: hex, cause: words },
    reads: [/^Caused by \(from (?<register>\w+)=(?<value>[0-9a-f]+)\): (?<cause>.*)/, /^Machine Check/],
  },
  do_be: {
    printer: 'arch/mips/kernel/traps.c do_be()',
    releases: '`Data bus error, epc ==` alike in all',
    examples: ['Data bus error, epc == ffffffff80123456, ra == ffffffff80123440', 'Instruction bus error, epc == 80123456, ra == 80123440'],
    start: /(?:Data|Instruction) bus error, epc == /,
    opens: [{ form: 'prelude', literals: ['Data bus error, epc == ', 'Instruction bus error, epc == '] }],
    fields: { access: words },
    reads: [/^(?<access>Data|Instruction) bus error/],
  },
  cache_parity_error: {
    printer: 'arch/mips/kernel/traps.c cache_parity_error(), do_ftlb(), loongarch cache_parity_error()',
    examples: ['Cache error exception:', 'FTLB error exception, cp0_errctl=0x00000400:'],
    start: /(?:Cache|FTLB) error exception/,
    opens: [{ form: 'prelude', literals: ['Cache error exception:', 'FTLB error exception'] }],
  },
  cache_parity_error_registers: {
    printer: 'arch/mips/kernel/traps.c cache_parity_error(), do_ftlb(), loongarch cache_parity_error()',
    examples: [
      'cp0_errorepc == ffffffff80123456',
      'c0_cacheerr == 80000000',
      'csr_merrctl == 00000400',
      'Decoded c0_cacheerr: primary cache fault in data reference.',
      'Error bits: ED EE ',
      'IDX: 0x00000400',
      'DErrAddr0: 0x00000400',
    ],
    start: /(?:cp0_errorepc|c0_cacheerr|csr_merr\w+) == |Decoded c0_cacheerr: |Error bits: |IDX: 0x|DErrAddr\d: /,
  },
  handle_exception: {
    printer: 'arch/powerpc/kernel/traps.c: exceptions that end in die()',
    releases: 'transactions since 3.9, facilities since 3.6',
    examples: [
      'Bad trap at PC: c000000000a10028, SR: 9033, vector=1500',
      'Unexpected TM Bad Thing exception at c000000000a10028 (msr 0x9033) tm_scratch=0',
      "Facility 'TM' unavailable (5) exception in kernel mode at c000000000a10028",
      'VMX/Altivec assist exception in kernel mode at c000000000a10028',
      'PowerPC Book-E Watchdog Exception',
    ],
    start: anyOf(
      'Bad trap at PC: ',
      'Unexpected TM Bad Thing exception at ',
      String.raw`(?:Hypervisor )?Facility '[^'\n]*' unavailable \(\d+\),? exception `,
      'VMX/Altivec assist exception in kernel',
      'PowerPC Book-E Watchdog Exception',
    ),
    opens: [
      {
        form: 'prelude',
        literals: ['Unexpected TM Bad Thing exception at ', 'VMX/Altivec assist exception in kernel', 'PowerPC Book-E Watchdog Exception'],
      },
      { form: 'prelude', literals: ['Facility '], test: (text) => text.includes(' exception in kernel mode at ') },
    ],
  },
  do_reserved: {
    printer: 'arch/loongarch/kernel/traps.c do_reserved(), arch/s390/mm/fault.c do_exception()',
    examples: ['Caught reserved exception 14 on pid:77 [java] - should not happen', 'Unexpected fault flags: 00000004'],
    start: /Caught reserved exception \d+|Unexpected fault flags: /,
    opens: [{ form: 'prelude', literals: ['Caught reserved exception '] }],
    fields: { exception: int },
    reads: [/^Caught reserved exception (?<exception>\d+)/, /^Unexpected fault flags/],
  },
  reserved_fault_brk_handler: {
    printer:
      'arch/arm64/kernel/traps.c reserved_fault_brk_handler(), debug-monitors.c do_el1_softstep(); arm baddataabort(), __readwrite_bug()',
    examples: [
      'BPF JIT generated an invalid instruction at bpf_prog_6deef7357e7b4530+0x28/0x60!',
      'Unexpected kernel single-step exception at EL1',
      '[77] java: bad data abort: code 7 instr 0xe1932f9f',
    ],
    start: anyOf(
      '(?:BPF JIT|Kernel text patching) generated an invalid instruction at ',
      'Unexpected kernel single-step exception',
      String.raw`\[\d+\] [^\n]{1,20}: bad data abort: code `,
    ),
  },
});
