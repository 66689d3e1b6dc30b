import type { HeadRule } from '../../call-trace/head.ts';
import { said } from '../said.ts';

const PROGRAM = /(?<comm>.{1,24}?)\[(?<pid>\d+)\]/.source;
/** `in prog[400000+1000]`; `[offset,base+length]` since 6.9 (arm64, riscv always); path components of the file's name only. */
const OBJECT = /(?: in (?<object>.+?)\[(?:(?<offset>[0-9a-f]+),)?(?<base>[0-9a-f]+)\+(?<length>[0-9a-f]+)\])?/.source;
const re = (source: string) => new RegExp(source);

/** Processes that die of their own faults. */
export const USER_HEADS: readonly HeadRule[] = [
  // arch/x86/mm/fault.c show_signal_msg(), arch/sparc likewise; "likely on CPU" since 6.0.
  said(
    'show_signal_msg',
    /segfault at /,
    re(
      `${PROGRAM}: segfault at \\(?(?<address>[0-9a-f]+|null)\\)? ip (?:0x)?\\(?(?<ip>[0-9a-f]+|null)\\)?(?: \\(rpc [0-9a-f]+\\))? sp (?:0x)?(?<sp>[0-9a-f]+) error (?<error>[0-9a-f]+)${OBJECT}(?: likely on CPU (?<cpu>\\d+) \\(core (?<core>\\d+), socket (?<socket>\\d+)\\))?`,
    ),
    re(`${PROGRAM}: segfault at (?<address>[0-9a-f]+)`),
  ),
  // arch/x86/kernel/traps.c show_signal(), do_general_protection(): no "traps: " before 3.2.
  said(
    'show_signal',
    /(?:traps: )?[^\n]{1,24}?\[\d+\] (?:trap |general protection)/,
    re(
      `(?:traps: )?${PROGRAM} (?:trap (?<trap>.*?)|(?<gpf>general protection(?: fault)?)) ip:(?<ip>[0-9a-f]+) sp:(?<sp>[0-9a-f]+) error:(?<error>[0-9a-f]+)${OBJECT}`,
    ),
  ),
  // arch/arm64/kernel/traps.c arm64_show_signal(); "unhandled level 2 translation fault (11) at 0x…, esr 0x…" until 4.18; arch/arm/mm/fault.c.
  said(
    'arm64_show_signal',
    /(?:unhandled exception: |unhandled (?=[^\n]* (?:fault|abort) \(\d+\) at )|unhandled page fault \(\d+\) at )/,
    re(`${PROGRAM}: unhandled exception: (?:(?<class>[^,]+), ESR (?<esr>0x[0-9a-f]+), )?(?<what>.*?)${OBJECT}$`),
    re(`${PROGRAM}: unhandled (?<what>.*?) \\((?<signal>\\d+)\\) at 0x(?<address>[0-9a-f]+), (?:esr|code) (?<esr>0x[0-9a-f]+)${OBJECT}`),
    /(?:^|: )(?<comm>[^:]+): unhandled (?<what>page fault) \((?<signal>\d+)\) at 0x(?<address>[0-9a-f]+), code (?<esr>0x[0-9a-f]+)/,
  ),
  // arch/powerpc/kernel/traps.c show_signal_msg() since 4.19; "unhandled signal 11 at … nip … lr … code" before.
  said(
    'powerpc_show_signal_msg',
    /(?:[a-z ]+ \(\d+\) at [0-9a-f]+ nip |unhandled signal \d+ at [0-9a-f]+ nip )/,
    re(
      `${PROGRAM}: (?<what>[a-z ]+?) \\((?<signal>\\d+)\\) at (?<address>[0-9a-f]+) nip (?<ip>[0-9a-f]+) lr (?<lr>[0-9a-f]+) code (?<code>[0-9a-f]+)${OBJECT}`,
    ),
    re(
      `${PROGRAM}: unhandled signal (?<signal>\\d+) at (?<address>[0-9a-f]+) nip (?<ip>[0-9a-f]+) lr (?<lr>[0-9a-f]+) code (?<code>[0-9a-f]+)`,
    ),
  ),
  said('powerpc_show_user_instructions', /code: (?:[<(]?[0-9a-fX]{8})/, /code: (?<words>[0-9a-fX<> ()]+)/),
  // arch/riscv/kernel/traps.c do_trap().
  said(
    'do_trap',
    /unhandled signal \d+ code /,
    re(`${PROGRAM}: unhandled signal (?<signal>\\d+) code (?<code>0x[0-9a-f]+) at 0x(?<address>[0-9a-f]+)${OBJECT}`),
  ),
  // arch/s390/mm/fault.c report_user_fault(): names no process, the CPU line does.
  said('report_user_fault', /User process fault: /, re(`interruption code (?<interruption>[0-9a-f]+)(?: ilc:(?<ilc>\\d))?${OBJECT}`)),
  said('s390_failing_address', /[Ff]ailing address: /, /[Ff]ailing address: (?<address>[0-9a-f]+)(?: TEID: (?<teid>[0-9a-f]+))?/),
  said('show_regs_psw', /User PSW : /, /User PSW : [0-9a-f]{16} (?<ip>[0-9a-f]{16})/),
  // arch/mips/mm/fault.c, arch/loongarch/mm/fault.c __do_page_fault().
  said(
    'do_page_fault',
    /sending SIG\w+ to /,
    /sending (?<signalName>SIG\w+) to (?<comm>.{1,15}?)(?:\[(?<pid>\d+)\])? for invalid (?<access>read|write|instruction)[\w ]* (?:from|to)?\s*(?<address>[0-9a-f]+)/,
  ),
  // kernel/signal.c print_fatal_signal(): "comm/pid: " before 3.x, nothing until 6.8, "comm: comm: " since.
  said(
    'print_fatal_signal',
    /potentially unexpected fatal signal /,
    /^(?<comm>[^:/]{1,15}): .*fatal signal (?<signal>\d+)/,
    /^(?<comm>.{1,15})\/(?<pid>\d+): .*fatal signal (?<signal>\d+)/,
    /fatal signal (?<signal>\d+)/,
  ),
];
