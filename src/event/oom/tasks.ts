import { camelCase } from '../../../grammars/oom/camel-case.ts';
import { guessColumns } from '../../../grammars/oom/task-table.ts';
import type { OomTask } from '../event.ts';
import type { OomFacts } from './facts.ts';

/** Columns whose unit the kernel's header does not say; all others keep their own name. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    total_vm: 'totalVmPages',
    rss: 'rssPages',
    rss_anon: 'rssAnonPages',
    rss_file: 'rssFilePages',
    rss_shmem: 'rssShmemPages',
    nr_ptes: 'nrPtesPages',
    nr_pmds: 'nrPmdsPages',
    nr_puds: 'nrPudsPages',
    swapents: 'swapentsPages',
  }),
);

/** The printed columns between pid and name, and whether they are a guess because the header is missing. */
export function columnsOf(facts: OomFacts): { readonly columns: readonly string[]; readonly inferred: boolean } {
  const columns = facts.columns?.value;
  return columns ? { columns, inferred: false } : { columns: guessColumns(facts.rows) ?? [], inferred: facts.rows.length > 0 };
}

/** The task table: one object a row, a field a column, pages and bytes as printed. */
export function tasksOf(facts: OomFacts, columns: readonly string[]): OomTask[] {
  const names = columns.map((column, i) => {
    const name = UNITS.get(column) ?? camelCase(column);
    return name === 'pid' || name === 'name' ? `column${i + 1}` : name;
  });
  // one shape for all rows, cloned: adding ten fields one by one to 20,000 objects costs more than reading the rows
  const template: OomTask = { pid: 0, name: '' };
  for (const name of names) template[name] = 0;
  return facts.rows.map(({ pid, name, cells, odd }) => {
    const task: OomTask = { ...template, pid, name };
    for (let i = 0; i < cells.length; i++) task[names[i] ?? `column${i + 1}`] = cells[i] as number;
    // a row above a damaged header may have fewer
    for (let i = cells.length; i < names.length; i++) delete task[names[i] as string];
    if (odd) for (const key of Object.keys(task)) if (Number.isNaN(task[key])) delete task[key];
    return task;
  });
}
