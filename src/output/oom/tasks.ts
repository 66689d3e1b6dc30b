import type { Event, OomTask } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';
import { printable } from '../text/printable.ts';
import { type Column, count, NO_TABLE, sumText, type TableLines, tableLines } from './table.ts';

/** How many tasks the table shows; the JSON has all. */
const TOP = 12;

const COLUMNS: readonly Column[] = [
  { head: '#', align: 'right' },
  { head: 'TASK' },
  ...['PID', 'UID', 'RSS kB', 'SWAP kB', 'PGTABLES kB', 'ADJ', 'BADNESS'].map((head) => ({ head, align: 'right' as const })),
];

/** kB of page tables: bytes since 4.15, pages before. */
function pgtablesKb(task: OomTask, pageKb: number): number | undefined {
  if (task.pgtablesBytes !== undefined) return task.pgtablesBytes / 1024;
  return typeof task.nrPtesPages === 'number' ? task.nrPtesPages * pageKb : undefined;
}

/** The tasks with the most badness, the victims marked, and the sums over all that the kernel listed. */
export function taskLines(event: Event): TableLines {
  const { oom } = event;
  const tasks = oom?.tasks ?? [];
  if (oom === undefined || tasks.length === 0) return NO_TABLE;
  const pageKb = oom.pageSizeKb ?? 4;
  const byPid = new Map(tasks.map((task, i) => [task.pid, { task, seq: recordsOf(event, `oom.tasks.${i}`)[0] }]));
  const ranked = oom.victimChoice?.badness ?? [];
  const victims = new Set((oom.victims ?? []).map((victim) => victim.pid));
  const order = ranked.length > 0 ? ranked : [...tasks].sort((a, b) => (b.rssPages ?? 0) - (a.rssPages ?? 0)).map(({ pid }) => ({ pid }));
  const shown = order.slice(0, TOP).concat(
    order
      .slice(TOP)
      .filter(({ pid }) => victims.has(pid))
      .slice(0, TOP),
  );
  const kb = (pages: number | undefined): number | undefined => (pages === undefined ? undefined : pages * pageKb);
  const rows = shown.flatMap((place) => {
    const found = byPid.get(place.pid);
    if (!found) return [];
    const { task, seq } = found;
    const badness =
      'unkillable' in place && place.unkillable
        ? 'never'
        : count('points' in place && typeof place.points === 'number' ? place.points : undefined);
    const numbers = [task.uid, kb(task.rssPages), kb(task.swapentsPages), pgtablesKb(task, pageKb)].map(count);
    const cells = [
      'rank' in place && place.rank !== undefined ? `${place.rank}` : '',
      `${victims.has(task.pid) ? '* ' : '  '}${printable(task.name)}`,
      `${task.pid}`,
      ...numbers,
      `${task.oomScoreAdj ?? '-'}`,
      badness,
    ];
    return [{ cells, seq }];
  });
  const total = [
    '',
    `  ${tasks.length} task${tasks.length === 1 ? '' : 's'}${tasks.length > rows.length ? `, ${tasks.length - rows.length} not shown` : ''}`,
    '',
    '',
    sumText(tasks.map((task) => kb(task.rssPages))),
    sumText(tasks.map((task) => kb(task.swapentsPages))),
    sumText(tasks.map((task) => pgtablesKb(task, pageKb))),
    '',
    '',
  ];
  const { lines, each } = tableLines(
    COLUMNS,
    rows.map(({ cells }) => cells),
    rows.map(({ seq }) => seq),
    total,
  );
  return { lines: [...lines, ...(victims.size > 0 ? ['* killed'] : [])], each };
}

/** The tasks that held the most memory, greatest first, and those that were killed. */
export function biggestTasks({ oom }: Event): { name: string; pid: number; kb: number; killed: boolean }[] {
  const pageKb = oom?.pageSizeKb ?? 4;
  const victims = new Set((oom?.victims ?? []).map(({ pid }) => pid));
  const sorted = (oom?.tasks ?? [])
    .map(({ name, pid, rssPages = 0 }) => ({ name, pid, kb: rssPages * pageKb, killed: victims.has(pid) }))
    .filter(({ kb }) => kb > 0)
    .sort((a, b) => b.kb - a.kb);
  return [
    ...sorted.slice(0, BIGGEST),
    ...sorted
      .slice(BIGGEST)
      .filter(({ killed }) => killed)
      .slice(0, BIGGEST),
  ];
}

const BIGGEST = 8;
