import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { percpuCounter } from '../percpu-counter.ts';
import { sum } from '../row.ts';

/** MM_FILEPAGES, MM_ANONPAGES, MM_SHMEMPAGES; 2 counts swap entries. Never changed since 4.5. */
const RESIDENT = [0, 1, 3];

/**
 * Resident pages of an address space, negatives counted as none, as crash and /proc do.
 * @param threads that share it: up to 6.1 each keeps counts that it has not added yet
 */
export function residentPages(kernel: KernelContext, mm: Struct, threads: readonly Struct[]): number | undefined {
  return sum(RESIDENT.map((kind) => atLeast0(counterOf(kernel, mm, kind, threads))));
}

const atLeast0 = (n: number | undefined): number | undefined => (n === undefined ? undefined : Math.max(0, n));

function counterOf(kernel: KernelContext, mm: Struct, kind: number, threads: readonly Struct[]): number | undefined {
  // 6.2 f1a7941243c1: four percpu_counters
  if (!mm.has('rss_stat.count')) return percpuCounter(kernel, mm.inner(`rss_stat[${kind}]`));
  const shared = mm.num(`rss_stat.count[${kind}]`);
  const own = threads[0]?.has('rss_stat') ? threads.map((task) => atLeast0(task.num(`rss_stat.count[${kind}]`))) : [];
  return sum([shared, ...own]);
}
