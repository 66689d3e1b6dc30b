import type { Oom, OomUsage } from '../event.ts';

const sum = (values: readonly (number | undefined)[]): number => values.reduce<number>((total, value) => total + (value ?? 0), 0);
const field = (object: object, key: string): number | undefined => {
  const value = (object as Record<string, unknown>)[key];
  return typeof value === 'number' ? value : undefined;
};

/** Adds one counter over nodes where they have it (since 4.8), else over zones. */
function total(oom: Oom, key: string): number | undefined {
  for (const places of [oom.nodes ?? [], oom.zones ?? []]) {
    const found = places.map((place) => field(place, key)).filter((kb) => kb !== undefined);
    if (found.length > 0) return sum(found);
  }
  return undefined;
}

/** kB of the resident pages of all listed tasks. */
const tasksRssKb = (oom: Oom, pageKb: number): number => sum((oom.tasks ?? []).map((task) => task.rssPages)) * pageKb;

/** Where the memory is: of the machine (Mem-Info), or of the memory cgroup (memory.stat). Undefined where neither was printed. */
export const usageOf = (oom: Oom, isMemcg: boolean, pageKb: number): OomUsage | undefined =>
  isMemcg ? cgroupUsage(oom, pageKb) : systemUsage(oom, pageKb);

/** The LRU lists hold shmem among anonymous pages: mm/vmscan.c puts what is swap-backed there. */
function systemUsage(oom: Oom, pageKb: number): OomUsage | undefined {
  const info = oom.memInfo ?? {};
  const kb = (key: string): number => (info[key] ?? 0) * pageKb;
  const managed = sum((oom.zones ?? []).map((zone) => field(zone, 'managedKb')));
  const ram = oom.ram?.pages;
  const totalKb = ram === undefined ? managed : (ram - (oom.ram?.reservedPages ?? 0)) * pageKb;
  if (totalKb <= 0 || info.free === undefined) return undefined;
  const anonLru = kb('activeAnon') + kb('inactiveAnon') + kb('isolatedAnon');
  const shmem = Math.min(kb('shmem'), anonLru);
  const hugetlb = sum((oom.hugepages ?? []).map((pages) => (pages.total ?? 0) * (pages.sizeKb ?? 0)));
  const parts = [
    { name: 'anonymous', kb: anonLru - shmem },
    { name: 'shmem', kb: kb('shmem') },
    { name: 'file', kb: kb('activeFile') + kb('inactiveFile') + kb('isolatedFile') },
    { name: 'unevictable', kb: Math.max(kb('unevictable') - (kb('shmem') - shmem), 0) },
    { name: 'slab reclaimable', kb: kb('slabReclaimable') },
    { name: 'slab unreclaimable', kb: kb('slabUnreclaimable') },
    { name: 'page tables', kb: kb('pagetables') + kb('secPagetables') },
    { name: 'kernel stacks', kb: total(oom, 'kernelStackKb') ?? 0 },
    { name: 'huge pages', kb: hugetlb },
    { name: 'per-cpu free lists', kb: kb('freePcp') },
    { name: 'free', kb: kb('free') },
  ].filter((part) => part.kb > 0);
  return {
    scope: 'system',
    totalKb,
    parts,
    unaccountedKb: totalKb - sum(parts.map((part) => part.kb)),
    ...(oom.tasks === undefined ? {} : { tasksRssKb: tasksRssKb(oom, pageKb) }),
  };
}

/** v2 counts bytes and `file` includes shmem; v1 counts kB, and `cache` includes shmem. */
function cgroupUsage(oom: Oom, pageKb: number): OomUsage | undefined {
  const totalKb = oom.limits?.memory?.usageKb;
  const stat = oom.memcgStat;
  if (totalKb === undefined || stat === undefined) return undefined;
  const values = Object.values(stat);
  const inBytes = typeof stat.anon === 'number';
  const scale = inBytes ? 1 / 1024 : 1;
  // v1 prints a line for each group of the tree: the sums are the tree's
  const kb = (key: string): number => {
    const own = stat[key];
    if (typeof own === 'number') return Math.round(own * scale);
    return Math.round(sum(values.map((group) => (typeof group === 'object' ? group[key] : undefined))) * scale);
  };
  const shmem = kb('shmem');
  const kernel = inBytes
    ? kb('kernel') || kb('slab') + kb('kernelStack') + kb('pagetables') + kb('percpu')
    : (oom.limits?.kmem?.usageKb ?? 0);
  const parts = [
    { name: 'anonymous', kb: inBytes ? kb('anon') : kb('rss') },
    { name: 'shmem', kb: shmem },
    { name: 'file', kb: Math.max((inBytes ? kb('file') : kb('cache')) - shmem, 0) },
    { name: 'kernel', kb: kernel },
    { name: 'sockets', kb: kb('sock') },
  ].filter((part) => part.kb > 0);
  return {
    scope: 'cgroup',
    totalKb,
    parts,
    unaccountedKb: totalKb - sum(parts.map((part) => part.kb)),
    ...(oom.tasks === undefined ? {} : { tasksRssKb: tasksRssKb(oom, pageKb) }),
  };
}
