import type { OomFacts } from './facts.ts';

/** Bytes in kB of one page, and whether the report itself says so. */
export interface PageSize {
  readonly kb: number;
  readonly inferred: boolean;
  /** The records that say so. */
  readonly records: number[];
}

/** The buddy list's first block is one page; without it, the victim's size in kB and in pages give it; else 4 kB. */
export function pageSizeOf(facts: OomFacts, columns: readonly string[]): PageSize {
  const list = facts.buddies[0];
  const first = list?.value.blocks.find((block) => block.order === 0)?.sizeKb;
  if (list !== undefined && first !== undefined && first > 0) return { kb: first, inferred: false, records: list.records };
  const at = columns.indexOf('total_vm');
  for (const { value: victim, records } of facts.killed) {
    const row = facts.rows.findIndex(({ pid }) => pid === victim.pid);
    const kb = (victim.counters.totalVmKb ?? 0) / (facts.rows[row]?.cells[at] ?? 0);
    if ([4, 8, 16, 64, 256].includes(kb)) return { kb, inferred: false, records: [...facts.rowRecords.slice(row, row + 1), ...records] };
  }
  return { kb: 4, inferred: true, records: [] };
}
