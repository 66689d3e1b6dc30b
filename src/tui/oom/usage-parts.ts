import type { Oom } from '../../event/event.ts';
import { count } from '../line/numbers.ts';
import { numberIn } from './units.ts';

/** A part of the usage: which lines of the report say it, and what is known of its inside. */
interface Part {
  /** Mem-Info, node and zone lines: mm/show_mem.c. */
  readonly system?: RegExp;
  /** memory.stat: a line each on v2, one line a group on v1. */
  readonly cgroup?: RegExp;
  readonly inside: readonly (readonly [field: string, name: string])[];
}

const V1 = 'Memory cgroup stats';

/** Parts by the names that src/event/oom/usage.ts gives them. */
export const PARTS: Readonly<Record<string, Part>> = {
  anonymous: { system: /active_anon:/, cgroup: new RegExp(`^ ?anon \\d|${V1}`), inside: [['anonThp', 'huge pages']] },
  shmem: { system: /\bshmem:/, cgroup: new RegExp(`^ ?shmem \\d|${V1}`), inside: [] },
  file: {
    system: /active_file:/,
    cgroup: new RegExp(`^ ?file \\d|${V1}`),
    inside: [
      ['fileMapped', 'mapped'],
      ['fileDirty', 'dirty'],
      ['fileWriteback', 'writeback'],
      ['mapped', 'mapped'],
      ['dirty', 'dirty'],
      ['writeback', 'writeback'],
    ],
  },
  kernel: {
    cgroup: /^ ?kernel \d|^ ?slab \d|^kmem: usage/,
    inside: [
      ['slab', 'slab'],
      ['pagetables', 'page tables'],
      ['kernelStack', 'stacks'],
      ['percpu', 'per-cpu'],
      ['vmalloc', 'vmalloc'],
    ],
  },
  sockets: { cgroup: /^ ?sock \d/, inside: [] },
  unevictable: { system: /\bunevictable:/, inside: [] },
  'slab reclaimable': { system: /slab_reclaimable:/, inside: [] },
  'slab unreclaimable': { system: /slab_unreclaimable:/, inside: [] },
  'page tables': { system: /\bpagetables:/, inside: [] },
  'kernel stacks': { system: /kernel_stack:/, inside: [] },
  'huge pages': { system: /hugepages_total=/, inside: [] },
  'per-cpu free lists': { system: /\bfree_pcp:/, inside: [] },
  free: { system: /\bfree:\d/, inside: [] },
};

/** `slab 12 · page tables 164`, kB: what a part holds, as far as the report tells. */
export function insideText(oom: Oom, name: string): string {
  const { memcgStat, memInfo, usage, pageSizeKb } = oom;
  const inKb = (field: string): number | undefined => {
    if (usage?.scope === 'system') return pageSizeKb === undefined ? undefined : times(memInfo?.[field], pageSizeKb);
    // v2 counts bytes; of v1 only the sums are comparable
    return typeof memcgStat?.anon === 'number' ? times(numberIn(memcgStat[field]), 1 / 1024) : undefined;
  };
  return (PARTS[name]?.inside ?? [])
    .flatMap(([field, word]) => {
      const kb = inKb(field);
      return kb === undefined || kb < 1 ? [] : [`${word} ${count(Math.round(kb))}`];
    })
    .join(' · ');
}

const times = (n: number | undefined, by: number): number | undefined => (n === undefined ? undefined : n * by);
