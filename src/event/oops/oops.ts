import { PANICS } from '../../../grammars/bug/panic-lines.ts';
import { ARM } from '../../../grammars/oops/arm-lines.ts';
import { DIES } from '../../../grammars/oops/die-lines.ts';
import { OTHERS } from '../../../grammars/oops/other-lines.ts';
import { POWERPC } from '../../../grammars/oops/powerpc-lines.ts';
import { X86 } from '../../../grammars/oops/x86-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Frame, Kind } from '../event.ts';
import { isNullish } from '../facts/arch.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, framesFrom, gather, lineOf, placeOf, readReport, said } from '../facts/facts.ts';
import { type Die, dieDetails, dieOf } from './die.ts';
import { faultOf } from './fault.ts';

const BAD_ACCESS = ['bad-access in {f}'];
const OVERFLOW = ['stack-overflow in {f}'];
/** Lines that say that a stack ran out; the trace is of another stack, perhaps of the panic that follows. */
const STACK_LINES = [ARM.panic_bad_stack, OTHERS.kernel_stack_overflow, OTHERS.kernel_stack_invalid, DIES.handle_stack_overflow_die];

/** A fault or trap in kernel code. */
export function buildOops(report: Report): Draft | undefined {
  return oopsDraft(gather(report, readReport(report)));
}

/** The same from facts that another family gathered (an arm `cut here` before `Internal error: Oops - BUG`). */
export function oopsDraft(facts: Facts): Draft {
  const fault = faultOf(facts);
  const named = verdict(facts, fault?.address?.value);
  const astray = fault?.access?.value === 'execute' || (facts.at !== undefined && facts.at.symbol === undefined);
  const naming = astray ? { ...named.naming, frames: callersOf(facts) } : named.naming;
  // The panic that reports an overflow is part of the report: the machine stopped.
  const stopped = lineOf(facts, PANICS.panic) !== undefined;
  return baseDraft(facts, {
    kind: named.kind,
    severity: stopped ? 'fatal' : named.kind === 'warning' ? 'warning' : 'error',
    naming,
    extra: { ...(fault && { fault }), ...placeOf(facts, lineOf(facts, OTHERS.kernel_unaligned_trap)), details: dieDetails(facts) },
  });
}

/**
 * Where a jump went astray, the program counter is its target: the guilty frame is among the callers. The first of them is where the link
 * register points to; arm's stack begins behind it.
 */
function callersOf(facts: Facts): Frame[] {
  const frames = facts.stacks.filter((s) => s.trace === facts.stacks[0]?.trace).flatMap((s) => s.frames);
  const { at } = facts;
  const callers = frames.filter((f, i) => i > 0 || at === undefined || f.symbol !== at.symbol || f.offset !== at.offset);
  const link = linkOf(facts);
  if (link === undefined) return callers;
  const [first] = callers;
  if (first?.symbol !== link.symbol) return [link, ...callers];
  // powerpc prints the link register's frame once more, as one that it does not trust
  return first?.reliable === false ? [link, ...callers.slice(1)] : callers;
}

const LINKS: ReadonlySet<string> = new Set(['LR', 'lr', 'ra']);
function linkOf({ nodes }: Facts): Frame | undefined {
  for (const node of nodes) {
    if (node.type === 'frame') return undefined;
    if (node.type === 'pointer' && LINKS.has(node.register) && node.frame?.symbol !== undefined) return node.frame;
  }
  return undefined;
}

interface Named {
  readonly kind: Kind;
  readonly naming: Naming;
}

function verdict(facts: Facts, address: string | undefined): Named {
  const guard = lineOf(facts, X86.handle_stack_overflow);
  if (guard) return named('stack-overflow', 'BUG: stack guard page was hit in {f}', OVERFLOW);
  const stack = lineOf(facts, ...STACK_LINES);
  if (stack) return named('stack-overflow', 'kernel stack overflow in {f}', OVERFLOW);
  const fault = touched(facts);
  if (fault) return pageFault(fault, address);
  if (lineOf(facts, ARM.do_DataAbort)) return named('paging-fault', 'Unhandled fault in {f}', BAD_ACCESS);
  if (lineOf(facts, X86.exc_double_fault)) return named('double-fault', 'PANIC: double fault in {f}', ['double fault in {f}']);
  const early = said(facts, X86.early_fixup_exception);
  if (early) return named(EARLY.get(early.trap?.value ?? '') ?? 'trap', 'PANIC: early exception in {f}');
  if (onlyUnaligned(facts)) return named('warning', 'Kernel unaligned access in {f}');
  // the line names the function that was jumped to, the trace who jumped
  const target = lineOf(facts, X86.exc_control_protection);
  if (target) {
    const { kind, naming } = named('trap', 'control protection fault in {f}');
    return {
      kind,
      naming: target.frame?.symbol === undefined ? naming : { ...naming, frames: framesFrom(target.frame, facts) },
    };
  }
  // an indirect call to a function of another type: x86 goes on to an invalid opcode, arm64 to a BRK of its own
  if (lineOf(facts, DIES.report_cfi_failure))
    return named('trap', 'CFI failure in {f}', ['Internal error in {f}', 'invalid opcode in {f}']);
  return trap(ownTrap(facts), dieOf(facts), facts);
}

/** sparc mends the access and goes on. */
const onlyUnaligned = (facts: Facts): boolean => facts.report.form.name === 'unaligned' && dieOf(facts) === undefined;

/** Vectors of x86: early in boot no handler is there yet to name an exception. */
const EARLY: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    '0x0': 'divide-error',
    '0x6': 'invalid-opcode',
    '0x8': 'double-fault',
    '0xd': 'general-protection',
    '0xe': 'paging-fault',
  }),
);

interface Touched {
  readonly what: string;
  /** The line itself calls it a NULL pointer. */
  readonly isNull: boolean;
}

/** What the first line of a page fault says was touched. */
function touched(facts: Facts): Touched | undefined {
  const node = lineOf(facts, ...FAULT_LINES) ?? lineOf(facts, POWERPC.bad_kernel_fault);
  if (node === undefined) return undefined;
  const what = `${node.values.what ?? said(facts, X86.show_fault_oops_rest)?.what?.value ?? ''}`;
  return { what, isNull: /NULL pointer/i.test(what) || node.values.nullPointer !== undefined };
}
const FAULT_LINES = [
  X86.show_fault_oops,
  X86.do_page_fault,
  ARM.die_kernel_fault,
  OTHERS.handle_fault_error_nolock,
  OTHERS.do_page_fault_mips,
  POWERPC.bad_page_fault,
];

/** The trap that a line before die()'s names, if any. */
const ownTrap = (facts: Facts): string | undefined => {
  const { trap } =
    lineOf(facts, ARM.bad_mode, ARM.brk_handler, POWERPC.unrecoverable_exception, POWERPC.bad_stack, OTHERS.parisc_terminate)?.values ?? {};
  return trap === undefined ? undefined : `${trap}`;
};

const named = (kind: Kind, title: string, alt?: readonly string[], bare?: string): Named => ({
  kind,
  naming: { title, alt, bare, overflow: kind === 'stack-overflow' },
});

/** Names of page faults as syzbot has them, whatever the architecture's wording. */
function pageFault({ what, isNull: said }: Touched, address: string | undefined): Named {
  const isNull = said || (/pointer dereference|instruction fetch|access/.test(what) && isNullish(address));
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
  [/\bCFI\b/, 'trap', 'CFI failure in {f}'],
  [/Bad pagetable/, 'paging-fault', 'bad page table in {f}'],
  [/access of bad area|addressing exception/i, 'paging-fault', 'BUG: unable to handle kernel paging request in {f}'],
];

function trap(own: string | undefined, die: Die | undefined, facts: Facts): Named {
  const name = own ?? die?.trap?.value ?? '';
  // powerpc _exception(): SIGILL is an illegal instruction, SIGTRAP a trap instruction (BUG has a head of its own).
  if (name.startsWith('Exception in kernel mode')) {
    return die?.signal?.value === 4
      ? named('invalid-opcode', 'invalid opcode in {f}')
      : named('trap', 'Oops: Exception in kernel mode in {f}');
  }
  // arm and arm64 say "Internal error: " before the trap's name.
  const internal = die?.row === DIES.die_arm ? ['Internal error in {f}'] : [];
  for (const [re, kind, title] of TRAPS) {
    if (!re.test(name)) continue;
    const alt = kind === 'general-protection' || kind === 'paging-fault' ? BAD_ACCESS : kind === 'stack-overflow' ? OVERFLOW : [];
    return named(kind, title, [...alt, ...internal]);
  }
  if (name === 'Oops') {
    const paged = facts.registers?.CR2 !== undefined || die?.error !== undefined;
    return named(paged ? 'paging-fault' : 'trap', paged ? 'BUG: unable to handle kernel paging request in {f}' : 'Oops in {f}', BAD_ACCESS);
  }
  const label = name === '' ? 'Oops' : name.replace(/^Oops - /, '');
  return named('trap', `${label} in {f}`, ['Internal error in {f}']);
}
