import { address } from '../../../grammars/common/numbers.ts';
import { signalName } from '../../decode/signal.ts';
import type { Fault, Task } from '../event.ts';
import { type Fields, plain, type Rules } from './old-rule.ts';

function task(f: Fields): Task | undefined {
  const made: Task = {};
  if (f.pid !== undefined) made.pid = Number(f.pid);
  if (f.comm !== undefined) made.comm = f.comm;
  if (f.cpu !== undefined) made.cpu = Number(f.cpu);
  return Object.keys(made).length === 0 ? undefined : made;
}

/** Page-fault error code of x86 (arch/x86/include/asm/trap_pf.h): bit 4 an instruction fetch, bit 1 a write. */
function accessOf(f: Fields): Fault['access'] {
  if (f.access === 'read' || f.access === 'write') return f.access;
  if (f.access === 'instruction') return 'execute';
  if (f.sp === undefined || f.error === undefined || f.address === undefined) return undefined;
  const code = Number.parseInt(f.error, 16);
  return (code & 16) !== 0 ? 'execute' : (code & 2) !== 0 ? 'write' : 'read';
}

function fault(f: Fields): Fault | undefined {
  const made: Fault = {};
  if (f.address !== undefined) made.address = f.address === 'null' ? '0x0' : address(f.address);
  const access = accessOf(f);
  if (access !== undefined) made.access = access;
  if (f.error !== undefined) made.errorCode = address(f.error);
  const cause = f.trap ?? f.gpf ?? f.what;
  if (cause !== undefined) made.cause = cause;
  return Object.keys(made).length === 0 ? undefined : made;
}

/** Where in the object the program was, whatever address it is mapped at: the same on every run. */
function where(f: Fields): Record<string, string> {
  if (f.offset !== undefined) return { objectOffset: address(f.offset) };
  if (f.ip === undefined || f.base === undefined || f.ip === 'null') return {};
  const offset = BigInt(address(f.ip)) - BigInt(address(f.base));
  return offset < 0n || offset > BigInt(address(f.length ?? '0')) ? {} : { objectOffset: `0x${offset.toString(16)}` };
}

/** `segfault in prog`; the mapping is named where it is another one: `segfault in prog (libc.so.6)`. */
const title = (what: (f: Fields) => string) => (f: Fields) => {
  const object = f.object === undefined || f.object === f.comm ? '' : ` (${f.object.replace(/[^\x20-\x7e]/g, '?')})`;
  return `${what(f)} in ${(f.comm ?? 'a process').replace(/[^\x20-\x7e]/g, '?')}${object}`;
};

const rule = (what: (f: Fields) => string) => ({
  kind: 'user-fault' as const,
  severity: 'error' as const,
  title: title(what),
  fold: ['comm', 'object', 'objectOffset', 'signal'],
  derive: where,
  event: (f: Fields) => {
    const who = task(f);
    const how = fault(f);
    return { ...(who === undefined ? {} : { task: who }), ...(how === undefined ? {} : { fault: how }) };
  },
});

const signal = (f: Fields): string => signalName(Number(f.signal)) ?? `signal ${f.signal ?? '?'}`;

export const USER_RULES: Rules = {
  show_signal_msg: rule(() => 'segfault'),
  show_signal: rule((f) => (f.gpf === undefined ? `trap ${plain(f.trap ?? '')}` : 'general protection fault')),
  arm64_show_signal: rule((f) => `unhandled ${(f.what ?? 'exception').replace(/[^\x20-\x7e]/g, '?')}`),
  powerpc_show_signal_msg: rule((f) => plain(f.what ?? `unhandled ${signal(f)}`)),
  do_trap: rule((f) => `unhandled ${signal(f)}`),
  report_user_fault: rule(() => 'User process fault'),
  do_page_fault: rule((f) => f.signalName ?? 'SIGSEGV'),
  print_fatal_signal: rule((f) => `fatal ${signal(f)}`),
};
