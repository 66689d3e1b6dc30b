import type { PrintkRecord } from '../../record/record.ts';
import { PSTORE_HEADER } from '../sniff/line-kinds.ts';

/** One part of a dump: `Panic#2 Part1` and the lines under it. */
export interface Part {
  /** `Panic`, `Oops`, …; empty where a part has no header. */
  readonly reason: string;
  readonly count: number;
  readonly part: number;
  /** Seconds since 1970 in the name of its file. */
  readonly time?: number | undefined;
  /** The id in the name of its file: tells apart dumps that say the same of themselves. */
  readonly id: number;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly lineNo: number;
  readonly text: string;
}

/** The parts of one dump, oldest text first. */
export interface Dump {
  readonly count: number;
  readonly time?: number | undefined;
  readonly id: number;
  readonly parts: readonly Part[];
}

/** A part's header, or undefined. */
export function partHeader(line: string): { readonly reason: string; readonly count: number; readonly part: number } | undefined {
  const match = PSTORE_HEADER.exec(line);
  return match === null ? undefined : { reason: match[1] ?? '', count: Number(match[2]), part: Number(match[3]) };
}

/** Parts of one dump are written within seconds; a dump of another boot that bears the same number is further away. */
const SAME_DUMP_SECONDS = 60;

/** Sorts parts into dumps: same reason and count, each part once; Part1 holds the newest text, so parts come last first. */
export function dumpsOf(parts: readonly Part[]): Dump[] {
  const dumps: { reason: string; count: number; time: number | undefined; id: number; parts: Map<number, Part> }[] = [];
  const byAge = [...parts].sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.id - b.id);
  for (const part of byAge) {
    const dump = dumps.find(
      (d) =>
        d.reason === part.reason &&
        d.count === part.count &&
        !d.parts.has(part.part) &&
        (part.time === undefined || d.time === undefined ? part.part > 1 || d.parts.size > 0 : part.time - d.time <= SAME_DUMP_SECONDS),
    );
    if (dump === undefined)
      dumps.push({ reason: part.reason, count: part.count, time: part.time, id: part.id, parts: new Map([[part.part, part]]) });
    else dump.parts.set(part.part, part);
  }
  return dumps
    .map((d) => ({ count: d.count, time: d.time, id: d.id, parts: [...d.parts.values()].sort((a, b) => b.part - a.part) }))
    .sort((a, b) => apart(a, b) || a.count - b.count || a.id - b.id);
}

/** Dumps of one crash share a few seconds, in which their counts say the order. */
const apart = (a: Dump, b: Dump): number => {
  const seconds = (a.time ?? 0) - (b.time ?? 0);
  return Math.abs(seconds) > SAME_DUMP_SECONDS ? seconds : 0;
};

/** Marks the time of a dump on its last record. */
export function stamped(records: readonly PrintkRecord[], time: number | undefined): PrintkRecord[] {
  const last = records.at(-1);
  if (last === undefined || time === undefined || last.wall !== undefined) return [...records];
  return [...records.slice(0, -1), { ...last, wall: { usec: Math.round(time * 1e6), source: 'pstore', uncertaintySeconds: 2 } }];
}
