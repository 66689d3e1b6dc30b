import type { Family } from '../../common/family.ts';
import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { says } from '../opens.ts';
import { FAULTS } from './fault-lines.ts';

/** What stands beside a fault, and faults that are a sentence. */
export const USER = lines({
  do_page_fault: {
    printer: 'arch/mips/mm/fault.c __do_page_fault()',
    releases: 'loongarch alike; a pid behind the comm until 3.x',
    examples: ['do_page_fault(): sending SIGSEGV to java for invalid write access to 00000010'],
    // daemons send signals too, and say so (earlyoom's SIGTERM): only the kernel's line tells the access
    ...says('fault', ['sending SIG'], (text) => /sending SIG\w+ to .{1,24} for invalid /.test(text)),
    start: /(?:\w+\(\): )?sending SIG\w+ to .{1,24} for invalid /,
    reads: [
      /sending (?<signalName>SIG\w+) to (?<comm>.{1,15}?)\[(?<pid>\d+)\] for invalid (?<access>read|write|instruction)[\w ]* (?:from|to)? *(?<address>[0-9a-f]+)/,
      /sending (?<signalName>SIG\w+) to (?<comm>.{1,15}?) for invalid (?<access>read|write|instruction)[\w ]* (?:from|to)? *(?<address>[0-9a-f]+)/,
    ],
    fields: { signalName: words, comm: aside(words), pid: aside(int), access: words, address: hex },
  },
  arm_do_user_fault: {
    printer: 'arch/arm/mm/fault.c __do_user_fault()',
    examples: ['java: unhandled page fault (11) at 0x00000010, code 0x817'],
    opens: [
      {
        form: 'fault',
        literals: ['unhandled page fault ('],
        at: 'message',
        test: (text, at) => / at 0x[0-9a-f]+, code/.test(text.slice(at)),
      },
    ],
    start: /[^\n]{1,40}: unhandled page fault \(/,
    reads: [
      /(?:^|: )(?<comm>[^:]+): unhandled (?<what>page fault) \((?<signal>\d+)\) at 0x(?<address>[0-9a-f]+), code (?<esr>0x[0-9a-f]+)/,
    ],
    fields: { comm: aside(words), what: words, signal: int, address: hex, esr: hex },
  },
  print_fatal_signal: {
    printer: 'kernel/signal.c print_fatal_signal()',
    releases: '`comm/pid: ` before 3.x, no name until 6.8, `exe: comm: ` since',
    examples: [
      'java: java: potentially unexpected fatal signal 11.',
      'java/4711: potentially unexpected fatal signal 6.',
      'potentially unexpected fatal signal 11.',
    ],
    ...says('signal', ['potentially unexpected fatal signal '], (text) => /fatal signal \d/.test(text)),
    reads: [
      /^(?<comm>[^:/]{1,15}): .*fatal signal (?<signal>\d+)/,
      /^(?<comm>.{1,15})\/(?<pid>\d+): .*fatal signal (?<signal>\d+)/,
      /fatal signal (?<signal>\d+)/,
    ],
    fields: { comm: aside(words), pid: aside(int), signal: int },
  },
  show_user_instructions: {
    printer: 'arch/powerpc/kernel/process.c show_user_instructions()',
    examples: ['java[4711]: code: 7d2903a6 4e800421 e8410018 <91490000> 3be00000'],
    opens: [{ form: 'words', literals: ['code: '], at: 'message', test: (text) => /^.{1,24}?\[\d+\]: code: /.test(text) }],
    start: /[^\n]{1,24}?\[\d+\]: code: /,
  },
  dump_fault_info: {
    printer: 'arch/s390/mm/fault.c dump_fault_info()',
    examples: ['Failing address: 0000000000000000 TEID: 0000000000000400', 'failing address: 0000000000000000'],
    start: /[Ff]ailing address: /,
    reads: [/[Ff]ailing address: (?<address>[0-9a-f]+) TEID: (?<teid>[0-9a-f]+)/, /[Ff]ailing address: (?<address>[0-9a-f]+)/],
    fields: { address: hex, teid: hex },
  },
  dump_fault_info_mode: {
    printer: 'arch/s390/mm/fault.c dump_fault_info(), dump_pagetable()',
    examples: ['Fault in primary space mode while using user ASCE.', 'AS:00000000028bc1c7 R3:000000000289c007 S:0000000000000020 '],
    start: /Fault in |AS:[0-9a-f]/,
  },
  show_registers: {
    printer: 'arch/s390/kernel/dumpstack.c show_registers()',
    examples: ['User PSW : 0705000180000000 00000000010009f6'],
    start: /User PSW : /,
    reads: [/User PSW : [0-9a-f]{16} (?<ip>[0-9a-f]{16})\b/],
    fields: { ip: hex },
  },
  show_registers_psw: {
    printer: 'arch/s390/kernel/dumpstack.c show_registers()',
    examples: ['           R:0 T:1 IO:1 EX:1 Key:0 M:1 W:0 P:1 AS:0 CC:0 PM:0 RI:0 EA:3'],
    start: /R:\d T:/,
  },
  show_code: {
    printer: 'arch/s390/kernel/dis.c show_code()',
    examples: [
      'User Code: 00000000010009ec: a7191234\t\tlghi\t%r1,4660',
      '           #00000000010009f2: a7f40007\t\tbrc\t15,0000000001000a00',
    ],
    start: anyOf('User Code: ', String.raw`[#>]?\s?[0-9a-f]{16}: `),
  },
});

/** print-fatal-signals prints right behind the fault. */
const NEAR_USEC = 1_000_000;

/** What a report of a fault has said of its program. */
interface Program {
  comm: string | undefined;
  /** The signal was printed as well: a second one is another program's. */
  signalled: boolean;
  usec: number | undefined;
}

/** Processes that die of their own faults. */
export const user: Family<Program> = {
  name: 'user',
  namesPrograms: true,
  lines: [...Object.values(FAULTS), ...Object.values(USER)],
  forms: [
    { name: 'fault', needs: 'nothing', yields: true },
    { name: 'signal', needs: 'nothing', yields: true },
    { name: 'words', needs: 'nothing', joinsOnly: true },
  ],
  watch: {
    start: () => ({ comm: undefined, signalled: false, usec: undefined }),
    see(program, { line, text, record }) {
      program.usec ??= record.usec;
      program.comm ??= commOf(text);
      if (line === USER.print_fatal_signal) program.signalled = true;
    },
  },
  joins(head, line, _lines, _sameCaller, program) {
    if (head.line === USER.show_user_instructions) return true;
    if (head.line !== USER.print_fatal_signal || program.signalled) return undefined;
    const { usec } = line.record;
    const near = usec === undefined || program.usec === undefined || usec - program.usec < NEAR_USEC;
    const comm = commOf(line.text);
    return near && (comm === undefined || program.comm === undefined || comm === program.comm) ? true : undefined;
  },
};

/** The program that a line names, as far as it does. */
function commOf(text: string): string | undefined {
  for (const pattern of NAMED) {
    const comm = pattern.exec(text)?.[1];
    if (comm !== undefined) return comm;
  }
  return undefined;
}
const NAMED: readonly RegExp[] = [
  /^(?:traps: )?([^\n]{1,15}?)(?:\[\d+\][: ]|\/\d+: |: unhandled )/,
  /(?:^|: )([^:\n]{1,15}): potentially unexpected /,
  /sending SIG\w+ to (.{1,15}?)(?:\[\d+\])? for /,
];
