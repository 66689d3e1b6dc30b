import type { Token } from './tokens.ts';

/** The sorts of the tokens that lines have in common, and which lines have them up to each. */
export interface Common {
  readonly sorts: readonly string[];
  /** After the n-th token: the lines that have all tokens up to it. */
  readonly having: readonly (readonly number[])[];
}

/** The tokens that at least `share` of the lines have, one after the other: at each place the one that most have. */
export function commonTokens(lines: readonly (readonly Token[])[], share: number): Common {
  const sorts: string[] = [];
  const having: (readonly number[])[] = [];
  const least = lines.length * share;
  for (let left = [...lines.keys()]; ; ) {
    const depth = sorts.length;
    const bySort = new Map<string, number[]>();
    for (const i of left) {
      const sort = lines[i]?.[depth]?.sort;
      if (sort === undefined) continue;
      const same = bySort.get(sort);
      if (same === undefined) bySort.set(sort, [i]);
      else same.push(i);
    }
    let best: [string, number[]] | undefined;
    for (const entry of bySort) if (entry[1].length > (best?.[1].length ?? 0)) best = entry;
    if (best === undefined || best[1].length < least) return { sorts, having };
    sorts.push(best[0]);
    having.push(best[1]);
    left = best[1];
  }
}
