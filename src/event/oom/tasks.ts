import { camelCase } from '../../../grammars/oom/cst.ts';
import { guessColumns } from '../../../grammars/oom/task-table.ts';
import type { OomTask } from '../event.ts';
import type { OomFacts } from './facts.ts';

/** Columns whose unit the kernel's header does not say; all others keep their own name. */
const UNITS: Readonly<Record<string, string>> = {
  total_vm: 'totalVmPages',
  rss: 'rssPages',
  rss_anon: 'rssAnonPages',
  rss_file: 'rssFilePages',
  rss_shmem: 'rssShmemPages',
  nr_ptes: 'nrPtesPages',
  nr_pmds: 'nrPmdsPages',
  nr_puds: 'nrPudsPages',
  swapents: 'swapentsPages',
};

/** The printed columns between pid and name, and whether they are a guess because the header is missing. */
export function columnsOf(facts: OomFacts): { readonly columns: readonly string[]; readonly inferred: boolean } {
  const columns = facts.columns?.value;
  return columns ? { columns, inferred: false } : { columns: guessColumns(facts.rows) ?? [], inferred: facts.rows.length > 0 };
}

/** The task table: one object a row, a field a column, pages and bytes as printed. */
export function tasksOf(facts: OomFacts, columns: readonly string[]): OomTask[] {
  const names = columns.map((column) => UNITS[column] ?? camelCase(column));
  return facts.rows.map((row) => {
    const task: OomTask = { pid: row.pid, name: row.name };
    for (let i = 0; i < row.cells.length; i++) {
      const value = row.cells[i] as number;
      if (!Number.isNaN(value)) task[names[i] ?? `column${i + 1}`] = value;
    }
    return task;
  });
}
