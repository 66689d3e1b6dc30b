import type { Oom } from '../../event/event.ts';
import { count } from '../line/numbers.ts';
import { numberIn } from './units.ts';

/** What is known of the inside of the parts that src/event/oom/usage.ts names: fields of memory.stat or Mem-Info, and their words. */
const INSIDE: ReadonlyMap<string, readonly (readonly [field: string, word: string])[]> = new Map(
  Object.entries({
    anonymous: [['anonThp', 'huge pages']],
    file: [
      ['fileMapped', 'mapped'],
      ['fileDirty', 'dirty'],
      ['fileWriteback', 'writeback'],
      ['mapped', 'mapped'],
      ['dirty', 'dirty'],
      ['writeback', 'writeback'],
    ],
    kernel: [
      ['slab', 'slab'],
      ['pagetables', 'page tables'],
      ['kernelStack', 'stacks'],
      ['percpu', 'per-cpu'],
      ['vmalloc', 'vmalloc'],
    ],
  }),
);

/** `slab 12 · page tables 164`, kB: what a part holds, as far as the report tells. */
export function insideText(oom: Oom, name: string): string {
  const { memcgStat, memInfo, usage, pageSizeKb } = oom;
  const inKb = (field: string): number | undefined => {
    if (usage?.scope === 'system') return pageSizeKb === undefined ? undefined : times(memInfo?.[field], pageSizeKb);
    // v2 counts bytes; of v1 only the sums are comparable
    return typeof memcgStat?.anon === 'number' ? times(numberIn(memcgStat[field]), 1 / 1024) : undefined;
  };
  return (INSIDE.get(name) ?? [])
    .flatMap(([field, word]) => {
      const kb = inKb(field);
      return kb === undefined || kb < 1 ? [] : [`${word} ${count(Math.round(kb))}`];
    })
    .join(' · ');
}

const times = (n: number | undefined, by: number): number | undefined => (n === undefined ? undefined : n * by);
