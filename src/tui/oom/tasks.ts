import { recordOfItem } from '../event/record-of.ts';
import type { EventContext, Tab } from '../event/tab.ts';
import { type Line, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { headRow, tableRow } from './fit.ts';
import { type TaskColumn, taskColumns } from './task-columns.ts';
import { type TaskNumbers, taskNumbers } from './task-numbers.ts';
import { ordered, sortOf, type TaskSort } from './task-order.ts';
import { sum } from './units.ts';

/** The numbers behind the task table of an event, kept over frames. */
export const numbersOf = ({ view, event }: EventContext): TaskNumbers | undefined =>
  view.memo.of(event, 'oom-tasks', '', () => taskNumbers(event));

/** How many, how much, how sorted; what had to give way. */
function summary(numbers: TaskNumbers, columns: readonly TaskColumn[], sort: TaskSort): Line {
  const { tasks, unit, unkillable, victims, badnessUnit, inferred } = numbers;
  const listed = new Set(tasks.map(({ pid }) => pid));
  const absent = [...victims].filter((pid) => !listed.has(pid));
  const parts = [
    `${count(tasks.length)} task${tasks.length === 1 ? '' : 's'}`,
    `rss ${count(unit.of(sum(tasks.map((task) => task.rssPages))))} ${unit.name}`,
    unkillable > 0 ? `${count(unkillable)} unkillable` : undefined,
    absent.length > 0 ? `killed, but not listed: ${absent.slice(0, 3).join(' ')}` : undefined,
    columns.some(({ sort: by }) => by === 'badness') ? `badness in ${badnessUnit}` : undefined,
  ].filter((part) => part !== undefined);
  return [
    ' ',
    span(`sort: ${sort} [s]`, 'title'),
    span(` · ${parts.join(' · ')}`, 'dim'),
    ...(inferred ? [span(' · columns inferred', 'guess')] : []),
  ];
}

/** The kernel's whole table of tasks; rows are made when they are seen. */
export const tasksTab: Tab = {
  name: 'Tasks',
  short: 'Tasks',
  rows: (context) => {
    const numbers = numbersOf(context);
    if (numbers === undefined) return undefined;
    const { view, event, width, place } = context;
    const sort = sortOf(numbers, place.sort);
    const order = view.memo.of(event, 'oom-task-order', sort, () => ordered(numbers, sort));
    const columns = view.memo.of(event, 'oom-task-columns', `${width}`, () => taskColumns(numbers, width));
    const head = view.memo.of(event, 'oom-task-head', `${width} ${sort}`, () => [
      summary(numbers, columns, sort),
      headRow(
        columns,
        columns.find((column) => column.sort === sort),
      ),
    ]);
    return {
      count: order.length,
      head,
      row: (index) => {
        const at = order[index] ?? -1;
        const task = numbers.tasks[at];
        if (task === undefined) return { line: [] };
        const line = tableRow(
          columns,
          columns.map(({ cell }) => cell(task)),
        );
        return { line, seq: recordOfItem(event, 'oom.tasks', at) };
      },
    };
  },
};
