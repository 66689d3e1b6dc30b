import type { Event } from '../../event/event.ts';
import { recordOfItem } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { headRow, tableRow } from './fit.ts';
import { taskColumns } from './task-columns.ts';
import type { TaskNumbers } from './task-numbers.ts';
import { ordered, sortOf } from './task-order.ts';
import { sum } from './units.ts';

const SHOWN: ReadonlySet<string> = new Set([
  'rssPages',
  'swapentsPages',
  'pgtablesBytes',
  'nrPtesPages',
  'nrPmdsPages',
  'nrPudsPages',
  'oomScoreAdj',
  'oomAdj',
]);

/** The tasks with the most badness, and who was killed from further down. */
export function topTaskRows(event: Event, numbers: TaskNumbers, width: number, most: number): TabRow[] {
  const { tasks, victims, unit } = numbers;
  const columns = taskColumns(numbers, width, SHOWN);
  const sort = sortOf(numbers, 0);
  const order = ordered(numbers, sort);
  const killed = order.slice(most).filter((at) => victims.has(tasks[at]!.pid));
  const shown = [...order.slice(0, most), ...killed.slice(0, most)];
  const row = (at: number): TabRow => {
    const task = tasks[at]!;
    return {
      line: tableRow(
        columns,
        columns.map(({ cell }) => cell(task)),
      ),
      seq: recordOfItem(event, 'oom.tasks', at),
    };
  };
  const left = tasks.length - shown.length;
  const total = `${count(tasks.length)} task${tasks.length === 1 ? '' : 's'}, rss ${count(unit.of(sum(tasks.map((task) => task.rssPages))))} ${unit.name} together`;
  return [
    { line: headRow(columns), section: true },
    ...shown.map(row),
    { line: [span(`   ${left > 0 ? `↓ ${count(left)} more in [2] Tasks; ` : ''}${total}`, 'dim')] },
  ];
}
