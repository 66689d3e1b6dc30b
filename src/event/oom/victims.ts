import { atLeast, type KernelRelease } from '../../decode/kernel-release.ts';
import type { OomVictim } from '../event.ts';
import type { Said } from '../facts/said.ts';
import type { Of, OomFacts } from './facts.ts';

/** Every victim once: the kernels until 5.0 name the chosen task and the killed one, and others that share its memory. */
export function victimsOf(facts: OomFacts, release: KernelRelease | undefined): Said<OomVictim>[] {
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
  const { vszKb, ...others } = counters;
  const victim: OomVictim = { pid, comm, ...(vszKb === undefined ? {} : { totalVmKb: vszKb }), ...others };
  if (pgtablesInBytes && victim.pgtablesKb !== undefined) victim.pgtablesKb = Math.trunc(victim.pgtablesKb / 1024);
  if (uid !== undefined) victim.uid = uid;
  if (oomScoreAdj !== undefined) victim.oomScoreAdj = oomScoreAdj;
  if (type === 'sharing') victim.sharesMemory = true;
  return victim;
}
