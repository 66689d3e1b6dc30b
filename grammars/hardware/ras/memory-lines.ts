import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { starts } from '../opens.ts';

const KILLS =
  /^(?:Memory failure:|MCE) 0x[0-9a-f]+: (?:Killing|Sending SIG\w+ to|forcibly killing|killing) [^\n]*:\d+ (?:due to|because of) /;

/** Poisoned pages (mm/memory-failure.c) and the machine checks of powerpc. */
export const MEMORY = lines({
  kill_proc: {
    printer: 'mm/memory-failure.c kill_proc(); drivers/acpi/apei/ghes.c',
    releases: '`MCE 0x…: Killing` until 4.1, `Killing` until 5.8; action required or optional since 5.8',
    examples: [
      'Memory failure: 0xa5b6c: Sending SIGBUS to java:4711 due to hardware memory corruption',
      'MCE 0xa5b6c: Killing java:4711 due to hardware memory corruption',
      'Memory failure: 0xa5b6c: forcibly killing java:4711 because of failure to unmap corrupted page',
    ],
    ...starts('poison', ['Memory failure: 0x', 'MCE 0x'], (text) => KILLS.test(text)),
    start: /(?:Memory failure:|MCE) 0x[0-9a-f]+: (?:Killing|Sending SIG\w+ to|forcibly killing|killing) /,
    reads: [/0x(?<pfn>[0-9a-f]+): (?:Killing|Sending SIG\w+ to|forcibly killing|killing) (?<comm>.*):(?<pid>\d+) (?:due to|because of) /],
    fields: { pfn: hex, comm: aside(words), pid: aside(int) },
  },
  cec_add_elem: {
    printer: 'drivers/ras/cec.c cec_add_elem()',
    releases: 'since 4.12',
    examples: ['RAS: Soft-offlining pfn: 0xa5b6c'],
    ...starts('line', ['RAS: Soft-offlining pfn: 0x']),
    reads: [/Soft-offlining pfn: 0x(?<pfn>[0-9a-f]+)/],
    fields: { pfn: hex },
  },
  do_sigbus: {
    printer: 'arch/x86/mm/fault.c do_sigbus(), powerpc alike',
    releases: '`MCE: Killing` since 2.6.33',
    examples: ['MCE: Killing java:4711 due to hardware memory corruption fault at 7f3d2c001000'],
    ...starts('line', ['MCE: Killing '], (text) => text.includes(' due to hardware memory corruption fault at ')),
    start: /MCE: Killing [^\n]{1,24}:\d+ due to hardware/,
    reads: [/^MCE: Killing (?<comm>.*):(?<pid>\d+) due to hardware memory corruption fault at (?<address>[0-9a-f]+)/],
    fields: { comm: aside(words), pid: aside(int), address: hex },
  },
  action_result: {
    printer: 'mm/memory-failure.c action_result()',
    releases: '`MCE 0x…: dirty LRU page recovery: Recovered` until 4.1',
    examples: ['Memory failure: 0xa5b6c: recovery action for dirty LRU page: Recovered', 'MCE 0xa5b6c: clean LRU page recovery: Recovered'],
    ...starts('poison', ['Memory failure: 0x', 'MCE 0x'], (text) => /: recovery action for |page recovery: /.test(text)),
    start: /(?:Memory failure:|MCE) 0x[0-9a-f]+: (?:recovery action for [^\n]+: \w|[^\n]+ recovery: \w)/,
    reads: [
      /0x(?<pfn>[0-9a-f]+): recovery action for (?<page>.*?): (?<result>\w+)/,
      /0x(?<pfn>[0-9a-f]+): (?<page>.*?) recovery: (?<result>\w+)/,
    ],
    fields: { pfn: hex, page: words, result: words },
  },
  memory_failure: {
    printer: 'mm/memory-failure.c memory_failure(), hwpoison_user_mappings(), me_pagecache_clean()',
    examples: [
      'Memory failure: 0xa5b6c: already hardware poisoned',
      'Memory failure: 0xa5b6c: corrupted page was clean: dropped without side effects',
      'MCE 0xa5b6c: page already poisoned',
    ],
    ...starts('poison', ['Memory failure: 0x', 'MCE 0x']),
    start: /(?:Memory failure:|MCE) 0x[0-9a-f]+: /,
    reads: [/0x(?<pfn>[0-9a-f]+): (?<said>.*)/],
    fields: { pfn: hex, said: aside(words) },
  },
  machine_check_print_event_info: {
    printer: 'arch/powerpc/kernel/mce.c machine_check_print_event_info()',
    releases: 'since 5.1',
    examples: [
      'MCE: CPU2: machine check (Severe)  UE Load/Store DAR: c0000003c0c81b40 paddr: 00000003c0c81b40 [Not recovered]',
      'MCE: CPU2: machine check (Warning)  Unknown   [Recovered]',
      'MCE: CPU2: machine check (Severe) Guest SLB Multihit DAR: c0000003c0c81b40 [Recovered]',
    ],
    ...starts('power', ['MCE: CPU'], (text) => /^MCE: CPU\d+: machine check \(/.test(text)),
    start: /MCE: CPU\d+: machine check \(/,
    reads: [
      /CPU(?<cpu>\d+): machine check \((?<level>\w+)\) +(?:Guest )?(?<what>\S.*?) +DAR: (?<address>[0-9a-f]+) +(?:paddr: (?<physical>[0-9a-f]+) +)?\[(?<result>[^\]]+)\]/,
      /CPU(?<cpu>\d+): machine check \((?<level>\w+)\) +(?:Guest )?(?<what>\S.*?) +\[(?<result>[^\]]+)\]/,
    ],
    fields: { cpu: int, level: words, what: words, address: hex, physical: hex, result: words },
  },
  machine_check_print_nip: {
    printer: 'arch/powerpc/kernel/mce.c machine_check_print_event_info()',
    releases: 'since 5.1',
    examples: [
      'MCE: CPU2: NIP: [c00000000008a9c0] memcpy_power7+0x140/0x7d0',
      'MCE: CPU2: PID: 4711 Comm: java NIP: [00007fff9a5b6c70] paddr: 00000003c0c81b40',
    ],
    ...starts('power-field', ['MCE: CPU'], (text) => text.includes('NIP: [')),
    start: /MCE: CPU\d+: (?:PID: \d+ Comm: [^\n]{1,40}? (?:Guest )?)?NIP: \[/,
    reads: [
      /PID: (?<pid>\d+) Comm: (?<comm>.{1,15}?) (?:Guest )?NIP: \[(?<ip>[0-9a-f]+)\](?: +paddr: (?<physical>[0-9a-f]+))?/,
      /NIP: \[(?<ip>[0-9a-f]+)\] (?<symbol>\S+\+0x\S+)(?: \[[^\]]+\])?(?: +paddr: (?<physical>[0-9a-f]+))?/,
    ],
    fields: { pid: aside(int), comm: aside(words), ip: hex, symbol: words, physical: hex },
  },
  machine_check_print_cause: {
    printer: 'arch/powerpc/kernel/mce.c machine_check_print_event_info()',
    releases: 'who was to blame since 5.1, whether hardware or software since 5.4',
    examples: ['MCE: CPU2: Initiator CPU', 'MCE: CPU2: Probable Hardware error (some chance of software cause)'],
    ...starts('power-field', ['MCE: CPU']),
    start: /MCE: CPU\d+: /,
    reads: [/CPU\d+: Initiator (?<initiator>\w[\w ]*)/, /CPU\d+: (?<blame>.*)/],
    fields: { initiator: words, blame: words },
  },
  machine_check_interrupt: {
    printer: 'arch/powerpc/kernel/mce.c machine_check_print_event_info()',
    releases: '3.14–5.0',
    examples: ['Severe Machine check interrupt [Not recovered]', 'Warning Machine check interrupt [Recovered]'],
    ...starts('old-power', ['Severe Machine check interrupt', 'Fatal Machine check interrupt', 'Warning Machine check interrupt']),
    reads: [/(?<level>\w+) Machine check interrupt \[(?<result>[^\]]+)\]/],
    fields: { level: words, result: words },
  },
  machine_check_interrupt_field: {
    printer: 'arch/powerpc/kernel/mce.c machine_check_print_event_info()',
    releases: '3.14–5.0',
    examples: [
      '  Initiator: CPU',
      '  Error type: UE [Load/Store]',
      '    Effective address: c0000003c0c81b40',
      '    Physical address:  00000003c0c81b40',
    ],
    ...starts('old-power-field', [
      '  Initiator: ',
      '  Error type: ',
      '    Effective address: ',
      '    Physical address: ',
      '    Physial address: ',
    ]),
    reads: [
      /Initiator: (?<initiator>.+)/,
      /Error type: (?<what>.+)/,
      /Effective address: (?<address>[0-9a-f]+)/,
      /Phys\w+ address: +(?<physical>[0-9a-f]+)/,
    ],
    fields: { initiator: words, what: words, address: hex, physical: hex },
  },
});
