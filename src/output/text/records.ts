/** Numbers that follow one another, or one. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Runs that are named; of more it is said how many records they are. */
const MOST = 12;

/** `841–893`, or `841` for one record. */
const rangeText = ({ first, last }: Run): string => (first === last ? `${first}` : `${first}–${last}`);

/** The records of an event: `841–893` where all between are its own, `841…893` where others stand among them. */
export const eventRange = ({ first, last, count }: Run & { readonly count: number }): string =>
  first === last ? `${first}` : `${first}${spanMark({ first, last, count })}${last}`;
export const spanMark = ({ first, last, count }: Run & { readonly count: number }): string => (count === last - first + 1 ? '–' : '…');

/**
 * The numbers in order, three and more that follow one another as a run. A range claims every number in it: in a text log, where a record
 * is numbered by its line, those that stand next to each other are a run only if no line is between them.
 * @tested
 */
export function runsOf(records: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const seq of [...new Set(records)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.last === seq - 1) runs[runs.length - 1] = { first: last.first, last: seq };
    else runs.push({ first: seq, last: seq });
  }
  return runs.flatMap((run) => (run.last === run.first + 1 ? [run.first, run.last].map((seq) => ({ first: seq, last: seq })) : [run]));
}

/** The first runs, and how many records are in the rest. */
export function fewRuns(records: readonly number[], most = MOST): { readonly runs: readonly Run[]; readonly more: number } {
  const all = runsOf(records);
  return { runs: all.slice(0, most), more: all.slice(most).reduce((sum, { first, last }) => sum + last - first + 1, 0) };
}

/** ` [498, 544]`, behind what they say; empty for none. */
export const recordsList = (records: readonly number[] = []): string => (records.length === 0 ? '' : ` [${recordsText(records)}]`);

/** The records that a sentence rests on: `7, 12`, `18–23, 32, 37–40`, `3, 9 and 5 more`. Empty for none. */
export function recordsText(records: readonly number[] = [], most = MOST): string {
  const { runs, more } = fewRuns(records, most);
  return `${runs.map(rangeText).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
