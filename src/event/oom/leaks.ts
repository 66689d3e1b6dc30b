import type { Oom, OomUsage } from '../event.ts';
import { percentText, sizeText } from './size-text.ts';

/** A consumer that holds a disproportionate share, named. */
export interface LeakSuspect {
  readonly what: string;
  readonly kb: number;
  readonly text: string;
  readonly section: 'slabs' | 'memInfo' | 'allocations' | 'unaccounted' | 'memcgStat';
}

/** Shares of the total above which a consumer is named: what a healthy machine of any size stays far below. */
const SLAB_SHARE = 0.25;
const CACHE_SHARE_OF_SLAB = 0.4;
const SHMEM_SHARE = 0.4;
const PAGETABLE_SHARE = 0.1;
const UNACCOUNTED_SHARE = 0.15;
const STACKS_SHARE = 0.1;
const HUGE_SHARE = 0.3;
const ZSWAP_SHARE = 0.2;

/** Parts that are few everywhere else, the share from which on they are named, and how. */
const SHARES: readonly (readonly [part: string, least: number, holds: string])[] = [
  ['page tables', PAGETABLE_SHARE, 'page tables hold'],
  ['kernel stacks', STACKS_SHARE, 'kernel stacks (of threads) hold'],
  ['huge pages', HUGE_SHARE, 'huge pages that were set aside hold'],
  ['kernel', SLAB_SHARE, 'kernel memory charged to the cgroup is'],
  ['slab', SLAB_SHARE, 'slab charged to the cgroup is'],
  ['per-cpu', SLAB_SHARE, 'per-cpu memory of the kernel holds'],
  ['zswap', ZSWAP_SHARE, 'compressed swap (zswap) holds'],
  ['sockets', SLAB_SHARE, 'socket buffers hold'],
  ['unevictable', SHMEM_SHARE, 'locked pages (mlock, or pinned) hold'],
];

/** Slab, shmem, page tables and what no counter shows, where they hold more than their share. */
export function leakSuspects(oom: Oom, usage: OomUsage | undefined): LeakSuspect[] {
  if (usage === undefined) return [];
  const { totalKb } = usage;
  const part = (name: string): number => usage.parts.find((p) => p.name === name)?.kb ?? 0;
  const share = (kb: number): string => `${sizeText(kb)}, ${percentText(kb, totalKb)} of ${sizeText(totalKb)}`;
  const found: LeakSuspect[] = [];
  const slabKb = part('slab unreclaimable');
  if (slabKb > totalKb * SLAB_SHARE) {
    found.push({ what: 'unreclaimable slab', kb: slabKb, text: `unreclaimable slab holds ${share(slabKb)}`, section: 'memInfo' });
  }
  const caches = [...(oom.slabs ?? [])].sort((a, b) => (b.totalKb ?? 0) - (a.totalKb ?? 0));
  const slabSum = caches.reduce((sum, cache) => sum + (cache.totalKb ?? 0), 0);
  const greatest = caches[0];
  if (greatest !== undefined && (greatest.totalKb ?? 0) > slabSum * CACHE_SHARE_OF_SLAB && (greatest.totalKb ?? 0) > totalKb * 0.05) {
    found.push({
      what: `slab cache ${greatest.name}`,
      kb: greatest.totalKb ?? 0,
      text: `slab cache ${greatest.name} holds ${share(greatest.totalKb ?? 0)}`,
      section: 'slabs',
    });
  }
  const shmemKb = part('shmem');
  if (shmemKb > totalKb * SHMEM_SHARE) {
    found.push({
      what: 'shmem',
      kb: shmemKb,
      text: `shared memory and tmpfs hold ${share(shmemKb)}; killing a process does not free a file in tmpfs`,
      section: usage.scope === 'cgroup' ? 'memcgStat' : 'memInfo',
    });
  }
  const section = usage.scope === 'cgroup' ? 'memcgStat' : 'memInfo';
  for (const [name, least, holds] of SHARES) {
    const kb = part(name);
    if (kb > totalKb * least) found.push({ what: name, kb, text: `${holds} ${share(kb)}`, section });
  }
  const site = oom.allocations?.[0];
  if (site !== undefined && site.bytes / 1024 > totalKb * SLAB_SHARE) {
    const name = `${site.func ?? site.site}${site.module === undefined ? '' : ` [${site.module}]`}`;
    found.push({
      what: `allocations of ${name}`,
      kb: Math.round(site.bytes / 1024),
      text: `allocations by ${name} at ${site.site} hold ${share(Math.round(site.bytes / 1024))}`,
      section: 'allocations',
    });
  }
  const lost = usage.unaccountedKb ?? 0;
  if (usage.scope === 'system' && lost > totalKb * UNACCOUNTED_SHARE) {
    found.push({
      what: 'no counter',
      kb: lost,
      text: `${share(lost)} are in no counter of the report: pages that a driver, a balloon${compressed(oom) ? ', compressed swap (zram, zswap)' : ''} or the kernel allocated directly`,
      section: 'unaccounted',
    });
  }
  return found.sort((a, b) => b.kb - a.kb);
}

/** What is swapped out may lie in memory, compressed: neither zram nor zswap has a counter in the dump. */
const compressed = ({ swap }: Oom): boolean => (swap?.totalKb ?? 0) - (swap?.freeKb ?? 0) > 0;
