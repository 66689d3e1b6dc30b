import type { Report } from '../../report/report.ts';
import type { Completeness } from '../event.ts';
import type { Facts } from './facts.ts';

const ENDED: Readonly<Record<string, string>> = {
  'end-of-log': 'the log ends within the report',
  'new-boot': 'another boot begins within the report',
  'next-report': 'another report begins within this one',
  'too-long': 'the report is longer than is read',
  'crowded-out': 'too many reports at once',
  silence: 'the rest of the report is missing',
  closed: 'the report has no stack',
};

/** The kernel itself says when it kept no stack: mm/kasan print_track(), mm/kfence kfence_print_stack(). */
const keptNone = (report: Report): boolean => report.lines.some((l) => /stack is not available|no (?:de)?allocation stack/.test(l.text));

/** Whether a report has what its head promises, and why not (contract "completeness"). */
export function completenessOf(facts: Facts): { completeness: Completeness; reason?: string | undefined } {
  const { report } = facts;
  if (report.mixed)
    return { completeness: 'interleaved', reason: 'lines of two reports print in one context and cannot all be told apart' };
  const why = ENDED[report.ending] ?? 'the report is cut';
  if (report.form.needs !== 'nothing') {
    if (!facts.stacks.some((s) => s.frames.length > 0)) {
      return { completeness: 'truncated', reason: report.dropped ? 'no stack: printk dropped messages' : `no stack: ${why}` };
    }
    const empty = facts.stacks.find((s) => s.titled && s.frames.length === 0 && !s.label.startsWith('Last Breaking'));
    if (empty !== undefined && !keptNone(report)) return { completeness: 'truncated', reason: `no frame behind '${empty.label}': ${why}` };
  }
  if (report.ending === 'too-long') return { completeness: 'truncated', reason: why };
  return { completeness: 'complete' };
}
