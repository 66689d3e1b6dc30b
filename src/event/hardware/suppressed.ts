import { REQUEST_LINES } from '../../../grammars/hardware/block/request-lines.ts';
import { EXT_LINES } from '../../../grammars/hardware/filesystem/ext4-lines.ts';
import type { Report } from '../../report/report.ts';
import { gather, readReport, said } from '../facts/facts.ts';
import type { Suppressed } from '../fold/folder.ts';

/** What a report of the form `suppressed` says. */
export function suppressedOf(report: Report): Suppressed | undefined {
  const facts = gather(report, readReport(report));
  const told = said(facts, EXT_LINES.ext4_ratelimit) ?? said(facts, REQUEST_LINES.___ratelimit);
  return told?.of === undefined || told.suppressed === undefined
    ? undefined
    : { of: told.of.value, lines: told.suppressed.value, records: told.suppressed.records };
}
