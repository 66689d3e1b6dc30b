import type { PrintkRecord } from '../../record/record.ts';

/** So many neighbours must agree, where there are as many, before two dumps count as one log. */
const NEIGHBOURS = 8;

/**
 * Joins two dumps of one ring: the later one holds the earlier one's lines again. Where they meet, the overlap is given once, with the
 * level that either knows; where they do not, both are given.
 */
export function mergeDumps(earlier: readonly PrintkRecord[], later: readonly PrintkRecord[]): PrintkRecord[] {
  const last = earlier.length - 1;
  if (last < 0) return [...later];
  for (let at = later.length - 1; at >= 0; at--) {
    if (!meets(earlier, last, later, at)) continue;
    const before = later.slice(0, Math.max(0, at - last));
    const after = later.slice(at + 1);
    const shared = earlier.map((record, i) => both(record, later[at - last + i]));
    return [...before, ...shared, ...after];
  }
  return [...earlier, ...later];
}

function meets(earlier: readonly PrintkRecord[], last: number, later: readonly PrintkRecord[], at: number): boolean {
  for (let k = 0; k <= NEIGHBOURS; k++) {
    const a = earlier[last - k];
    const b = later[at - k];
    if (a === undefined || b === undefined) return k > 0;
    // a dump can end, and another begin, in the middle of a line
    const same =
      a.text === b.text ||
      (k === 0 && b.text.startsWith(a.text)) ||
      (at === k && (a.text.endsWith(b.text) || (b.usec === undefined && b.text.endsWith(a.text)))) ||
      (last === k && b.text.endsWith(a.text));
    if (!same || (a.usec !== undefined && b.usec !== undefined && a.usec !== b.usec)) return false;
  }
  return true;
}

/** Of two copies of a record the longer text, and what either knows. */
function both(a: PrintkRecord, b: PrintkRecord | undefined): PrintkRecord {
  if (b === undefined) return a;
  // a line that is cut within its prefix has no time, and what is left of the prefix in its text
  const text = b.text.length > a.text.length && (b.usec !== undefined || a.usec === undefined) ? b.text : a.text;
  return {
    ...a,
    text,
    usec: a.usec ?? b.usec,
    level: a.level ?? b.level,
    facility: a.facility ?? b.facility,
    callerId: a.callerId ?? b.callerId,
    wall: a.wall ?? b.wall,
  };
}
