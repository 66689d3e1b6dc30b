import { firstCodes } from './first-codes.ts';
import type { Line } from './line.ts';

/**
 * Which row of a table a line is, by how it begins; undefined where it is none. `counts` tells whether a row that fits counts where the
 * line stands. Linear in the line.
 */
export type Recognise = (text: string, counts?: (line: Line, text: string) => boolean) => Line | undefined;

interface Candidate {
  readonly line: Line;
  readonly start: RegExp;
  readonly contains: string | undefined;
  readonly indented: boolean;
  /** What it can begin with. */
  readonly codes: readonly number[];
}

/** How a row begins: its `start`, or the literals that open it. */
export function startOf(line: Line): RegExp {
  if (line.start !== undefined) return line.start;
  const literals = (line.opens ?? []).flatMap((o) => o.literals);
  return new RegExp(literals.map((text) => text.trimStart().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '(?!)');
}

/** The shared rows stand in every family's table: their patterns are taken apart once. */
const candidates = new Map<Line, Candidate>();

function candidateOf(line: Line): Candidate {
  const known = candidates.get(line);
  if (known !== undefined) return known;
  const source = startOf(line);
  const start = new RegExp(source.source, `${source.flags.replace('y', '')}y`);
  const codes = source.source === NEVER ? [] : firstCodes(source);
  const candidate: Candidate = { line, start, contains: line.contains, indented: line.indented === true, codes };
  candidates.set(line, candidate);
  return candidate;
}

/**
 * Compiles rows for looking at the lines of a report: those that begin with the line's first visible character are tried in the order
 * of the table, rows that begin with free text last.
 */
export function compileTable(rows: readonly Line[]): Recognise {
  const byCode: Candidate[][] = Array.from({ length: 256 }, () => []);
  for (const line of [...rows.filter((r) => !r.free), ...rows.filter((r) => r.free)]) {
    const candidate = candidateOf(line);
    for (const code of candidate.codes) byCode[code]?.push(candidate);
  }
  const blank = rows.find((r) => r.shape === 'neutral');
  return (text, counts) => {
    let i = 0;
    while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i++;
    if (i === text.length) return blank;
    const list = byCode[text.charCodeAt(i)] ?? NONE;
    for (let n = 0; n < list.length; n++) {
      const { line, start, contains, indented } = list[n] as Candidate;
      if ((indented && i === 0) || (contains !== undefined && !text.includes(contains, i))) continue;
      start.lastIndex = i;
      if (start.test(text) && (counts === undefined || counts(line, text))) return line;
    }
    return undefined;
  };
}

/** The start of a row that no line is: its pattern is looked for nowhere. */
const NEVER = '(?!)';
const NONE: readonly Candidate[] = [];
