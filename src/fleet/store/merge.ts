import type { Unit } from './layout.ts';

/** Units of a day from which on merging begins: each is three files that every question opens. */
const FEW = 12;
/** How much larger than all that came after it a unit is that is left alone: every row is written again a few times only. */
const LARGER = 4;

/**
 * Which units of one day are to be merged: the newest, up to one that is large beside them; none where there are few.
 * @param units of one day, oldest first
 * @param isOver nothing more is read on that day: there need be no few
 */
export function toMerge(units: readonly Unit[], isOver: boolean): readonly Unit[] {
  if (units.length < (isOver ? 2 : FEW)) return [];
  let sum = 0;
  let first = units.length;
  for (let i = units.length - 1; i >= 0; i--) {
    const { bytes } = units[i]!;
    if (sum > 0 && bytes > sum * LARGER) break;
    sum += bytes;
    first = i;
  }
  const newest = units.slice(first);
  return newest.length > 1 ? newest : [];
}
