import type { OomFacts } from './facts.ts';

/** Bytes in kB of one page, and whether the report itself says so. */
export interface PageSize {
  readonly kb: number;
  readonly inferred: boolean;
}

/** A page is the buddy list's first block; without one, what the victim's size in kB and in pages make of each other; else 4 kB. */
export function pageSizeOf(facts: OomFacts, columns: readonly string[]): PageSize {
  const first = facts.buddies[0]?.value.blocks.find((block) => block.order === 0)?.sizeKb;
  if (first !== undefined && first > 0) return { kb: first, inferred: false };
  const at = columns.indexOf('total_vm');
  for (const { value: victim } of facts.killed) {
    const pages = facts.rows.find((row) => row.pid === victim.pid)?.cells[at] ?? 0;
    const kb = (victim.counters.totalVmKb ?? 0) / pages;
    if ([4, 8, 16, 64, 256].includes(kb)) return { kb, inferred: false };
  }
  return { kb: 4, inferred: true };
}
