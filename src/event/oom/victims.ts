import { atLeast, type KernelRelease } from '../../decode/kernel-release.ts';
import type { OomVictim } from '../event.ts';
import { Said } from '../facts/said.ts';
import { besides } from './counters.ts';
import type { Of, OomFacts } from './facts.ts';
import { columnsOf, tasksOf } from './tasks.ts';

const FIELDS = ['pid', 'comm', 'uid', 'oomScoreAdj', 'sharesMemory', 'inferred'];

/** Every victim once: the kernels until 5.0 name the chosen task and the killed one, and others that share its memory. */
export function victimsOf(facts: OomFacts, release: KernelRelease | undefined, pageKb: number): Said<OomVictim>[] {
  if (facts.killed.length === 0) return summarized(facts, pageKb);
  // 5.4.0–5.4.9 printed bytes behind `pgtables:` and called them kB (941f762bcb27)
  const inBytes = release !== undefined && release.major === 5 && release.minor === 4 && !atLeast(release, [5, 4, 10]);
  const seen = new Set<number>();
  return [...facts.killed, ...facts.sharing].flatMap((said) => {
    if (seen.has(said.value.pid)) return [];
    seen.add(said.value.pid);
    return [said.map((line) => victimOf(line, inBytes))];
  });
}

function victimOf({ type, pid, comm, uid, oomScoreAdj, counters }: Of<'killed'>, pgtablesInBytes: boolean): OomVictim {
  const { vszKb, ...others } = besides(FIELDS, counters);
  const victim: OomVictim = { pid, comm, ...(vszKb === undefined ? {} : { totalVmKb: vszKb }), ...others };
  if (pgtablesInBytes && victim.pgtablesKb !== undefined) victim.pgtablesKb = Math.trunc(victim.pgtablesKb / 1024);
  if (uid !== undefined) victim.uid = uid;
  if (oomScoreAdj !== undefined) victim.oomScoreAdj = oomScoreAdj;
  if (type === 'sharing') victim.sharesMemory = true;
  return victim;
}

/**
 * The kill line is lost, but dump_oom_victim() has named whom __oom_kill_process() kills next, and the task table says how large it is.
 */
function summarized(facts: OomFacts, pageKb: number): Said<OomVictim>[] {
  const { summary } = facts;
  const { pid, task: comm, uid } = summary?.value ?? {};
  if (summary === undefined || pid === undefined || comm === undefined) return [];
  const victim: OomVictim = { pid, comm, inferred: true, ...(uid === undefined ? {} : { uid }) };
  const at = facts.rows.findIndex((row) => row.pid === pid);
  const row = at < 0 ? undefined : tasksOf({ ...facts, rows: facts.rows.slice(at, at + 1) }, columnsOf(facts).columns)[0];
  if (row?.totalVmPages !== undefined) victim.totalVmKb = row.totalVmPages * pageKb;
  if (row?.rssPages !== undefined) victim.rssKb = row.rssPages * pageKb;
  if (row?.oomScoreAdj !== undefined) victim.oomScoreAdj = row.oomScoreAdj;
  return [new Said(victim, [...summary.records, ...(at < 0 ? [] : facts.rowRecords.slice(at, at + 1))])];
}
