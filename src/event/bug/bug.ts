import type { HeadNode } from '../../../grammars/common/nodes.ts';
import type { Report } from '../../report/report.ts';
import type { Frame, Kind } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather, headOf, readReport } from '../facts/facts.ts';
import { oopsDraft } from '../oops/oops.ts';
import { warnTitle } from './warn-title.ts';

/** WARN, BUG, list, refcount and usercopy checks. */
export function buildBug(report: Report): Draft | undefined {
  const facts = gather(report, readReport(report));
  const list = headOf(facts, '__list_valid');
  if (list) return death(facts, 'list-corruption', { title: 'BUG: corrupted list in {f}', alt: ['bad-access in {f}'] });
  if (headOf(facts, 'usercopy_abort')) return death(facts, 'kernel-bug', { title: 'BUG: bad usercopy in {f}' });
  const bug = headOf(facts, 'report_bug');
  if (bug?.fields.file?.endsWith('lib/list_debug.c'))
    return death(facts, 'list-corruption', { title: 'BUG: corrupted list in {f}', alt: ['bad-access in {f}'] });
  if (bug)
    return death(facts, 'kernel-bug', {
      title: 'kernel BUG in {f}',
      alt: bug.fields.file === undefined ? [] : [`kernel BUG at ${bug.fields.file}:LINE!`],
    });
  const warn = headOf(facts, '__warn');
  if (warn) return buildWarn(facts, warn);
  const notice = headOf(facts, 'warning');
  if (notice) return baseDraft(facts, { kind: 'warning', severity: 'warning', naming: plain(noticeTitle(notice.fields.message ?? '')) });
  const other = headOf(facts, 'other_bug');
  if (other) return baseDraft(facts, { kind: 'kernel-bug', severity: 'error', naming: plain(`BUG: ${other.fields.what ?? ''}`) });
  return facts.heads.length === 0 ? undefined : oopsDraft(facts);
}

const death = (facts: Facts, kind: Kind, naming: Naming): Draft => {
  const frames = facts.at === undefined ? undefined : framesFrom(facts.at, facts);
  return baseDraft(facts, { kind, severity: 'error', naming: { ...naming, frames } });
};

/** arch/x86/kernel/unwind_frame.c unwind_next_frame(): who was unwound, where and with what is of one run. */
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

const framesFrom = (first: Frame, facts: Facts): Frame[] => [first, ...facts.stacks.flatMap((s) => s.frames)];

function buildWarn(facts: Facts, warn: HeadNode): Draft {
  const message = messageOf(facts, warn);
  // __warn() itself names the function; the RIP behind may be an outlined half of it.
  const at = facts.at ?? warn.frame;
  const named = warn.frame ?? facts.at;
  const { kind, title, skip, alt } = warnTitle(warn.fields.file, named?.symbol, message);
  const naming: Naming = {
    title,
    frames: named === undefined ? undefined : framesFrom(named, facts),
    skip,
    alt,
    ...(title.includes('{f}') ? {} : { bare: title }),
  };
  const details: Record<string, string | number> = {};
  if (message !== undefined) details.message = message.slice(0, 400);
  if (warn.fields.file !== undefined) details.file = warn.fields.file;
  if (warn.fields.line !== undefined) details.line = Number(warn.fields.line);
  return baseDraft(facts, {
    kind,
    severity: kind === 'hard-lockup' ? 'error' : 'warning',
    naming,
    extra: { ...(at === undefined ? {} : { at }), ...(Object.keys(details).length === 0 ? {} : { details }) },
  });
}

/** What the WARN says: the line before its head (since 4.x, behind `cut here`) or right after it (before). */
function messageOf(facts: Facts, warn: HeadNode): string | undefined {
  const { lines } = facts.report;
  const refcount = headOf(facts, 'refcount_warn_saturate', 'debug_print_object');
  if (refcount !== undefined) return refcount.fields.text;
  const before = lines[warn.line - 1]?.text;
  if (warn.line > 0 && before !== undefined && !/cut here|^=+$|^\s*$/.test(before)) return before.trim();
  // Before 3.x the hardware's name stood between.
  for (let i = warn.line + 1; i <= warn.line + 2; i++) {
    const after = lines[i]?.text.trim();
    const node = facts.nodes.find((n) => n.line === i);
    if (after !== undefined && after !== '' && node === undefined) return after;
    if (node?.type !== 'text' || node.key !== 'hardware') return undefined;
  }
  return undefined;
}
