import { BAD_PAGE, PAGE } from '../../../grammars/bug/page-lines.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, readReport, said } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** Pages, page tables and counters in a state that cannot be. */
export function buildMemory(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const page = said(facts, BAD_PAGE.bad_page);
  const map = said(facts, BAD_PAGE.print_bad_page_map);
  const counter = said(facts, BAD_PAGE.check_mm);
  const dump = said(facts, PAGE.__dump_folio);
  const what = page?.what ?? map?.what;
  const title = what === undefined ? `BUG: ${counter?.what?.value ?? 'Bad memory state'}` : `BUG: Bad page ${what.value} in {f}`;
  const details = present({
    pfn: page?.pfn,
    reason: said(facts, PAGE.dump_page)?.cause,
    pte: map?.pte,
    pmd: map?.pmd,
    refcount: dump?.refcount,
    mapcount: dump?.mapcount,
    mapping: dump?.mapping,
    index: dump?.index,
    flags: said(facts, PAGE.__dump_folio_flags)?.names?.map((names) => [...names]),
    counter: counter?.counter,
    value: counter?.val,
    entry: said(facts, BAD_PAGE.swap_info_get)?.entry,
  });
  return baseDraft(facts, {
    kind: 'bad-page',
    severity: 'error',
    naming: { title, ...(what === undefined ? { bare: title } : { skip: ['page'], alt: [title.replace(' in {f}', '')] }) },
    extra: { details },
  });
}
