import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, headOf, readReport } from '../facts/facts.ts';

/** Pages, page tables and counters in a state that cannot be. */
export function buildMemory(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const page = headOf(facts, 'bad_page');
  const cause = headOf(facts, 'bad_page_reason')?.fields.cause;
  const counter = headOf(facts, 'check_mm')?.fields.what;
  const details: Record<string, string> = {};
  if (page?.fields.pfn !== undefined) details.pfn = `0x${page.fields.pfn}`;
  if (cause !== undefined) details.reason = cause.trim();
  const title = page
    ? `BUG: Bad page ${page.fields.what ?? 'state'} in {f}`
    : `BUG: ${counter === undefined ? 'Bad memory state' : counter}`;
  return baseDraft(facts, {
    kind: 'bad-page',
    severity: 'error',
    naming: { title, ...(page ? { skip: ['page'], alt: [title.replace(' in {f}', '')] } : { bare: title }) },
    extra: Object.keys(details).length === 0 ? {} : { details },
  });
}
