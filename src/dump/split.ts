import type { Dump, PageState } from './dump.ts';

/**
 * A --split set as one memory: each member holds a range of page frames, and each page comes from the member that has it.
 * Members may be given in any order; what no member given holds is missing, never zero.
 */
export function joinSplit(members: readonly Dump[]): Dump {
  const ordered = [...members].sort((a, b) => (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0));
  const first = ordered[0]!;
  const ranges = ordered.flatMap((m) => m.ranges);
  const gap = ranges.find((r, i) => i > 0 && r.start > ranges[i - 1]!.end);
  const { blockSize } = first;
  const memberOf = (paddr: number): Dump | undefined => ordered.find((m) => m.ranges.some((r) => paddr >= r.start && paddr < r.end));
  return {
    ...first,
    ranges,
    notes: ordered.find((m) => m.notes.length > 0)?.notes ?? [],
    alternative: undefined,
    details: {
      ...first.details,
      split: { members: ordered.length },
      incomplete: gap
        ? `a member of the split set is absent: nothing holds ${hex(gapStart(ranges, gap))}–${hex(gap.start)}`
        : first.details.incomplete,
      warnings: [...new Set(ordered.flatMap((m) => m.details.warnings))],
    },
    holds: (paddr) => memberOf(paddr)?.holds(paddr) ?? false,
    readPhysical(paddr, into) {
      let worst: PageState = 'present';
      for (let done = 0; done < into.length; ) {
        const at = paddr + done;
        const length = Math.min(blockSize - (at % blockSize), into.length - done);
        const part = into.subarray(done, done + length);
        const member = memberOf(at);
        const state = member ? member.readPhysical(at, part) : 'missing';
        if (!member) part.fill(0);
        if (state !== 'present' && (worst === 'present' || state !== 'excluded')) worst = state;
        done += length;
      }
      return worst;
    },
  };
}

const hex = (n: number): string => `0x${n.toString(16)}`;
const gapStart = (ranges: readonly { readonly start: number; readonly end: number }[], gap: { readonly start: number }): number =>
  Math.max(...ranges.filter((r) => r.start < gap.start).map((r) => r.end));
