import type { Oom, OomUsage } from '../event.ts';
import { Said, type Sayable, type Sources } from '../facts/said.ts';

/** What is summed over: of the machine or a memory cgroup. */
export interface UsageContext {
  readonly isMemcg: boolean;
  /** kB in a page. */
  readonly pageKb: number;
}

/** Where the memory is: of the machine (Mem-Info), or of the memory cgroup (memory.stat). Undefined where neither was printed. */
export const usageOf = (oom: Oom, sources: Sources, { isMemcg, pageKb }: UsageContext): Sayable<OomUsage> | undefined =>
  isMemcg ? cgroupUsage(new Counters(oom, sources, pageKb)) : systemUsage(new Counters(oom, sources, pageKb));

const field = (object: object, key: string): number | undefined => {
  const value = (object as Record<string, unknown>)[key];
  return typeof value === 'number' ? value : undefined;
};

/** The counters of a report in kB, each with the records that say it. */
class Counters {
  constructor(
    readonly oom: Oom,
    readonly sources: Sources,
    readonly pageKb: number,
  ) {}

  /** A value of this path; 0 where the report lacks it. */
  at(path: string, kb: number | undefined): Said<number> {
    return new Said(kb ?? 0, kb === undefined ? [] : (this.sources[path] ?? []));
  }

  /** A counter of Mem-Info. */
  info(...keys: readonly string[]): Said<number> {
    const { memInfo } = this.oom;
    return sum(keys.map((key) => this.at(`memInfo.${key}`, scaled(memInfo?.[key], this.pageKb))));
  }

  /** One counter added over nodes where they have it (since 4.8), else over zones. */
  places(key: string): Said<number> {
    for (const name of ['nodes', 'zones'] as const) {
      const found = (this.oom[name] ?? []).map((place, i) => this.at(`${name}.${i}`, field(place, key)));
      if (found.some(({ records }) => records.length > 0)) return sum(found);
    }
    return sum([]);
  }

  /** kB of the resident pages of all listed tasks. */
  get tasks(): { readonly tasksRssKb?: number } {
    const { tasks } = this.oom;
    return tasks === undefined ? {} : { tasksRssKb: tasks.reduce((kb, task) => kb + (task.rssPages ?? 0), 0) * this.pageKb };
  }
}

const scaled = (count: number | undefined, by: number): number | undefined => (count === undefined ? undefined : count * by);
const sum = (values: readonly Said<number>[]): Said<number> =>
  new Said(
    values.reduce((kb, { value }) => kb + value, 0),
    [...new Set(values.flatMap(({ records }) => records))],
  );

type Part = readonly [name: string, kb: Said<number>];

/** The parts that hold something, what none of them holds, and the tasks. */
function usage(scope: OomUsage['scope'], total: Said<number>, all: readonly Part[], counters: Counters): Sayable<OomUsage> {
  const parts = all.filter(([, kb]) => kb.value > 0);
  const held = parts.reduce((kb, [, part]) => kb + part.value, 0);
  return {
    scope,
    totalKb: total,
    parts: parts.map(([name, kb]) => kb.map((value) => ({ name, kb: value }))),
    unaccountedKb: total.value - held,
    ...counters.tasks,
  };
}

/** The LRU lists hold shmem among anonymous pages: mm/vmscan.c puts what is swap-backed there. */
function systemUsage(counters: Counters): Sayable<OomUsage> | undefined {
  const { oom, pageKb } = counters;
  const total =
    oom.ram?.pages === undefined
      ? sum((oom.zones ?? []).map((zone, i) => counters.at(`zones.${i}`, field(zone, 'managedKb'))))
      : sum([counters.at('ram.pages', oom.ram.pages * pageKb), counters.at('ram.reservedPages', scaled(oom.ram.reservedPages, -pageKb))]);
  if (total.value <= 0 || oom.memInfo?.free === undefined) return undefined;
  const lru = counters.info('activeAnon', 'inactiveAnon', 'isolatedAnon');
  const shmem = counters.info('shmem');
  const inLru = Math.min(shmem.value, lru.value);
  return usage(
    'system',
    total,
    [
      ['anonymous', lru.map((kb) => kb - inLru)],
      ['shmem', shmem],
      ['file', counters.info('activeFile', 'inactiveFile', 'isolatedFile')],
      ['unevictable', counters.info('unevictable').map((kb) => Math.max(kb - (shmem.value - inLru), 0))],
      ['slab reclaimable', counters.info('slabReclaimable')],
      ['slab unreclaimable', counters.info('slabUnreclaimable')],
      ['page tables', counters.info('pagetables', 'secPagetables')],
      ['kernel stacks', counters.places('kernelStackKb')],
      ['huge pages', sum((oom.hugepages ?? []).map(({ total, sizeKb }, i) => counters.at(`hugepages.${i}`, (total ?? 0) * (sizeKb ?? 0))))],
      ['per-cpu free lists', counters.info('freePcp')],
      ['free', counters.info('free')],
    ],
    counters,
  );
}

/**
 * v2 counts bytes and `file` includes shmem; v1 counts kB, and `cache` includes shmem. Since 6.5 v1 prints its own names in bytes, each
 * group's and with `total_` the tree's: mm/memcontrol-v1.c memcg1_stat_format().
 */
function cgroupUsage(counters: Counters): Sayable<OomUsage> | undefined {
  const { limits, memcgStat: stat } = counters.oom;
  if (limits?.memory?.usageKb === undefined || stat === undefined) return undefined;
  const isV2 = typeof stat.anon === 'number';
  const inBytes = isV2 || typeof stat.totalRss === 'number' || typeof stat.hierarchicalMemoryLimit === 'number';
  const scale = inBytes ? 1 / 1024 : 1;
  // v1 prints a line for each group of the tree: the sums are the tree's
  const kb = (key: string): Said<number> => {
    const ofTree = `total${key.charAt(0).toUpperCase()}${key.slice(1)}`;
    const path = typeof stat[ofTree] === 'number' ? ofTree : key;
    const own = stat[path];
    if (typeof own === 'number') return counters.at(`memcgStat.${path}`, Math.round(own * scale));
    const groups = Object.values(stat).map((group) => (typeof group === 'object' ? group[key] : undefined));
    const total = groups.reduce<number>((all, count) => all + (count ?? 0), 0);
    return counters.at('memcgStat', groups.some((count) => count !== undefined) ? Math.round(total * scale) : undefined);
  };
  const shmem = kb('shmem');
  const anon = kb(isV2 ? 'anon' : 'rss');
  const kernel: Part[] = isV2 ? kernelParts(kb) : [['kernel', counters.at('limits.kmem', limits.kmem?.usageKb)]];
  return usage(
    'cgroup',
    counters.at('limits.memory', limits.memory.usageKb),
    [
      ['anonymous', anon],
      ['swap cache', swapCache(kb, anon.value + shmem.value)],
      ['shmem', shmem],
      ['file', kb(isV2 ? 'file' : 'cache').map((value) => Math.max(value - shmem.value, 0))],
      ...kernel,
      ['sockets', kb('sock')],
      ['huge pages', kb('hugetlb')],
    ],
    counters,
  );
}

/** Pages on their way to or from swap that nobody maps: `anon` counts mapped ones (NR_ANON_MAPPED), the LRU lists all. Since 5.12. */
function swapCache(kb: (key: string) => Said<number>, mapped: number): Said<number> {
  const lru = kb('activeAnon').value + kb('inactiveAnon').value;
  return kb('swapcached').map((all) => (lru > 0 ? Math.min(all, Math.max(lru - mapped, 0)) : all));
}

/** What `kernel` (since 5.18) is made of; kernels before print the parts alone. Compressed swap is charged as kernel memory too. */
function kernelParts(kb: (key: string) => Said<number>): Part[] {
  const parts: Part[] = [
    ['slab', kb('slab')],
    ['kernel stacks', kb('kernelStack')],
    ['page tables', sum([kb('pagetables'), kb('secPagetables')])],
    ['per-cpu', kb('percpu')],
    ['zswap', kb('zswap')],
  ];
  const named = parts.reduce((all, [, part]) => all + part.value, 0);
  return [...parts, ['kernel', kb('kernel').map((all) => Math.max(all - named, 0))]];
}
