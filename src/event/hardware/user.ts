import { FAULTS } from '../../../grammars/hardware/user/fault-lines.ts';
import { USER } from '../../../grammars/hardware/user/lines.ts';
import { signalName } from '../../decode/signal.ts';
import type { Fault } from '../event.ts';
import type { Said, Sayable } from '../facts/said.ts';
import { plain } from './plain.ts';
import { type Meaning, rule } from './rule.ts';

/** What rows of faults can have. */
interface Told {
  readonly comm?: string;
  readonly object?: string;
  readonly signal?: number;
  readonly address?: string;
  readonly ip?: string;
  readonly sp?: string;
  readonly error?: string;
  readonly offset?: string;
  readonly base?: string;
  readonly length?: string;
  readonly access?: string;
  readonly trap?: string;
  readonly what?: string;
}
type SaidTold = { readonly [K in keyof Told]: Said<NonNullable<Told[K]>> };

/** Page-fault error code of x86 (arch/x86/include/asm/trap_pf.h): bit 4 an instruction fetch, bit 1 a write. */
function accessOf({ access, sp, error, address }: SaidTold): Sayable<Fault['access']> {
  if (access !== undefined) return access.map((name) => (name === 'instruction' ? 'execute' : name === 'write' ? 'write' : 'read'));
  if (sp === undefined || error === undefined || address === undefined) return undefined;
  return error.map((code) => {
    const bits = Number.parseInt(code, 16);
    return (bits & 16) !== 0 ? 'execute' : (bits & 2) !== 0 ? 'write' : 'read';
  });
}

function fault(said: SaidTold): { fault?: Sayable<Fault> } {
  const made = { address: said.address, access: accessOf(said), errorCode: said.error, cause: said.trap ?? said.what };
  const told = Object.entries(made).filter(([, value]) => value !== undefined);
  return told.length === 0 ? {} : { fault: Object.fromEntries(told) };
}

/** Where in the object the program was, whatever address it is mapped at: the same on every run. */
function objectOffset({ offset, ip, base, length }: Told): string | undefined {
  if (offset !== undefined) return offset;
  if (ip === undefined || base === undefined || ip === '0x0') return undefined;
  const inside = BigInt(ip) - BigInt(base);
  return inside < 0n || inside > BigInt(length ?? 0) ? undefined : `0x${inside.toString(16)}`;
}

/** `segfault in prog`; a mapping of another file is named: `segfault in prog (libc.so.6)`. */
const dies = (what: (told: Told) => string): Meaning<Told, { readonly objectOffset: string | undefined }> => ({
  derive: { objectOffset },
  title: (told) => {
    const object = told.object === undefined || told.object === told.comm ? '' : ` (${told.object})`;
    return `${what(told)} in ${told.comm ?? 'a process'}${object}`;
  },
  fold: ['comm', 'object', 'objectOffset', 'signal'],
  event: fault,
});

const signal = ({ signal: number }: Told): string => (number === undefined ? undefined : signalName(number)) ?? `signal ${number ?? '?'}`;

export const USER_RULES = [
  rule(
    [FAULTS.show_signal_msg],
    dies(() => 'segfault'),
  ),
  rule(
    [FAULTS.show_signal],
    dies(({ trap }) => (trap?.startsWith('general protection') ? 'general protection fault' : `trap ${plain(trap ?? '')}`)),
  ),
  rule(
    [FAULTS.do_user_cp_fault],
    dies(() => 'control protection fault'),
  ),
  rule(
    [FAULTS.arm64_show_signal],
    dies(({ what }) => `unhandled ${what ?? 'exception'}`),
  ),
  rule(
    [FAULTS.__do_user_fault],
    dies(({ what }) => `unhandled ${what ?? 'exception'}`),
  ),
  rule(
    [USER.arm_do_user_fault],
    dies(({ what }) => `unhandled ${what ?? 'exception'}`),
  ),
  rule(
    [FAULTS.powerpc_show_signal_msg],
    dies((told) => plain(told.what ?? `unhandled ${signal(told)}`)),
  ),
  rule(
    [FAULTS.do_trap],
    dies((told) => `unhandled ${signal(told)}`),
  ),
  rule(
    [FAULTS.report_user_fault, USER.dump_fault_info, USER.show_registers],
    dies(() => 'User process fault'),
  ),
  rule([USER.do_page_fault], {
    ...dies(() => ''),
    title: ({ signalName: name, comm }) => `${name ?? 'SIGSEGV'} in ${comm ?? 'a process'}`,
  }),
  rule(
    [USER.print_fatal_signal],
    dies((told) => `fatal ${signal(told)}`),
  ),
];
