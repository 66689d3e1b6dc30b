import type { Dump, SplitSet } from './dump.ts';
import { type PageState, worse } from './page-state.ts';

/**
 * A --split set as one memory: each member holds a range of page frames, and each page comes from the member that has it.
 * Members may be given in any order; what no member given holds is missing, never zero.
 */
export function joinSplit(members: readonly Dump[]): Dump {
  const ordered = [...members].sort((a, b) => (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0));
  const first = ordered[0]!;
  const ranges = ordered.flatMap((m) => m.ranges);
  const split = ordered.map((m) => m.details.split).reduce(together);
  const { blockSize } = first;
  const memberOf = (paddr: number): Dump | undefined => ordered.find((m) => m.ranges.some((r) => paddr >= r.start && paddr < r.end));
  const alternatives = members.flatMap(({ alternative }) => alternative ?? []);
  const incomplete = [absent(split), ...ordered.map((m) => m.details.incomplete)].filter((why) => why !== undefined);
  return {
    ...first,
    ranges,
    starts: undefined,
    notes: ordered.find((m) => m.notes.length > 0)?.notes ?? [],
    alternative: alternatives.length === members.length ? joinSplit(alternatives) : undefined,
    details: {
      ...first.details,
      split,
      incomplete: incomplete.length > 0 ? [...new Set(incomplete)].join('; ') : undefined,
      warnings: [...new Set(ordered.flatMap((m) => m.details.warnings))],
    },
    holds: (paddr) => memberOf(paddr)?.holds(paddr) ?? false,
    nextHeld: (paddr) => {
      const next = ordered.flatMap((m) => m.nextHeld(paddr) ?? []);
      return next.length > 0 ? Math.min(...next) : undefined;
    },
    readPhysical(paddr, into) {
      let state: PageState = 'present';
      for (let done = 0; done < into.length; ) {
        const at = paddr + done;
        const length = Math.min(blockSize - (at % blockSize), into.length - done);
        const part = into.subarray(done, done + length);
        const member = memberOf(at);
        if (!member) part.fill(0);
        state = worse(state, member ? member.readPhysical(at, part) : 'missing');
        done += length;
      }
      return state;
    },
  };
}

function together(a: SplitSet | undefined, b: SplitSet | undefined): SplitSet | undefined {
  return a && b ? { members: a.members + b.members, frames: [...a.frames, ...b.frames], of: Math.max(a.of, b.of) } : (a ?? b);
}

/** Which page frames no member holds; the first gap is told. */
function absent(split: SplitSet | undefined): string | undefined {
  if (split === undefined) return undefined;
  let covered = 0;
  for (const { start, end } of [...split.frames, { start: split.of, end: split.of }].sort((a, b) => a.start - b.start)) {
    if (start > covered) return `a member of the split set is absent: nothing holds page frames ${covered} to ${start - 1} of ${split.of}`;
    covered = Math.max(covered, end);
  }
  return undefined;
}
