import type { Event, Oom, OomBadness } from '../../event/event.ts';
import { cells } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOfItem } from '../event/record-of.ts';
import type { EventContext, TabRow } from '../event/tab.ts';
import { verdictOf } from '../event/verdict.ts';
import { count } from '../line/numbers.ts';
import { adjEffect, arithmetic } from './arithmetic.ts';
import { LABEL, labelled, recordsTail } from './labelled.ts';
import { pgtablesPages, type TaskNumbers } from './task-numbers.ts';

/** Whose badness is worked out: the one killed, else the one at the top; its parts are kept for those only. */
function judged({ victimChoice, victims }: Oom): OomBadness | undefined {
  const detailed = (victimChoice?.badness ?? []).filter(({ rssPages }) => rssPages !== undefined);
  return detailed.find(({ pid }) => pid === victims?.[0]?.pid) ?? detailed[0];
}

/** Why this task: the kernel's arithmetic, and whether it explains the choice. */
function choiceRows({ event, width }: EventContext, numbers: TaskNumbers | undefined): TabRow[] {
  const { oom } = event;
  const choice = oom?.victimChoice;
  if (oom === undefined || choice === undefined || numbers === undefined) return [];
  const entry = judged(oom);
  const at = numbers.tasks.findIndex(({ pid }) => pid === entry?.pid);
  const task = numbers.tasks[at];
  const reason = choice.reason === undefined ? [] : labelled('', choice.reason, width, { role: 'guess' });
  if (entry === undefined || task === undefined) return reason.length > 0 ? [head(reason[0]!, 'Why'), ...reason.slice(1)] : [];
  const name = printable(task.name);
  const short = cells(name) <= LABEL - 4;
  const { unkillable } = numbers;
  const rank = entry.rank === 1 ? 'highest' : `number ${entry.rank ?? '?'}`;
  const killable = unkillable === 0 ? 'no task is unkillable' : `${count(unkillable)} unkillable`;
  const adj = adjEffect(
    numbers,
    task.pid,
    (other) => (other.rssPages ?? 0) + (other.swapentsPages ?? 0) + pgtablesPages(other, oom.pageSizeKb ?? 4),
  );
  const role = choice.inferred ? 'guess' : undefined;
  return [
    ...labelled(
      short ? `Why ${name}` : 'Why',
      `${short ? '' : `${name}: `}badness = ${arithmetic(entry, task, numbers, choice.limitPages)}`,
      width,
      { role, seq: recordOfItem(event, 'oom.tasks', at) },
    ),
    ...labelled('', `${rank} of ${count(numbers.tasks.length)}; ${killable}${adj === undefined ? '' : `; ${adj}`}`, width),
    ...reason,
  ];
}

/** The row with another label. */
const head = (row: TabRow, label: string): TabRow => ({
  ...row,
  line: [' ', { text: label.padEnd(LABEL), role: 'label' }, ...row.line.slice(2)],
});

/** The verdict where the head of the screen had to cut it, then the choice of the victim. */
export function whyRows(context: EventContext, numbers: TaskNumbers | undefined): TabRow[] {
  const { width } = context;
  const verdict = printable(verdictOf(context));
  const whole = cells(verdict) > width - 2 ? labelled('Verdict', verdict, width, { role: 'guess' }) : [];
  return [...whole, ...choiceRows(context, numbers)];
}

/** What to try, what the report lacks, what cannot be. */
export function adviceRows({ oom, completeness, completenessReason }: Event, width: number): TabRow[] {
  const all = (label: string, texts: readonly string[], role?: 'guess'): TabRow[] =>
    texts.flatMap((text, i) => labelled(i === 0 ? label : '', text, width, role === undefined ? {} : { role }));
  const lost = oom?.missing ?? [];
  return [
    ...all('Try', oom?.cause?.tryNext ?? []),
    ...all(
      'Missing',
      completeness === 'complete' && lost.length === 0 ? [] : lost.length > 0 ? [lost.join(', ')] : [completenessReason ?? completeness],
    ),
    ...all('Doubts', oom?.doubts ?? []),
  ];
}

/** Each claim with the records it rests on. */
export const evidenceRows = ({ oom }: Event, width: number): TabRow[] =>
  (oom?.cause?.evidence ?? []).flatMap(({ text, records, inferred }, i) =>
    labelled(i === 0 ? 'Evidence' : '', text, width, {
      role: inferred ? 'guess' : undefined,
      tail: recordsTail(records),
      seq: records?.[0],
    }),
  );
