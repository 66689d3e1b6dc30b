import type { Inspection } from '../../machine/inspection.ts';
import type { Task } from '../../machine/tasks/task.ts';
import { tasksNamed } from './arguments.ts';

/** States as `ps` shows them. */
const STATES: ReadonlySet<string> = new Set(['RU', 'IN', 'UN', 'ID', 'ST', 'TR', 'ZO', 'DE', 'PA', 'NE']);

/**
 * The tasks that `foreach` means: those of each word, which is a state, `active`, `kernel`, `user`, a pid, a name or a task's address;
 * all where there is none. Words of one kind add up, of different kinds each must hold, as in crash.
 * @throws UsageError where a word names no task
 */
export function selectTasks(inspection: Inspection, words: readonly string[]): readonly Task[] {
  const states = words.filter((word) => STATES.has(word.toUpperCase())).map((word) => word.toUpperCase());
  const kinds = words.filter((word) => KINDS.has(word));
  const names = words.filter((word) => !states.includes(word.toUpperCase()) && !KINDS.has(word));
  const running = new Set([...inspection.tasks.running.values()].map(({ address }) => address));
  return tasksNamed(inspection, names).filter(
    (task) =>
      (states.length === 0 || states.includes(task.state ?? '')) &&
      (!kinds.includes('active') || running.has(task.address)) &&
      (!kinds.includes('kernel') || task.isKernelThread === true) &&
      (!kinds.includes('user') || task.isKernelThread === false),
  );
}

const KINDS: ReadonlySet<string> = new Set(['active', 'kernel', 'user']);
