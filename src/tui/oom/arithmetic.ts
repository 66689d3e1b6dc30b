import type { OomBadness, OomTask } from '../../event/event.ts';
import { count } from '../line/numbers.ts';
import { adjOf, type TaskNumbers } from './task-numbers.ts';

/** CAP_SYS_ADMIN: 30 thousandths of the limit less in 3.6–3.13. */
const ROOT = 30;

/** `adj 937 × (524,288 ÷ 1000)`: what oom_score_adj is a thousandth of, in whole pages. */
function adjText(adjPages: number, adj: number, limitPages: number | undefined): string {
  if (adj === 0 && adjPages === 0) return 'adj 0';
  if (limitPages === undefined) return `adj ${adj} × (limit not in log ÷ 1000)`;
  const times = `× (${count(limitPages)} ÷ 1000)`;
  const thousandth = Math.trunc(limitPages / 1000);
  if (adjPages === adj * thousandth) return `adj ${adj} ${times}`;
  return adjPages === (adj - ROOT) * thousandth ? `(adj ${adj} − root's ${ROOT}) ${times}` : `adj ${count(adjPages)}`;
}

/** `rss 478,112 + swap 0 + pgtables 1,056 + adj 937 × (524,288 ÷ 1000) = 970,156`, with the terms that the report holds. */
export function arithmetic(entry: OomBadness, task: OomTask, numbers: TaskNumbers, limitPages: number | undefined): string {
  const { rssPages = 0, swapentsPages = 0, pgtablesPages = 0, adjPages = 0, points = 0 } = entry;
  const adj = adjOf(task) ?? 0;
  const terms = [
    `rss ${count(rssPages)}`,
    ...(task.swapentsPages === undefined ? [] : [`swap ${count(swapentsPages)}`]),
    ...(task.pgtablesBytes === undefined && task.nrPtesPages === undefined ? [] : [`pgtables ${count(pgtablesPages)}`]),
  ];
  const used = rssPages + swapentsPages + pgtablesPages;
  if (numbers.badnessUnit === 'thousandths') {
    const of = limitPages === undefined ? 'limit not in log' : count(limitPages);
    return `(${terms.join(' + ')}) × 1000 ÷ ${of} + adj ${adj} = ${count(points)}${sumsTo(Math.trunc((used * 1000) / Math.max(limitPages ?? 0, 1)) + adj, points)}`;
  }
  return `${[...terms, adjText(adjPages, adj, limitPages)].join(' + ')} = ${count(points)}${sumsTo(used + adjPages, points)}`;
}

/** Until 4.16 root paid less; until 5.8 one point was the least; thousandths end at 1000. */
const sumsTo = (got: number, points: number): string =>
  got === points ? '' : `, not ${count(got)}: root's bonus or a bound of that release`;

/** Whether oom_score_adj decided: who would have been first by memory alone. Undefined where no task has one. */
export function adjEffect({ tasks, badness }: TaskNumbers, chosen: number, uses: (task: OomTask) => number): string | undefined {
  const killable = tasks.filter(({ pid }) => badness.get(pid)?.unkillable !== true);
  if (killable.length < 2 || killable.every((task) => !adjOf(task))) return undefined;
  let first = killable[0]!;
  for (const task of killable) if (uses(task) > uses(first) || (uses(task) === uses(first) && task.pid === chosen)) first = task;
  if (first.pid === chosen) return 'oom_score_adj did not change the choice';
  return `oom_score_adj changed the choice: by memory alone ${first.name}[${first.pid}] would be first with ${count(uses(first))} pages`;
}
