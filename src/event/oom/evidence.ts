import type { OomEvidence } from '../event.ts';
import type { Said } from '../facts/said.ts';
import type { OomFacts } from './facts.ts';

/** A claim with the records it rests on; `inferred` where it is a conclusion and not what a record says. */
export function claim(text: string, records: readonly number[], inferred = false): OomEvidence {
  const sorted = [...new Set(records)].sort((a, b) => a - b);
  return { text, ...(sorted.length > 0 ? { records: sorted } : {}), ...(inferred ? { inferred } : {}) };
}

/** The records of lines, without those that the report lacks. */
export const recordsOf = (...lines: readonly (Said<unknown> | undefined)[]): number[] => lines.flatMap((line) => line?.records ?? []);

/** Records that say who died. */
export const killRecords = (facts: OomFacts): number[] => recordsOf(...facts.chosen, ...facts.killed).slice(0, 8);

/** The first and the last row of the task table stand for all of it. */
export const tableRecords = ({ rowRecords }: OomFacts): number[] => [...rowRecords.slice(0, 1), ...rowRecords.slice(-1)];
