import type { Inspection } from '../inspection.ts';
import { psRows } from '../tasks/ps.ts';

/** A process by its memory. */
export interface LargeTask {
  readonly pid: number;
  readonly comm: string;
  readonly rssKb: number;
}

/** Enough to see where it went. */
const SHOWN = 5;

/** Processes by resident memory, the largest first; threads share theirs. */
export function largestTasks({ tasks }: Inspection): LargeTask[] {
  const leaders = tasks.all.filter((task) => task.mm && task.pid === task.tgid);
  return psRows(tasks, leaders)
    .flatMap(({ pid, comm, rssKb }) => (pid === undefined || comm === undefined || !rssKb ? [] : [{ pid, comm, rssKb }]))
    .sort((a, b) => b.rssKb - a.rssKb)
    .slice(0, SHOWN);
}
