import { KILLER, TASKS } from '../../../grammars/oom/kill-lines.ts';
import type { OomFacts } from './facts.ts';

/** Which report it is: what it should hold depends on it. */
export type OomForm = 'kill' | 'failure' | 'bare';

/** Reports in which nobody is killed. */
const STOPS = [KILLER.check_panic_on_oom, KILLER.check_panic_on_oom_compulsory, KILLER.out_of_memory, KILLER.out_of_memory_deadlock];

/**
 * What a report of this form should have and lacks, in the order in which the kernel prints it. Sections that a sysctl or a
 * release leaves out (oom_dump_tasks=0, the summary before 5.0) are not missed.
 */
export function missingOf(facts: OomFacts, form: OomForm): string[] {
  if (form === 'bare') return [];
  const missing: string[] = [];
  const memory = facts.memInfo.length > 0 || facts.zones.length > 0;
  const cgroup = facts.counters.length > 0 || facts.stats.length > 0;
  const zonesPrinted = facts.zones.length > 0;
  if (facts.invoked.length === 0 && facts.failures.length === 0) missing.push('header');
  if (!memory && !cgroup && form === 'kill') missing.push('memory information');
  if (memory && !zonesPrinted) missing.push('zones');
  if (zonesPrinted && facts.buddies.length < facts.zones.length)
    missing.push(facts.buddies.length === 0 ? 'free blocks by order' : 'free blocks of some zones');
  if (memory && facts.ram.every(({ value }) => value.counters.pages === undefined)) missing.push('RAM totals');
  if (form === 'failure') return missing;
  const titled = facts.marks.has(TASKS.dump_tasks);
  if (titled && facts.columns === undefined && facts.rows.length === 0) missing.push('task table');
  if (facts.rows.length > 0 && facts.columns === undefined) missing.push('header row of the task table (its columns are inferred)');
  if (facts.rows.length > 0 && facts.invoked.length === 0 && !titled) missing.push('beginning of the task table');
  const decided = facts.killed.length > 0 || facts.chosen.length > 0 || facts.exiting.length > 0;
  const stopped = STOPS.some((row) => facts.marks.has(row));
  if (!decided && !stopped) missing.push(facts.summary ? 'kill line' : 'victim');
  return missing;
}
