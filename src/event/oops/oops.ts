import type { Report } from '../../report/report.ts';
import type { Frame, Kind } from '../event.ts';
import { isNullish } from '../facts/arch.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather, headOf, readReport } from '../facts/facts.ts';
import { faultOf } from '../facts/fault.ts';

const BAD_ACCESS = ['bad-access in {f}'];
const OVERFLOW = ['stack-overflow in {f}'];

/** A fault or trap in kernel code. */
export function buildOops(report: Report): Draft | undefined {
  return oopsDraft(gather(report, readReport(report)));
}

/** The same from facts that another grammar gathered (an arm `cut here` before `Internal error: Oops - BUG`). */
export function oopsDraft(facts: Facts): Draft {
  const fault = faultOf(facts);
  const named = verdict(facts, fault?.address);
  const { kind } = named;
  const naming = fault?.access === 'execute' ? { ...named.naming, frames: callersOf(facts) } : named.naming;
  // The panic that tells of an overflow is part of the report: the machine stopped.
  const stopped = headOf(facts, 'panic') !== undefined || facts.report.lines.some((l) => l.text.startsWith('Kernel panic - not syncing'));
  return baseDraft(facts, { kind, severity: stopped ? 'fatal' : 'error', naming, extra: fault === undefined ? {} : { fault } });
}

/** Where a jump went astray, the program counter is its target: the guilty frame is among the callers. */
function callersOf(facts: Facts): Frame[] {
  const frames = facts.stacks.filter((s) => s.trace === facts.stacks[0]?.trace).flatMap((s) => s.frames);
  const { at } = facts;
  return frames.filter((f, i) => i > 0 || at === undefined || f.symbol !== at.symbol || f.offset !== at.offset);
}

interface Named {
  readonly kind: Kind;
  readonly naming: Naming;
}

function verdict(facts: Facts, address: string | undefined): Named {
  const overflow = headOf(facts, 'handle_stack_overflow');
  if (overflow) return named('stack-overflow', 'BUG: stack guard page was hit in {f}', OVERFLOW);
  const stack = headOf(facts, 'handle_bad_stack');
  if (stack) return named('stack-overflow', 'kernel stack overflow in {f}', OVERFLOW);
  const fault = headOf(facts, 'show_fault_oops', 'die_kernel_fault', 'bad_page_fault') ?? headOf(facts, 'bad_kernel_fault');
  if (fault) return pageFault(fault.fields.what ?? '', fault.fields.text ?? '', address);
  if (headOf(facts, 'do_DataAbort')) return named('paging-fault', 'Unhandled fault in {f}', BAD_ACCESS);
  const df = headOf(facts, 'df_debug');
  if (df) return named('double-fault', 'PANIC: double fault in {f}', ['double fault in {f}']);
  const die = headOf(facts, '__die_header', '__die_arm', 'die_s390', 'die_mips', 'exc_control_protection');
  return trap((die?.fields.trap ?? die?.fields.text ?? '').trim(), die?.fields, facts);
}

const named = (kind: Kind, title: string, alt?: readonly string[], bare?: string): Named => ({
  kind,
  naming: { title, alt, bare, overflow: kind === 'stack-overflow' },
});

/** Names of page faults as syzbot has them, whatever the architecture's wording. */
function pageFault(what: string, text: string, address: string | undefined): Named {
  const isNull = /NULL pointer/i.test(text) || (/pointer dereference|instruction fetch|access/.test(what) && isNullish(address));
  // mips and loongarch say "paging request" whatever the address.
  if (!isNull && what === 'paging request' && isNullish(address)) {
    return named('null-dereference', 'BUG: unable to handle kernel NULL pointer dereference in {f}', [
      ...BAD_ACCESS,
      'BUG: unable to handle kernel paging request in {f}',
    ]);
  }
  if (isNull) {
    const alt = /NULL/.test(what) ? BAD_ACCESS : [...BAD_ACCESS, `BUG: unable to handle kernel ${what} in {f}`];
    return named('null-dereference', 'BUG: unable to handle kernel NULL pointer dereference in {f}', alt);
  }
  if (what === '') return named('paging-fault', 'BUG: unable to handle kernel', []);
  if (/^(?:paging request|page fault|pointer dereference.*|data access|instruction fetch)/.test(what)) {
    return named('paging-fault', 'BUG: unable to handle kernel paging request in {f}', BAD_ACCESS);
  }
  return named('paging-fault', `BUG: unable to handle kernel ${what.replace(/ (?:outside|without|with|from) .*routines.*$/, '')} in {f}`, [
    ...BAD_ACCESS,
    'BUG: unable to handle kernel paging request in {f}',
  ]);
}

/** The names that die() prints, with the kind and title of each. First match wins. */
const TRAPS: readonly (readonly [RegExp, Kind, string])[] = [
  [/general protection/i, 'general-protection', 'general protection fault in {f}'],
  [/divide.error|fixpoint divide/i, 'divide-error', 'divide error in {f}'],
  [/stack segment/i, 'trap', 'stack segment fault in {f}'],
  [/double[ -]fault/i, 'double-fault', 'double fault in {f}'],
  [/stack guard page|stack overflow/i, 'stack-overflow', 'kernel stack overflow in {f}'],
  [/Oops - BUG|Kernel bug/i, 'kernel-bug', 'kernel BUG in {f}'],
  [
    /invalid opcode|undefined instruction|illegal (?:operation|instruction)|Reserved instruction/i,
    'invalid-opcode',
    'invalid opcode in {f}',
  ],
  [/bad mode|Bad mode/i, 'trap', 'bad mode in {f}'],
  [/BRK|int3|breakpoint|Break instruction|monitor event/i, 'trap', 'breakpoint in {f}'],
  [/synchronous external abort/i, 'trap', 'synchronous external abort in {f}'],
  [/alignment/i, 'trap', 'alignment fault in {f}'],
  [/access of bad area|addressing exception/i, 'paging-fault', 'BUG: unable to handle kernel paging request in {f}'],
];

function trap(name: string, fields: Readonly<Record<string, string>> | undefined, facts: Facts): Named {
  const cause = fields?.cause ?? '';
  const text = `${name} ${cause}`;
  // powerpc _exception(): SIGILL is an illegal instruction, SIGTRAP a trap instruction (BUG has a head of its own).
  if (/^Exception in kernel mode/.test(cause)) {
    return fields?.signal === '4'
      ? named('invalid-opcode', 'invalid opcode in {f}')
      : named('trap', 'Oops: Exception in kernel mode in {f}');
  }
  // arm and arm64 say "Internal error: " before the trap's name.
  const internal = fields?.text?.startsWith('Internal error') ? ['Internal error in {f}'] : [];
  for (const [re, kind, title] of TRAPS) {
    if (!re.test(text)) continue;
    const alt = kind === 'general-protection' || kind === 'paging-fault' ? BAD_ACCESS : kind === 'stack-overflow' ? OVERFLOW : [];
    return named(kind, title, [...alt, ...internal]);
  }
  if (/^Oops$/.test(name)) {
    const mode = facts.registers?.CR2 !== undefined || fields?.error !== undefined;
    return named(mode ? 'paging-fault' : 'trap', mode ? 'BUG: unable to handle kernel paging request in {f}' : 'Oops in {f}', BAD_ACCESS);
  }
  const label = name === '' ? 'Oops' : name.replace(/^Oops - /, '');
  return named('trap', `${label} in {f}`, ['Internal error in {f}']);
}
