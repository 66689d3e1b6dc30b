import type { Oom, OomEvidence } from '../event.ts';
import type { Said } from '../facts/said.ts';
import { claim, killRecords, recordsOf, tableRecords } from './evidence.ts';
import { type OomFacts, zoneKey } from './facts.ts';
import type { OomFindings } from './findings.ts';
import { isUnlimited } from './limit.ts';
import { limitOwner } from './memcg-verdict.ts';
import { countText, percentText, sizeText } from './size-text.ts';
import { sparedTask } from './spared.ts';

/** Who set the limit: the whole machine, a memory cgroup, a cpuset, a memory policy. */
export function constraintClaims({ oom, facts, isMemcg }: OomFindings): OomEvidence[] {
  const found: OomEvidence[] = [];
  const said = [...recordsOf(facts.summary, facts.taskKilled), ...(facts.summary ? [] : killRecords(facts))];
  if (isMemcg) {
    const { oomMemcg, taskMemcg } = oom.cgroup ?? {};
    const which = oomMemcg ?? 'a memory cgroup';
    const inside =
      taskMemcg !== undefined && oomMemcg !== undefined && taskMemcg !== oomMemcg ? `; the victim was in ${taskMemcg} below it` : '';
    found.push(claim(`constraint: the limit of ${which}${inside}`, said));
    if (oom.constraint === 'CONSTRAINT_NONE')
      found.push(claim('the summary says CONSTRAINT_NONE, as 5.0 and 5.1 do for memory cgroups', recordsOf(facts.summary)));
    const owner = limitOwner(oom);
    if (owner !== undefined) found.push(claim(owner, said, true));
    found.push(...limitClaims(oom, facts));
  } else if (oom.constraint === 'CONSTRAINT_CPUSET') {
    found.push(claim(`constraint: cpuset ${oom.cpuset ?? ''} allows memory of node ${oom.memsAllowed ?? '?'} only`, said));
  } else if (oom.constraint === 'CONSTRAINT_MEMORY_POLICY') {
    found.push(claim(`constraint: a memory policy allows node ${oom.nodemask ?? '?'} only`, said));
  } else if (facts.killed.length > 0 || facts.summary) {
    found.push(claim('constraint: none, the whole machine', said, facts.summary === undefined));
  }
  if (oom.trigger?.order === -1) found.push(claim('asked for by SysRq-f, not by a failed allocation', recordsOf(...facts.invoked)));
  return found;
}

function limitClaims(oom: Oom, facts: OomFacts): OomEvidence[] {
  const names = { memory: 'memory', memorySwap: 'memory+swap', swap: 'swap', kmem: 'kernel memory' } as const;
  return Object.entries(names).flatMap(([key, name]) => {
    const limit = oom.limits?.[key as keyof typeof names];
    if (limit?.usageKb === undefined) return [];
    const unlimited = isUnlimited(limit.limitKb);
    if (unlimited && key !== 'memory') return [];
    const bound = unlimited
      ? 'without a limit of its own'
      : `of ${sizeText(limit.limitKb ?? 0)}, hit ${countText(limit.failcnt ?? 0)} times`;
    const line = facts.counters.find(({ value }) => value.name === (key === 'memorySwap' ? 'memory+swap' : key));
    return [claim(`${name}: ${sizeText(limit.usageKb)} ${bound}`, recordsOf(line))];
  });
}

/** Where the memory is and whether the parts add up to the whole. */
export function usageClaims({ usage, facts, leaks }: OomFindings): OomEvidence[] {
  if (usage === undefined) return [];
  const stats = facts.stats.flatMap(({ path, counters }) => recordsOf(path ?? Object.values(counters)[0]));
  const lines = usage.scope === 'system' ? recordsOf(...facts.memInfo, ...facts.ram) : [...recordsOf(...facts.counters), ...stats];
  const parts = [...usage.parts].sort((a, b) => b.kb - a.kb);
  const text = parts
    .slice(0, 6)
    .map((part) => `${part.name} ${sizeText(part.kb)}`)
    .join(', ');
  const found = [claim(`of ${sizeText(usage.totalKb)}: ${text}`, lines)];
  const lost = usage.unaccountedKb ?? 0;
  const off = Math.abs(lost) > usage.totalKb * 0.05;
  found.push(
    claim(
      off
        ? `the parts do not add up: ${sizeText(Math.abs(lost))} ${lost > 0 ? 'are in no counter' : 'are counted twice'}`
        : `the parts add up to within ${percentText(Math.abs(lost), usage.totalKb)}`,
      lines,
      true,
    ),
  );
  if (usage.tasksRssKb !== undefined) {
    found.push(
      claim(
        `the listed tasks hold ${sizeText(usage.tasksRssKb)} resident (${percentText(usage.tasksRssKb, usage.totalKb)}), shared pages counted for each`,
        tableRecords(facts),
        true,
      ),
    );
  }
  for (const leak of leaks) {
    const from =
      leak.section === 'slabs' ? recordsOf(...facts.slabs) : leak.section === 'allocations' ? recordsOf(facts.allocTags[0]) : lines;
    found.push(claim(leak.text, from, leak.section === 'unaccounted'));
  }
  return found;
}

/** Zone by zone, why the request could not be served. */
export function zoneClaims({ zones, facts }: OomFindings): OomEvidence[] {
  const [marks, buddies] = [byZone(facts.zones), byZone(facts.buddies)];
  return zones.map(({ zone, text }) => {
    const key = zoneKey(zone);
    return claim(text, recordsOf(marks.get(key), buddies.get(key), facts.reserves.get(key)));
  });
}

/** The first line of each zone: a forged report has as many zones as lines. */
const byZone = <T extends Parameters<typeof zoneKey>[0]>(lines: readonly Said<T>[]): ReadonlyMap<string, Said<T>> =>
  new Map([...lines].reverse().map((line) => [zoneKey(line.value), line]));

/** Requests that reclaim says it could not serve. */
export function reclaimClaims({ facts }: OomFindings): OomEvidence[] {
  return facts.failures
    .filter(({ value }) => value.what === 'reclaim')
    .slice(0, 3)
    .map(({ records, value }) =>
      claim(
        `${value.comm ?? 'reclaim'} reports a request of order ${value.order ?? 0}${value.gfp?.flags ? ` (${value.gfp.flags.join('|')})` : ''} that failed`,
        records,
      ),
    );
}

/** The largest task, where its oom_score_adj kept it from being chosen. */
export function sparedClaims(findings: OomFindings): OomEvidence[] {
  const { facts, oom } = findings;
  const found = sparedTask(findings, oom.victims?.[0]?.pid);
  if (found === undefined) return [];
  const { task, kb } = found;
  const row = facts.rows.findIndex(({ pid }) => pid === task.pid);
  const text = `the largest task, ${task.name}[${task.pid}], holds ${sizeText(kb)} with swap and has oom_score_adj ${task.oomScoreAdj}`;
  return [claim(text, facts.rowRecords.slice(row, row + 1))];
}

/** Swap: none at all, or full. */
export function swapClaims({ oom, facts, isMemcg }: OomFindings): OomEvidence[] {
  const { totalKb, freeKb } = oom.swap ?? {};
  if (isMemcg || totalKb === undefined) return [];
  const lines = recordsOf(...facts.swap);
  if (totalKb === 0) return [claim('no swap', lines)];
  return freeKb === undefined ? [] : [claim(`swap: ${sizeText(freeKb)} of ${sizeText(totalKb)} free`, lines)];
}
