import type { Line } from '../../../grammars/common/line.ts';
import { CONTEXTS, TITLES } from '../../../grammars/lock/lines.ts';
import type { Naming } from '../facts/draft.ts';

/** Reports of a wrong order: what they warn of is a deadlock. */
const DEADLOCK: ReadonlySet<Line | undefined> = new Set([
  TITLES.print_circular_bug_header,
  TITLES.print_deadlock_bug,
  TITLES.print_irq_inversion_bug,
  TITLES.print_bad_irq_dependency,
]);

/** How a lockdep report is named, by its title's row and words: syzbot's names, which the field has adopted. */
export function lockdepTitle(row: Line | undefined, what: string, level: string): Pick<Naming, 'title' | 'alt' | 'bare'> {
  if (DEADLOCK.has(row)) return { title: 'possible deadlock in {f}', bare: 'possible deadlock' };
  if (row === TITLES.print_usage_bug) return { title: 'inconsistent lock state in {f}' };
  if (row === TITLES.assign_lock_key) return { title: 'INFO: trying to register non-static key in {f}' };
  if (row === TITLES.print_lock_invalid_wait_context) {
    return { title: 'BUG: Invalid wait context in {f}', alt: ['WARNING: locking bug in {f}'] };
  }
  // The same report said BUG until 4.10 and says WARNING since 4.11.
  const name = what.replace(/\s*detected$/, '').replace(/^Nested/, 'nested');
  const [first, second] = level === 'BUG' ? ['BUG', 'WARNING'] : ['WARNING', 'BUG'];
  return { title: `${first}: ${name} in {f}`, alt: [`${second}: ${name} in {f}`] };
}

/** How a report is named about code that does what its context forbids. */
export function contextTitle(row: Line | undefined, using: string | undefined, assumed: string | undefined): string {
  if (row === CONTEXTS.__might_resched) return 'BUG: sleeping function called from invalid context in {f}';
  if (row === CONTEXTS.process_one_work) return 'BUG: workqueue leaked lock or atomic in {f}';
  if (row === CONTEXTS.schedule_debug) return 'BUG: scheduling in a non-blocking section in {f}';
  if (using !== undefined) return `BUG: using ${using} in preemptible code in {f}`;
  if (assumed !== undefined) return `BUG: assuming ${assumed} context in {f}`;
  return 'BUG: scheduling while atomic in {f}';
}
