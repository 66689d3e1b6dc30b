import { aside, cpuList, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, secondLetter, starts } from '../opens.ts';
import { tagged } from './opens.ts';

/** `CPU3 BANK7 CMCI storm detected`, or the last words alone. */
const isStorm = (text: string, at: number): boolean =>
  (text.startsWith('CMCI', at) || secondLetter(text, at) === 'B') && text.includes('CMCI storm detected', at);

const COLUMNS = { grammar: 'ras', name: 'columns', mode: 'columns' } as const;

/** Machine checks of x86: arch/x86/kernel/cpu/mce. */
export const MCE = lines({
  print_mce: {
    printer: 'arch/x86/kernel/cpu/mce/core.c __print_mce()',
    releases: 'print_mce() until 4.17; ` Exception` only where MCG_STATUS says so, since 3.0; no tag before 2.6.35',
    examples: [
      'mce: [Hardware Error]: CPU 5: Machine Check Exception: 4 Bank 3: be00000000800400',
      '[Hardware Error]: CPU 5: Machine Check: 0 Bank 3: 8c00004000010090',
      'CPU 5: Machine Check Exception: 4 Bank 3: be00000000800400',
    ],
    start: /(?:(?:mce: )?\[Hardware Error\]: *)?CPU \d+: Machine Check(?: Exception| Event)?: +[0-9a-f]+ Bank /,
    opens: [
      ...(tagged('record', String.raw`CPU \d+: Machine Check`).opens ?? []),
      { form: 'record', literals: ['CPU '], test: (text) => /^CPU \d+: Machine Check(?: Exception| Event)?: +[0-9a-f]+ Bank /.test(text) },
    ],
    rule: COLUMNS,
    fields: { cpu: int, exception: aside(words), mcgStatus: hex, bank: int, status: hex },
  },
  print_mce_rip: {
    printer: 'arch/x86/kernel/cpu/mce/core.c __print_mce()',
    examples: [
      'mce: [Hardware Error]: RIP 10:<ffffffff81a0c5d2> {intel_idle+0x82/0x120}',
      'mce: [Hardware Error]: RIP !INEXACT! 33:<00007f00aa2f1c5d>',
    ],
    ...tagged('field', 'RIP'),
    rule: COLUMNS,
    fields: { inexact: words, segment: hex, ip: hex },
  },
  print_mce_tsc: {
    printer: 'arch/x86/kernel/cpu/mce/core.c __print_mce()',
    releases: 'PPIN since 4.12, SYND and IPID since 4.11, SYND1 and SYND2 since 6.13',
    examples: [
      'mce: [Hardware Error]: TSC 7dc24ed8c ADDR 3f2b5ae40 MISC 40009a PPIN ab12cd34 ',
      'mce: [Hardware Error]: TSC 0 ADDR 3f2b5ae40 SYND 5d000000 SYND1 1 SYND2 2 IPID 1002e00000500 ',
    ],
    ...tagged('field', 'TSC '),
    rule: COLUMNS,
    fields: { tsc: hex, address: hex, misc: hex, ppin: hex, syndrome: hex, syndrome1: hex, syndrome2: hex, ipid: hex },
  },
  print_mce_processor: {
    printer: 'arch/x86/kernel/cpu/mce/core.c __print_mce()',
    releases: 'microcode since 3.1',
    examples: ['mce: [Hardware Error]: PROCESSOR 0:50657 TIME 1795378230 SOCKET 1 APIC 40 microcode 5000021'],
    ...tagged('field', 'PROCESSOR '),
    rule: COLUMNS,
    fields: { vendor: int, cpuid: hex, time: int, socket: int, apic: hex, microcode: hex },
  },
  print_mce_mcelog: {
    printer: 'arch/x86/kernel/cpu/mce/core.c print_mce()',
    examples: ["mce: [Hardware Error]: Run the above through 'mcelog --ascii'"],
    ...tagged('field', 'Run the ', 'This is not a software problem!', 'Run through mcelog'),
  },
  mce_panic: {
    printer: 'arch/x86/kernel/cpu/mce/core.c mce_panic()',
    examples: [
      'mce: [Hardware Error]: Machine check: Processor context corrupt',
      'mce: [Hardware Error]: Fake kernel panic: Fatal machine check',
    ],
    ...tagged('field', 'Machine check: ', 'Fake kernel panic: '),
    reads: [/(?:Machine check|Fake kernel panic): (?<reason>.*)/],
    fields: { reason: words },
  },
  mce_notify_irq: {
    printer: 'arch/x86/kernel/cpu/mce/core.c mce_notify_irq()',
    releases: 'tagged since 2.6.35',
    examples: ['mce: [Hardware Error]: Machine check events logged', 'Machine check events logged'],
    start: /(?:(?:mce: )?\[Hardware Error\]: *)?Machine check events logged/,
    opens: [
      ...(tagged('notified', 'Machine check events logged').opens ?? []),
      ...(says('notified', ['Machine check events logged']).opens ?? []),
    ],
    reads: [/Machine check events logged/],
  },
  kill_me_maybe: {
    printer: 'arch/x86/kernel/cpu/mce/core.c kill_me_maybe()',
    releases: 'memory_failure() was called without a word until 5.8',
    examples: ['mce: Uncorrected hardware memory error in user-access at 3f2b5ae40'],
    ...says('logged', ['Uncorrected hardware memory error in ', 'Corrected hardware memory error in ']),
    reads: [/(?<class>Uncorrected|Corrected) hardware memory error in (?<where>\S+) at (?<address>[0-9a-f]+)/],
    fields: { class: words, where: words, address: hex },
  },
  kill_me_never: {
    printer: 'arch/x86/kernel/cpu/mce/core.c kill_me_never()',
    releases: 'since 5.16',
    examples: ['mce: Kernel accessed poison in user space at 3f2b5ae40'],
    ...says('logged', ['Kernel accessed poison in user space at ']),
    reads: [/poison in user space at (?<address>[0-9a-f]+)/],
    fields: { address: hex },
  },
  memory_error_not_recovered: {
    printer: 'arch/x86/kernel/cpu/mce/core.c kill_me_maybe()',
    examples: ['mce: Memory error not recovered'],
    ...says('logged', ['Memory error not recovered']),
    reads: [/Memory error not recovered/],
  },
  memory_failure_ignored: {
    printer: 'arch/x86/kernel/cpu/mce/core.c memory_failure()',
    releases: 'where CONFIG_MEMORY_FAILURE is not set',
    examples: ['mce: Uncorrected memory error in page 0x3f2b5 ignored'],
    ...says('logged', ['Uncorrected memory error in page 0x']),
    reads: [/memory error in page (?<pfn>0x[0-9a-f]+) ignored/],
    fields: { pfn: hex },
  },
  mce_timed_out: {
    printer: 'arch/x86/kernel/cpu/mce/core.c mce_timed_out()',
    releases: 'since 5.13',
    examples: ['mce: CPUs not responding to MCE broadcast (may include false positives): 4-7,12'],
    ...says('logged', ['CPUs not responding to MCE broadcast']),
    reads: [/false positives\): (?<cpus>\d[\d,-]*)/],
    fields: { cpus: cpuList },
  },
  s390_do_machine_check: {
    printer: 'arch/s390/kernel/nmi.c s390_handle_mcck(), s390_do_machine_check()',
    releases: 'the stop, on the console of the machine alone, in 6.12, not yet in 6.1',
    examples: [
      'mcck: Terminating task because of machine malfunction (code 0x0040000000000000).',
      'System stopped due to unrecoverable machine check, code: 0x0040000000000000',
    ],
    ...starts('logged', ['mcck: Terminating task because of machine malfunction', 'System stopped due to unrecoverable machine check']),
    reads: [/^(?:mcck: )?(?<what>Terminating task|System stopped).*?code:? 0x(?<code>[0-9a-f]+)/],
    fields: { what: words, code: hex },
  },
  cmci_storm: {
    printer: 'arch/x86/kernel/cpu/mce/threshold.c cmci_storm_begin()',
    releases: 'since 6.8; `CMCI storm detected: switching to poll mode` of mce_intel_cmci_poll() since 3.5',
    examples: ['mce: CPU3 BANK7 CMCI storm detected', 'CMCI storm detected: switching to poll mode'],
    ...says('logged', ['CPU', 'CMCI storm detected'], isStorm),
    start: /(?:mce: )?(?:CPU\d+ BANK\d+ )?CMCI storm detected/,
    reads: [/CPU(?<cpu>\d+) BANK(?<bank>\d+) CMCI storm/, /CMCI storm/],
    fields: { cpu: int, bank: int },
  },
  pentium_machine_check: {
    printer: 'arch/x86/kernel/cpu/mce/p5.c pentium_machine_check()',
    examples: ['CPU#0: Machine Check Exception:  0x    3F20 (type 0x      15).'],
    ...starts('logged', ['CPU#'], (text) => /^CPU#\d+: Machine Check Exception: /.test(text)),
    start: /CPU#\d+: Machine Check Exception: /,
    reads: [/CPU#(?<cpu>\d+): Machine Check Exception: +0x *(?<address>[0-9A-F]+) \(type 0x *(?<type>[0-9A-F]+)\)/],
    fields: { cpu: int, address: hex, type: hex },
  },
  unexpected_machine_check: {
    printer: 'arch/x86/kernel/cpu/mce/core.c unexpected_machine_check()',
    examples: ['CPU#3: Unexpected int18 (Machine Check)'],
    start: /CPU#\d+: Unexpected int18/,
    opens: [{ form: 'logged', literals: ['CPU#'], test: (text) => /^CPU#\d+: Unexpected int18/.test(text) }],
    reads: [/CPU#(?<cpu>\d+): Unexpected int18/],
    fields: { cpu: int },
  },
});
