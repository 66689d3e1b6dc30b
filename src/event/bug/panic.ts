import { PANICS, XEN_REASON } from '../../../grammars/bug/panic-lines.ts';
import type { Report } from '../../report/report.ts';
import type { BuildContext } from '../builder.ts';
import type { Kind } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather, lineOf, readReport, said, saidBy } from '../facts/facts.ts';
import { present } from '../facts/said.ts';
import { isKindOf } from '../kinds.ts';
import { stallCulprit } from '../stall/culprit.ts';
import { LOST_HEAD } from '../trace/trace.ts';

/** Reasons of which a title keeps only a part: what varies from machine to machine is dropped. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/\s*exitcode=0x[0-9a-f]+/, ''],
  [/\b0x[0-9a-f]+\b/gi, 'ADDR'],
  [/\b[0-9a-f]{8,16}\b/g, 'ADDR'],
  [/\b\d+\b/g, 'NUM'],
];

/** What panic() says when a report before it was the cause. */
const CONSEQUENCE =
  /Fatal exception|Oops|panic_on_warn|panic_on_oops|hung_task|softlockup|hard LOCKUP|interrupt handler|Machine halted|kill init|kill the idle/i;

/**
 * What panic() says when the machine itself failed: x86 mce_panic() and its rendezvous, ghes, io_check_error() and its like. The function
 * that the CPU was in is not to blame.
 */
const HARDWARE =
  /machine check|hardware (?:memory )?error|^Timeout: Not all CPUs entered broadcast|processor context corrupt|^Failed kernel mode recovery|^NMI\b.*: Not continuing/i;

/** Raised in the interrupt or NMI that found its own CPU stuck: what that came upon is to blame (kernel/watchdog.c; 3.10 prints nothing before). */
const STUCK = /hard LOCKUP|^softlockup: hung tasks/i;

const ONLY_END = 'only the last line of the panic is in the log';

/** A panic that a detector raised prints its own timer or interrupt above the code that hung. */
const SKIP = ['stall', 'sched', 'rcu'] as const;

/** panic(): the machine stops. Behind an oops its line is a consequence and complete without a stack of its own. */
export function buildPanic(report: Report, { previous }: BuildContext): Draft | undefined {
  const onlyEnd = report.form.name === 'end';
  // it stands far behind the panic that it ends: other CPUs went on printing
  if (onlyEnd && previous?.kind === 'panic') return undefined;
  const facts = gather(report, readReport(report));
  if (report.form.name === 'xen') return xenPanic(facts);
  const head = lineOf(facts, PANICS.panic, PANICS.vpanic_end);
  const told = head && saidBy(facts, PANICS.panic, head).reason;
  const reason = told?.value ?? '';
  // Without kallsyms the function is a bare address: the stack names it, behind __stack_chk_fail().
  const frame = /^(?:0x)?[0-9a-f]{8,16}$/.test(head?.frame?.symbol ?? '') ? undefined : head?.frame;
  const { kind, naming: plain } = verdict(reason, head?.frame !== undefined);
  const stuck = STUCK.test(reason) ? stallCulprit(facts, facts.nodes) : undefined;
  const naming = stuck === undefined ? plain : { ...plain, ...stuck, keep: 'all' as const };
  const draft = baseDraft(facts, {
    kind,
    severity: 'fatal',
    naming: frame === undefined ? naming : { ...naming, frames: [frame, ...facts.stacks.flatMap((s) => s.frames)] },
    extra: { details: present({ reason: told?.map(printable) }) },
  });
  if (onlyEnd) return { ...draft, completeness: 'truncated', completenessReason: ONLY_END };
  // A bare panic line within seconds of another report is the consequence of that.
  const first = report.lines[0]?.record.usec;
  const soon =
    first !== undefined && previous?.uptime !== undefined && isKindOf(previous.kind, 'death') && first / 1e6 - previous.uptime < 5;
  const follows = previous !== undefined && (soon || CONSEQUENCE.test(reason));
  if (draft.completeness === 'truncated' && follows && report.lines.length > 0) {
    const { completenessReason, ...rest } = draft;
    // of an oops that lost its head, the panic is the only line that says what it was
    if (previous?.completenessReason === LOST_HEAD) return { ...rest, completeness: 'truncated', completenessReason: LOST_HEAD };
    return { ...rest, completeness: 'complete' };
  }
  return draft;
}

/** The hypervisor died below all kernels: none of them is to blame. */
function xenPanic(facts: Facts): Draft {
  const cpu = said(facts, PANICS.xen_panic)?.cpu;
  const reason = said(facts, XEN_REASON)?.reason;
  const title = `Xen panic: ${reason === undefined ? 'no reason given' : shortened(reason.value)}`;
  return baseDraft(facts, {
    kind: 'panic',
    severity: 'fatal',
    naming: { title, bare: title, frames: [] },
    extra: { details: present({ reason: reason?.map(printable) }), ...(cpu === undefined ? {} : { task: { cpu } }) },
  });
}

/** A reason without what varies. */
function shortened(reason: string): string {
  let text = printable(reason);
  for (const [re, to] of VARIABLE) text = text.replace(re, to);
  return text.replace(/[\s.:]+$/, '').trim();
}
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

function verdict(reason: string, named: boolean): { kind: Kind; naming: Naming } {
  if (/corrupted stack end/i.test(reason))
    return {
      kind: 'stack-overflow',
      naming: { title: 'kernel panic: corrupted stack end in {f}', alt: ['stack-overflow in {f}'], skip: SKIP, overflow: true },
    };
  if (/kernel stack overflow/i.test(reason))
    return {
      kind: 'panic',
      naming: { title: 'kernel panic: kernel stack overflow in {f}', alt: ['stack-overflow in {f}'], skip: SKIP, overflow: true },
    };
  if (named) return { kind: 'panic', naming: { title: 'kernel panic: stack is corrupted in {f}' } };
  const text = shortened(reason.replace(/^kernel: /, ''));
  const title = `kernel panic: ${text === '' ? 'no reason given' : text}`;
  if (HARDWARE.test(reason)) return { kind: 'panic', naming: { title, bare: title, frames: [] } };
  return { kind: 'panic', naming: { title, bare: title, alt: [`kernel panic in {f}`], skip: SKIP } };
}
