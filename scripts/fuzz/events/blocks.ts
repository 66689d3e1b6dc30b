import { SHARED } from '../../../grammars/call-trace/lines.ts';
import { FAMILIES } from '../../../grammars/families.ts';
import type { Random } from '../random.ts';

const STAMP = /^(?:<\d+>)?\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? ?/;

/** Logs without their stamps, as lists of lines. */
export const bare = (logs: readonly string[]): readonly (readonly string[])[] =>
  logs.map((log) =>
    log
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.replace(STAMP, '')),
  );

const examplesOf = (rows: readonly { readonly examples: readonly string[] }[]): string[] =>
  rows.flatMap(({ examples }) => examples.flatMap((example) => example.split('\n')));

/** What the tables say that the kernel prints, a list a family, each with what all reports share. */
const TABLES = FAMILIES.map(({ lines, also = [] }) => examplesOf([...lines, ...also]));
const OPENERS = FAMILIES.map(({ lines }) => examplesOf(lines.filter(({ opens }) => opens !== undefined)));
const SHARED_LINES = examplesOf(SHARED);

/** A report of a golden log, or a piece of it. */
export function realReport(logs: readonly (readonly string[])[], random: Random): string[] {
  const log = random.one(logs);
  if (random.below(3) > 0 && log.length <= 120) return [...log];
  const from = random.below(log.length);
  return log.slice(from, from + 1 + random.below(60));
}

/** A report that no kernel printed: an opener of a family, and lines of its table and of those that all share, in any order. */
export function madeReport(random: Random): string[] {
  const family = random.below(FAMILIES.length);
  const lines: string[] = [random.one(OPENERS[family]?.length ? (OPENERS[family] as string[]) : SHARED_LINES)];
  for (let n = random.below(24); n > 0; n--) {
    const table = random.below(3) === 0 ? SHARED_LINES : random.below(8) === 0 ? random.one(TABLES) : (TABLES[family] ?? SHARED_LINES);
    if (table.length > 0) lines.push(random.one(table));
  }
  return lines;
}
