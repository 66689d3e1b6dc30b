import type { OomVictimChoice } from '../event.ts';
import type { OomFindings } from './findings.ts';

/** What to try, most promising first; each follows from a finding of this report. */
export function tryNext({ oom, facts, isMemcg, usage, zones, leaks }: OomFindings, choice: OomVictimChoice | undefined): string[] {
  const found: string[] = [];
  const top = choice?.badness[0];
  const share = (name: string): number => (usage?.parts.find((part) => part.name === name)?.kb ?? 0) / (usage?.totalKb ?? 1);
  const failure = facts.invoked.length === 0 ? facts.failures[0]?.value : undefined;
  const cacheNamed = leaks.some(({ section }) => section === 'slabs');
  for (const { section, what } of leaks) {
    if (what === 'unreclaimable slab' && cacheNamed) continue;
    if (section === 'slabs' || what === 'unreclaimable slab')
      found.push(`find who fills ${what}: slabtop, or slub_debug=U for that cache; in a dump kmem -s (crash)`);
    else if (what === 'shmem') found.push('look for large files in tmpfs and /dev/shm (df -t tmpfs, ipcs -m)');
    else if (section === 'allocations') found.push(`look at ${what}: they are the kernel's, not a process's`);
    else if (section === 'unaccounted')
      found.push('look for balloons, huge page reserves, RDMA or GPU drivers: what they hold is in no counter');
    else if (what === 'page tables') found.push('use huge pages for what many processes share: page tables are per process');
  }
  if (failure?.what === 'vmalloc' || failure?.what === 'vmap')
    found.push('look at who asks for that size (the stack); /proc/vmallocinfo shows what fills the area');
  if (failure?.what === 'cma') found.push('enlarge the area (cma=), or look for long-term pinned pages in it');
  if (zones.some(({ state }) => state === 'fragmented'))
    found.push(
      'for blocks of this order: raise vm.min_free_kbytes or vm.watermark_scale_factor, echo 1 > /proc/sys/vm/compact_memory, or have the caller use vmalloc',
    );
  if (zones.some(({ state, zone }) => state === 'kept' && Number(zone.freeCmaKb ?? 0) > 0)) {
    found.push('free memory is in the CMA area, which only movable requests may use: make it smaller (cma=) if nothing needs it');
  }
  if (zones.some(({ state }) => state === 'not-allowed')) found.push('widen cpuset.mems or the memory policy: other nodes had memory');
  const usable = zones.filter(({ state }) => state !== 'too-high' && state !== 'not-allowed');
  if (usable.length > 0 && usable.every(({ state }) => state === 'reserved')) {
    found.push('free memory is only in zones kept for others: vm.lowmem_reserve_ratio says how much; more RAM in the requested zone helps');
  }
  if (isMemcg) {
    const path = oom.cgroup?.oomMemcg ?? oom.cgroup?.taskMemcg ?? 'the cgroup';
    found.push(
      `raise the limit of ${path}${top === undefined ? '' : `, or keep ${top.comm ?? `pid ${top.pid}`} below it (heap, threads, caches)`}`,
    );
    if (share('file') > 0.3)
      found.push('file pages fill the cgroup: dirty pages that cannot be written fast enough count against the limit');
  } else if (failure === undefined) {
    if (oom.swap?.totalKb === 0) found.push('there is no swap: anonymous memory cannot be moved anywhere; some swap or zswap buys time');
    if (top !== undefined) found.push(`bound the greatest consumer, ${top.comm ?? 'pid'}[${top.pid}]: a memory cgroup, or its own limits`);
    if (oom.trigger?.order !== undefined && oom.trigger.order > 0 && oom.trigger.order <= 3)
      found.push(`the request was of order ${oom.trigger.order}: the kernel kills for orders up to 3`);
  }
  if (facts.killed.length > 0 && choice !== undefined && !choice.explains && (choice.badness[0]?.points ?? 0) > 0)
    found.push('check oom_score_adj of the tasks at the top of the table');
  return [...new Set(found)].slice(0, 5);
}
