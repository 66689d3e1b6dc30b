import type { Beginnings } from './beginnings.ts';
import type { Line } from './line.ts';
import { startsOf } from './starts.ts';

/**
 * Which row of a table a line is, by how it begins; undefined where it is none. `counts` tells whether a row that fits counts where the
 * line stands. Linear in the line.
 */
export type Recognise = (text: string, counts?: (line: Line, text: string) => boolean) => Line | undefined;

interface Candidate {
  readonly line: Line;
  /** The row's pattern where the line begins; made when the first line is tried on it, which few rows see. */
  sticky: RegExp | undefined;
  readonly contains: string | undefined;
  readonly indented: boolean;
  readonly beginnings: Beginnings;
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
  const { beginnings, contains } = startsOf(startOf(line));
  const candidate = { line, sticky: undefined, contains: line.contains ?? contains, indented: line.indented === true, beginnings };
  candidates.set(line, candidate);
  return candidate;
}

function stickyOf(line: Line): RegExp {
  const { source, ignoreCase } = startOf(line);
  return new RegExp(source, ignoreCase ? 'iy' : 'y');
}

/** Beginnings of lines of which a table keeps what rows fit them: a log has some hundred. */
const BEGINNINGS = 4096;

/**
 * Compiles rows for looking at the lines of a report: those that can begin with the line's first three visible characters are tried in the
 * order of the table, rows that begin with free text last.
 */
export function compileTable(rows: readonly Line[]): Recognise {
  const all = [...rows.filter((r) => !r.free), ...rows.filter((r) => r.free)].filter((r) => startOf(r).source !== NEVER).map(candidateOf);
  const byFirst: (readonly Candidate[] | undefined)[] = new Array(256).fill(undefined);
  const fitting = new Map<number, readonly Candidate[]>();
  const fit = (a: number, b: number, c: number): readonly Candidate[] => {
    byFirst[a] ??= all.filter(({ beginnings }) => beginnings.may(a));
    const found = (byFirst[a] ?? NONE).filter(({ beginnings }) => beginnings.may(a, b, c));
    if (fitting.size >= BEGINNINGS) fitting.clear();
    fitting.set((a << 16) | (b << 8) | c, found);
    return found;
  };
  const blank = rows.find((r) => r.shape === 'neutral');
  return (text, counts) => {
    const { length } = text;
    let i = 0;
    while (i < length && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
    if (i === length) return blank;
    const a = text.charCodeAt(i) & 255;
    // behind the line stands what no line holds
    const b = i + 1 < length ? text.charCodeAt(i + 1) & 255 : 10;
    const c = i + 2 < length ? text.charCodeAt(i + 2) & 255 : 10;
    const list = fitting.get((a << 16) | (b << 8) | c) ?? fit(a, b, c);
    for (let n = 0; n < list.length; n++) {
      const candidate = list[n] as Candidate;
      const { line, contains, indented } = candidate;
      if ((indented && i === 0) || (contains !== undefined && !text.includes(contains, i))) continue;
      candidate.sticky ??= stickyOf(line);
      const start = candidate.sticky;
      start.lastIndex = i;
      if (start.test(text) && (counts === undefined || counts(line, text))) return line;
    }
    return undefined;
  };
}

/** The start of a row that no line is: its pattern is looked for nowhere. */
const NEVER = '(?!)';
const NONE: readonly Candidate[] = [];
