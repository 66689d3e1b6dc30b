import { decodeGfpMask } from '../../decode/gfp/decode-gfp.ts';
import { type KernelRelease, parseRelease } from '../../decode/kernel-release.ts';
import type { Oom, OomLimits } from '../event.ts';
import { Said, type Sayable } from '../facts/said.ts';
import { cgroupOwner } from './cgroup.ts';
import { besides } from './counters.ts';
import { defined } from './defined.ts';
import type { OomFacts } from './facts.ts';
import { columnsOf, tasksOf } from './tasks.ts';
import { victimsOf } from './victims.ts';
import { zonesOf } from './zones.ts';

/** The contract's `oom` whose values still know their records. */
export type SaidOom = { readonly [K in keyof Oom]: Sayable<Oom[K]> };

const LIMIT_NAMES: ReadonlyMap<string, keyof OomLimits> = new Map(
  Object.entries({
    memory: 'memory',
    'memory+swap': 'memorySwap',
    swap: 'swap',
    kmem: 'kmem',
  }),
);

type SaidCounters = Readonly<Record<string, Said<number>>>;

/** Where two lines have the same counter, the first counts. */
function merged(lines: readonly Said<{ readonly counters: Readonly<Record<string, number>> }>[]): SaidCounters | undefined {
  const all = new Map<string, Said<number>>();
  for (const { value, records } of lines) {
    for (const [key, count] of Object.entries(value.counters)) if (!all.has(key)) all.set(key, new Said(count, records));
  }
  return all.size > 0 ? Object.fromEntries(all) : undefined;
}

/** Mask and names; kernels before 4.6 print no names, and the mask of a made-up example need not match them: printed names win. */
function triggerOf(facts: OomFacts, release: KernelRelease | undefined, pid: Said<number> | undefined): Sayable<Oom['trigger']> {
  const [invoked] = facts.invoked;
  const [failure] = facts.failures;
  const reclaim = facts.failures.find(({ value }) => value.what === 'reclaim');
  const of = <K extends 'gfp' | 'order'>(key: K) => (invoked === undefined ? failure?.get(key) : invoked.get(key)) ?? reclaim?.get(key);
  const gfp = of('gfp');
  const order = of('order');
  if (invoked === undefined && failure === undefined) return undefined;
  const flags = gfp?.value.flags ?? (gfp && release ? decodeGfpMask(Number(gfp.value.mask), release) : undefined);
  const trigger = defined({
    comm: invoked === undefined ? failure?.get('comm') : invoked.get('comm'),
    pid,
    gfpMask: gfp?.get('mask'),
    gfpFlags: flags && gfp?.map(() => [...flags]),
    order,
    oomScoreAdj: invoked?.get('oomScoreAdj'),
  });
  return Object.keys(trigger).length === 0 ? undefined : trigger;
}

/** v2: a counter a line. v1 printed one line a group of the tree: with several, the counters are by group, which rest on all its records. */
function statOf({ stats }: OomFacts): Sayable<Oom['memcgStat']> {
  const filled = stats.filter(({ counters }) => Object.keys(counters).length > 0);
  if (filled.length <= 1) return filled[0]?.counters;
  const groups = new Map(filled.map((stat) => [stat.path?.value ?? '', stat]));
  const values = [...groups].map(([path, { counters }]) => [
    path,
    Object.fromEntries(Object.entries(counters).map(([k, v]) => [k, v.value])),
  ]);
  const records = [...groups.values()].flatMap(({ counters }) => Object.values(counters).flatMap((counter) => counter.records));
  return new Said(Object.fromEntries(values), [...new Set(records)]);
}

function cgroupOf(facts: OomFacts): Sayable<Oom['cgroup']> {
  const { summary, taskKilled } = facts;
  const oomMemcg = summary?.get('oomMemcg') ?? taskKilled?.get('oomMemcg') ?? facts.stats[0]?.path;
  const taskMemcg =
    summary?.get('taskMemcg') ?? taskKilled?.get('taskMemcg') ?? facts.killed.map((kill) => kill.get('cgroup')).find((path) => path);
  const cgroup = defined({
    oomMemcg,
    taskMemcg,
    globalOom: summary?.value.globalOom ? summary.get('globalOom') : undefined,
    ...ownerOf(oomMemcg),
    ...ownerOf(taskMemcg ?? oomMemcg),
    oomGroup: facts.groups[0]?.get('path'),
  });
  return Object.keys(cgroup).length > 0 ? cgroup : undefined;
}

const ownerOf = (path: Said<string> | undefined): Record<string, Said<string>> =>
  path === undefined
    ? {}
    : Object.fromEntries(Object.entries(cgroupOwner(path.value)).map(([key, name]) => [key, new Said(name, path.records)]));

export interface OomContext {
  /** Of the report, its boot or the dump. */
  readonly release?: string | undefined;
  /** kB in a page. */
  readonly pageKb?: number;
  /** From the CPU line: the header names the task that asked, not its pid. */
  readonly triggerPid?: Said<number> | undefined;
}

const list = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);
/** A list with one record an item, in order. */
const table = <T, U>(lines: readonly Said<T>[], item: (value: T) => U): Said<U[]> | undefined =>
  lines.length === 0
    ? undefined
    : new Said(
        lines.map(({ value }) => item(value)),
        lines.flatMap(({ records }) => records),
      );

/** The report's facts in the contract's shape, each with its records; nothing is concluded yet. */
export function assembleOom(facts: OomFacts, context: OomContext): SaidOom {
  const release = parseRelease(context.release);
  const { summary, cpuset } = facts;
  const failure = facts.failures[0];
  const limits: { [K in keyof OomLimits]: Said<NonNullable<OomLimits[K]>> } = {};
  for (const counter of facts.counters) {
    const name = LIMIT_NAMES.get(counter.value.name);
    if (name) limits[name] ??= counter.map(({ usageKb, limitKb, failcnt }) => defined({ usageKb, limitKb, failcnt }));
  }
  const { pagecachePages, ...ram } = merged(facts.ram) ?? {};
  return defined({
    trigger: triggerOf(facts, release, context.triggerPid),
    constraint: summary?.get('constraint'),
    nodemask: summary?.get('nodemask') ?? facts.invoked[0]?.get('nodemask') ?? failure?.get('nodemask'),
    cpuset: summary?.get('cpuset') ?? cpuset?.get('cpuset') ?? failure?.get('cpuset'),
    memsAllowed: summary?.get('memsAllowed') ?? cpuset?.get('memsAllowed') ?? failure?.get('memsAllowed'),
    cgroup: cgroupOf(facts),
    limits: Object.keys(limits).length > 0 ? limits : undefined,
    memcgStat: statOf(facts),
    memInfo: merged(facts.memInfo),
    nodes: list(
      facts.nodes.map((said) =>
        said.map(({ node, counters, allUnreclaimable }) => ({
          node,
          ...besides(['node', 'allUnreclaimable'], counters),
          ...defined({ allUnreclaimable }),
        })),
      ),
    ),
    zones: list(zonesOf(facts)),
    hugepages: list(
      facts.hugepages.map((said) => said.map(({ node, counters }) => ({ ...defined({ node }), ...besides(['node'], counters) }))),
    ),
    swap: merged(facts.swap),
    pageCache: pagecachePages,
    ram: Object.keys(ram).length > 0 ? ram : undefined,
    slabs: table(facts.slabs, ({ name, usedKb, totalKb }) => ({ name, usedKb, totalKb })),
    allocations: table(facts.allocTags, ({ site, bytes, func, module, calls }) => ({ site, bytes, ...defined({ func, module, calls }) })),
    victims: list(victimsOf(facts, release, context.pageKb ?? 4)),
    reaped: list(
      facts.reaped.map((said) =>
        said.map(({ pid, comm, counters, unable }) => ({
          pid,
          comm,
          ...besides(['pid', 'comm', 'unable'], counters),
          ...(unable ? { unable } : {}),
        })),
      ),
    ),
    doubts: table(facts.odd, (text) => text),
    tasks: facts.rows.length > 0 ? new Said(tasksOf(facts, columnsOf(facts).columns), [...facts.rowRecords]) : undefined,
  });
}
