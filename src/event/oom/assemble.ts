import { decodeGfpMask } from '../../decode/gfp/decode-gfp.ts';
import { atLeast, type KernelRelease, parseRelease } from '../../decode/kernel-release.ts';
import type { Oom, OomLimits, OomTrigger, OomVictim, OomZone } from '../event.ts';
import { cgroupOwner } from './cgroup.ts';
import { type OomFacts, type Said, zoneKey } from './facts.ts';

const LIMIT_NAMES: Readonly<Record<string, keyof OomLimits>> = {
  memory: 'memory',
  'memory+swap': 'memorySwap',
  swap: 'swap',
  kmem: 'kmem',
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Drops the keys that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const merged = (lines: readonly Said<{ readonly counters: Readonly<Record<string, number>> }>[]): Record<string, number> | undefined => {
  const all: Record<string, number> = {};
  for (const { value } of lines) for (const [key, count] of Object.entries(value.counters)) all[key] ??= count;
  return Object.keys(all).length > 0 ? all : undefined;
};

/** Mask and names; kernels before 4.6 print no names, and an article's may be invented: those that were printed win. */
function triggerOf(facts: OomFacts, release: KernelRelease | undefined, pid: number | undefined): OomTrigger | undefined {
  const line = facts.invoked[0]?.value ?? facts.failures[0]?.value;
  const reclaim = facts.failures.find(({ value }) => value.what === 'reclaim')?.value;
  const gfp = line?.gfp ?? reclaim?.gfp;
  const order = line?.order ?? reclaim?.order;
  if (line === undefined && gfp === undefined && order === undefined) return undefined;
  const flags = gfp?.flags ?? (gfp && release ? decodeGfpMask(Number(gfp.mask), release) : undefined);
  const trigger = defined({ comm: line?.comm, pid, gfpMask: gfp?.mask, gfpFlags: flags && [...flags], order });
  const adj = facts.invoked[0]?.value.oomScoreAdj;
  if (Object.keys(trigger).length === 0) return undefined;
  return adj === undefined ? trigger : { ...trigger, oomScoreAdj: adj };
}

function zonesOf(facts: OomFacts): OomZone[] {
  const buddies = new Map(facts.buddies.map(({ value }) => [zoneKey(value), value]));
  const zones: OomZone[] = [];
  const named = new Set<string>();
  for (const { value } of facts.zones) {
    const key = zoneKey(value);
    if (named.has(key)) continue;
    named.add(key);
    const zone: OomZone = { name: value.name, ...value.counters };
    if (value.node !== undefined) zone.node = value.node;
    if (value.allUnreclaimable !== undefined) zone.allUnreclaimable = value.allUnreclaimable;
    addTo(zone, facts, buddies.get(key), key);
    zones.push(zone);
  }
  // a cut report may keep the block lists and lose the watermarks
  for (const [key, buddy] of buddies) {
    if (named.has(key)) continue;
    const zone: OomZone = { name: buddy.name };
    if (buddy.node !== undefined) zone.node = buddy.node;
    addTo(zone, facts, buddy, key);
    zones.push(zone);
  }
  return zones;
}

function addTo(zone: OomZone, facts: OomFacts, buddy: OomFacts['buddies'][number]['value'] | undefined, key: string): void {
  const reserve = facts.reserves.get(key)?.value.pages;
  if (reserve) zone.lowmemReserve = [...reserve];
  if (!buddy) return;
  zone.buddy = buddy.blocks.map((block) => ({ ...block }));
  if (buddy.totalKb !== undefined) zone.buddyTotalKb = buddy.totalKb;
}

const victimOf = ({ value }: OomFacts['killed'][number], pgtablesInBytes: boolean): OomVictim => {
  const { vszKb, ...counters } = value.counters;
  const victim: OomVictim = { pid: value.pid, comm: value.comm, ...(vszKb === undefined ? {} : { totalVmKb: vszKb }), ...counters };
  if (pgtablesInBytes && victim.pgtablesKb !== undefined) victim.pgtablesKb = Math.trunc(victim.pgtablesKb / 1024);
  if (value.uid !== undefined) victim.uid = value.uid;
  if (value.oomScoreAdj !== undefined) victim.oomScoreAdj = value.oomScoreAdj;
  return victim;
};

/** Every victim once: the kernels until 5.0 name the chosen task and the killed one, and others that share its memory. */
function victimsOf(facts: OomFacts, release: KernelRelease | undefined): OomVictim[] {
  // 5.4.0–5.4.9 printed bytes behind `pgtables:` and called them kB (941f762bcb27)
  const inBytes = release !== undefined && release.major === 5 && release.minor === 4 && !atLeast(release, [5, 4, 10]);
  const seen = new Set<number>();
  const victims: OomVictim[] = [];
  const add = (said: OomFacts['killed'][number], extra: Record<string, boolean> = {}): void => {
    if (seen.has(said.value.pid)) return;
    seen.add(said.value.pid);
    victims.push({ ...victimOf(said, inBytes), ...extra });
  };
  for (const said of facts.killed) add(said);
  for (const said of facts.sharing) add(said, { sharesMemory: true });
  return victims;
}

/** v1 printed one line a group of the tree: with several, the counters are by group. */
function statOf(facts: OomFacts): Oom['memcgStat'] {
  const stats = facts.stats.filter(({ value }) => Object.keys(value.counters).length > 0);
  if (stats.length <= 1) return stats[0] && { ...stats[0].value.counters };
  return Object.fromEntries(stats.map(({ value }) => [value.path ?? '', { ...value.counters }]));
}

function cgroupOf(facts: OomFacts): Oom['cgroup'] {
  const summary = facts.summary?.value;
  const oomMemcg = summary?.oomMemcg ?? facts.taskKilled?.value.oomMemcg ?? facts.stats[0]?.value.path;
  const taskMemcg = summary?.taskMemcg ?? facts.taskKilled?.value.taskMemcg ?? facts.killed.find(({ value }) => value.cgroup)?.value.cgroup;
  const path = taskMemcg ?? oomMemcg;
  const inner = path === undefined ? {} : cgroupOwner(path);
  const outer = oomMemcg === undefined ? {} : cgroupOwner(oomMemcg);
  const cgroup: Mutable<NonNullable<Oom['cgroup']>> = {
    ...defined({ oomMemcg, taskMemcg }),
    ...(summary?.globalOom ? { globalOom: true } : {}),
    ...outer,
    ...inner,
    ...defined({ oomGroup: facts.groups[0]?.value.path }),
  };
  return Object.keys(cgroup).length > 0 ? cgroup : undefined;
}

export interface OomContext {
  /** Of the report, its boot or the dump. */
  readonly release?: string | undefined;
  /** From the CPU line: the header names the task that asked, not its pid. */
  readonly triggerPid?: number | undefined;
}

/** The report's facts in the contract's shape; nothing is concluded yet. Tasks come from tasks.ts. */
export function assembleOom(facts: OomFacts, context: OomContext): Oom {
  const release = parseRelease(context.release);
  const summary = facts.summary?.value;
  const failure = facts.failures[0]?.value;
  const limits: OomLimits = {};
  for (const { value } of facts.counters) {
    const name = LIMIT_NAMES[value.name];
    if (name && !limits[name]) limits[name] = defined({ usageKb: value.usageKb, limitKb: value.limitKb, failcnt: value.failcnt });
  }
  const ram = merged(facts.ram);
  const { pagecachePages, ...rest } = ram ?? {};
  const list = <T>(items: T[]): T[] | undefined => (items.length > 0 ? items : undefined);
  return defined({
    trigger: triggerOf(facts, release, context.triggerPid),
    constraint: summary?.constraint,
    nodemask: summary?.nodemask ?? facts.invoked[0]?.value.nodemask ?? failure?.nodemask,
    cpuset: summary?.cpuset ?? facts.cpuset?.value.cpuset ?? failure?.cpuset,
    memsAllowed: summary?.memsAllowed ?? facts.cpuset?.value.memsAllowed ?? failure?.memsAllowed,
    cgroup: cgroupOf(facts),
    limits: Object.keys(limits).length > 0 ? limits : undefined,
    memcgStat: statOf(facts),
    memInfo: merged(facts.memInfo),
    nodes: list(
      facts.nodes.map(({ value }) => ({ node: value.node, ...value.counters, ...defined({ allUnreclaimable: value.allUnreclaimable }) })),
    ),
    zones: list(zonesOf(facts)),
    hugepages: list(facts.hugepages.map(({ value }) => ({ ...defined({ node: value.node }), ...value.counters }))),
    swap: merged(facts.swap),
    pageCache: pagecachePages,
    ram: Object.keys(rest).length > 0 ? rest : undefined,
    slabs: list(facts.slabs.map(({ value }) => ({ name: value.name, usedKb: value.usedKb, totalKb: value.totalKb }))),
    allocations: list(
      facts.allocTags.map(({ value }) => ({
        site: value.site,
        bytes: value.bytes,
        ...defined({ func: value.func, module: value.module, calls: value.calls }),
      })),
    ),
    victims: list(victimsOf(facts, release)),
    reaped: list(
      facts.reaped.map(({ value }) => ({ pid: value.pid, comm: value.comm, ...value.counters, ...(value.unable ? { unable: true } : {}) })),
    ),
    doubts: list(facts.odd.map(({ value }) => value)),
  });
}
