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
  const tablesKb = part('page tables');
  if (tablesKb > totalKb * PAGETABLE_SHARE)
    found.push({ what: 'page tables', kb: tablesKb, text: `page tables hold ${share(tablesKb)}`, section: 'memInfo' });
  const kernelKb = part('kernel');
  if (kernelKb > totalKb * SLAB_SHARE)
    found.push({
      what: 'kernel memory',
      kb: kernelKb,
      text: `kernel memory charged to the cgroup is ${share(kernelKb)}`,
      section: 'memcgStat',
    });
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
      text: `${share(lost)} are in no counter of the report: pages a driver, a balloon or the kernel allocated directly`,
      section: 'unaccounted',
    });
  }
  return found.sort((a, b) => b.kb - a.kb);
}
