import { KASAN } from '../../../grammars/bug/kasan-lines.ts';
import { SANITIZERS } from '../../../grammars/bug/sanitizer-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Completeness } from '../event.ts';
import { type Facts, lineOf } from './facts.ts';
import { leftOutOf } from './tables.ts';

const ENDED: Readonly<Partial<Record<Report['ending'], string>>> = {
  'end-of-log': 'the log ends within the report',
  'new-boot': 'another boot begins within the report',
  'next-report': 'another report begins within this one',
  'too-long': 'the report is longer than is read',
  'crowded-out': 'too many reports at once',
  silence: 'the rest of the report is missing',
  closed: 'the report has no stack',
};

/** The kernel itself says when it kept no stack. */
const keptNone = (facts: Facts): boolean => lineOf(facts, KASAN.print_track_none, SANITIZERS.kfence_print_stack_none) !== undefined;

/** Rows that name the function that was caught: it stands in the trace that follows. */
const NAMING = [KASAN.print_error_description, SANITIZERS.kfence_report_error];

/** The function that the head names and the trace lacks: the frames were lost, or are another report's. */
function lostFunction({ heads, stacks }: Facts): string | undefined {
  const named = heads.find(({ row, frame }) => frame?.offset !== undefined && NAMING.some((naming) => naming === row))?.frame;
  if (named === undefined) return undefined;
  const { trace } = stacks.find((s) => s.frames.length > 0) ?? {};
  const held = stacks.some((s) => s.trace === trace && s.frames.some(({ symbol }) => symbol === named.symbol));
  return held ? undefined : named.symbol;
}

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
    if (empty !== undefined && !keptNone(facts)) return { completeness: 'truncated', reason: `no frame behind '${empty.label}': ${why}` };
    const lost = lostFunction(facts);
    if (lost !== undefined) return { completeness: 'truncated', reason: `${lost} is not in the trace: ${why}` };
  }
  if (report.ending === 'too-long') return { completeness: 'truncated', reason: why };
  const leftOut = leftOutOf(facts);
  return leftOut === undefined ? { completeness: 'complete' } : { completeness: 'truncated', reason: leftOut };
}
