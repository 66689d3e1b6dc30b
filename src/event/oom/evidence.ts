import type { OomEvidence } from '../event.ts';
import type { OomFacts, Said } from './facts.ts';

/** A claim with the records it rests on; `inferred` where it is a conclusion and not what a record says. */
export function claim(text: string, records: readonly (number | undefined)[], inferred = false): OomEvidence {
  const seqs = [...new Set(records.filter((seq) => seq !== undefined))].sort((a, b) => a - b);
  return { text, ...(seqs.length > 0 ? { records: seqs } : {}), ...(inferred ? { inferred } : {}) };
}

export const seqs = (lines: readonly Said<unknown>[]): number[] => lines.map(({ seq }) => seq);

/** Records that say who died. */
export const killSeqs = (facts: OomFacts): number[] => [...seqs(facts.chosen), ...seqs(facts.killed)].slice(0, 8);
