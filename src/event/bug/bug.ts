import { CHECK_MESSAGE, CHECKS } from '../../../grammars/bug/check-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Kind } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, framesFrom, gather, readReport, said } from '../facts/facts.ts';
import { present, type SayableDetails } from '../facts/said.ts';
import { dieDetails } from '../oops/die.ts';
import { oopsDraft } from '../oops/oops.ts';
import { buildAssertion } from './assertion.ts';
import { buildComplaint } from './complaint.ts';
import { buildWarn } from './warn.ts';

const LIST: Naming = { title: 'BUG: corrupted list in {f}', alt: ['bad-access in {f}'] };

/** WARN, BUG, list, refcount and usercopy checks. */
export function buildBug(report: Report): Draft | undefined {
  const facts = gather(report, readReport(report));
  const list = said(facts, CHECKS.list_debug);
  if (list) return death(facts, 'list-corruption', LIST, list);
  const copy = said(facts, CHECKS.usercopy_abort);
  if (copy) return death(facts, 'kernel-bug', { title: 'BUG: bad usercopy in {f}' }, { message: copy.message });
  const rust = rustOf(facts);
  if (rust) return rustPanic(facts, rust);
  const bug = said(facts, CHECKS.report_bug);
  if (bug?.file?.value.endsWith('lib/list_debug.c')) return death(facts, 'list-corruption', LIST, {});
  if (bug) {
    const alt = bug.file === undefined ? [] : [`kernel BUG at ${bug.file.value}:LINE!`];
    return death(
      facts,
      'kernel-bug',
      { title: 'kernel BUG in {f}', alt },
      { message: said(facts, CHECKS.fortify_panic)?.message, file: bug.file, line: bug.line },
    );
  }
  const assertion = buildAssertion(facts);
  if (assertion) return assertion;
  const warn = buildWarn(facts);
  if (warn) return warn;
  const complaint = buildComplaint(facts);
  if (complaint) return complaint;
  const notice = said(facts, CHECKS.warning)?.message;
  if (notice) return baseDraft(facts, { kind: 'warning', severity: 'warning', naming: plain(noticeTitle(notice.value)) });
  const other = said(facts, CHECKS.other_bug)?.what;
  if (other) return baseDraft(facts, { kind: 'kernel-bug', severity: 'error', naming: plain(`BUG: ${other.value}`) });
  return facts.heads.length === 0 ? undefined : oopsDraft(facts);
}

/** Rust code found a mistake of its own: the BUG behind is how it stops. */
function rustPanic(facts: Facts, { message, file, line }: NonNullable<ReturnType<typeof rustOf>>): Draft {
  const what = message ?? said(facts, CHECK_MESSAGE)?.message;
  const name = what?.value
    .replace(/\b(?:0x[0-9a-f]+|\d+)\b/g, 'NUM')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, TITLE_LIMIT);
  const title = name === undefined ? 'Rust panic in {f}' : `${name} in {f}`;
  return death(facts, 'kernel-bug', { title, alt: ['kernel BUG in {f}'] }, { message: what, file, line });
}
const rustOf = (facts: Facts) => said(facts, CHECKS.rust_panic);
const TITLE_LIMIT = 120;

function death(facts: Facts, kind: Kind, naming: Naming, own: Partial<SayableDetails>): Draft {
  const frames = facts.at === undefined ? undefined : framesFrom(facts.at, facts);
  const extra = { details: present({ ...own, ...dieDetails(facts) }) };
  return baseDraft(facts, { kind, severity: 'error', naming: { ...naming, frames }, extra });
}

/** arch/x86/kernel/unwind_frame.c unwind_next_frame(): the task, the address and the value differ from run to run. */
const noticeTitle = (message: string): string => {
  const unwinder = /^(kernel stack (?:regs|frame pointer)) at /.exec(message)?.[1];
  return unwinder === undefined ? `WARNING: ${message}` : `WARNING: ${unwinder} has bad value`;
};

/** Numbers and addresses of a message are particular to one run. */
const plain = (text: string): Naming => {
  const title = text
    .replace(/\b(?:0x)?[0-9a-f]{8,16}\b/g, 'ADDR')
    .replace(/\b\d+\b/g, 'NUM')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, 120);
  return { title, bare: title };
};
