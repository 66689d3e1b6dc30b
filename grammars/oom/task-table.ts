import type { ReadLine } from '../common/line-memory.ts';
import type { LineReader, LineToRead } from '../common/parser.ts';
import type { TaskColumnsNode, TaskRowNode } from './nodes.ts';

/**
 * dump_tasks(), mm/oom_kill.c. Read by hand, not by a grammar: a machine has 20,000 tasks, and chevrotain needs 5 µs a row for its
 * tokens alone where this needs 0.4. Its grammar: `[` pid `]` (blank* integer)* blank name, as many integers as the header has columns
 * between.
 *
 *   2.6.25–2.6.35  [ pid ]   uid  tgid total_vm      rss cpu oom_adj name
 *   2.6.36–3.6     … cpu oom_adj oom_score_adj name
 *   3.7–4.3        … nr_ptes swapents oom_score_adj name
 *   4.4–4.14       … nr_ptes nr_pmds [nr_puds] swapents oom_score_adj name
 *   4.15–6.7       [  pid  ] … pgtables_bytes swapents oom_score_adj name
 *   since 6.8      … rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
 */
export class TaskTableReader implements LineReader {
  readonly keepsNone = true;

  /** The lines of one report's table, in order: the header says how many numbers a row has before its name. */
  read(lines: readonly LineToRead[]): ReadLine[] {
    let columns: number | undefined;
    return lines.map(({ text, line, at }) => {
      const said = text.charCodeAt(0) === OPEN ? text : text.trimStart();
      const row = readTaskRow(said, at, columns);
      if (row !== undefined) return { row: line, nodes: [row], damaged: false };
      const header = readTaskHeader(said, at);
      columns = header?.columns.length ?? columns;
      return { row: line, nodes: header === undefined ? [] : [header], damaged: header === undefined };
    });
  }
}

const COMMON = ['uid', 'tgid', 'total_vm', 'rss'] as const;
const LAYOUTS: readonly (readonly string[])[] = [
  [...COMMON, 'cpu', 'oom_adj'],
  [...COMMON, 'cpu', 'oom_adj', 'oom_score_adj'],
  [...COMMON, 'nr_ptes', 'swapents', 'oom_score_adj'],
  [...COMMON, 'nr_ptes', 'nr_pmds', 'swapents', 'oom_score_adj'],
  [...COMMON, 'nr_ptes', 'nr_pmds', 'nr_puds', 'swapents', 'oom_score_adj'],
  [...COMMON, 'pgtables_bytes', 'swapents', 'oom_score_adj'],
  [...COMMON, 'rss_anon', 'rss_file', 'rss_shmem', 'pgtables_bytes', 'swapents', 'oom_score_adj'],
];

const HEADER = /^\[ *pid *\]((?: +[A-Za-z_][\w()-]*)+)\s*$/;

/** The header row: its columns between pid and name. */
function readTaskHeader(line: string, at: number): TaskColumnsNode | undefined {
  const found = HEADER.exec(line);
  if (!found) return undefined;
  const columns = (found[1] ?? '').trim().split(/ +/);
  return { type: 'task-columns', line: at, columns: columns.at(-1) === 'name' ? columns.slice(0, -1) : columns };
}

/** As many as any release prints, and some; a forged header may name thousands. */
const MOST_COLUMNS = 16;

const OPEN = 91;
const BLANK = 32;
const MINUS = 45;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * A row of the table. With `columns` it takes that many numbers and leaves the rest to the name, which may begin with digits;
 * without (the header is cut off) it takes all the numbers there are.
 */
function readTaskRow(text: string, line: number, columns?: number): TaskRowNode | undefined {
  if (text.charCodeAt(0) !== OPEN) return undefined;
  let at = 1;
  while (text.charCodeAt(at) === BLANK) at++;
  let pid = 0;
  const pidAt = at;
  for (let code = text.charCodeAt(at); isDigit(code); code = text.charCodeAt(++at)) pid = pid * 10 + code - 48;
  if (at === pidAt || text.charCodeAt(at) !== 93) return undefined;
  at++;
  // made as long as it will be: one that grows takes twice the memory, for each of 20,000 rows
  const cells: number[] = new Array(Math.min(columns ?? 0, MOST_COLUMNS));
  let count = 0;
  let odd: string[] | undefined;
  while (columns === undefined || count < columns) {
    let from = at;
    while (text.charCodeAt(from) === BLANK) from++;
    const negative = text.charCodeAt(from) === MINUS;
    let to = negative ? from + 1 : from;
    const digits = to;
    let value = 0;
    for (let code = text.charCodeAt(to); isDigit(code); code = text.charCodeAt(++to)) value = value * 10 + code - 48;
    // a number is followed by a blank: `7z` is a name
    if (from === at || to === digits || text.charCodeAt(to) !== BLANK) break;
    if (value > Number.MAX_SAFE_INTEGER) {
      odd = [...(odd ?? []), text.slice(from, to)];
      value = Number.NaN;
    }
    cells[count++] = negative ? -value : value;
    at = to;
  }
  if (count === 0 || (columns !== undefined && count < columns)) return undefined;
  const row: TaskRowNode = { type: 'task-row', line, pid, cells, name: text.slice(at + 1) };
  return odd === undefined ? row : { ...row, odd };
}

/** Page tables are whole pages: what tells `pgtables_bytes` from `nr_ptes` when the header is lost. */
const looksLikeBytes = (cells: readonly number[], at: number): boolean => (cells[at] ?? 0) >= 4096 && (cells[at] ?? 1) % 4096 === 0;

/** Which release's table rows without a header are, by their number of columns and what the numbers look like. */
export function guessColumns(rows: readonly TaskRowNode[]): readonly string[] | undefined {
  if (rows.length === 0) return undefined;
  const width = Math.min(...rows.slice(0, 1000).map((row) => row.cells.length));
  const fits = LAYOUTS.filter((layout) => layout.length === width);
  if (fits.length <= 1) return fits[0];
  const some = rows.slice(0, 50);
  if (some.filter((row) => looksLikeBytes(row.cells, 4)).length * 2 > some.length) return fits.find((l) => l[4] === 'pgtables_bytes');
  const adjust = (row: TaskRowNode): number => row.cells[5] ?? 0;
  const oomAdj = some.every((row) => adjust(row) >= -17 && adjust(row) <= 15) && some.some((row) => adjust(row) < 0);
  return fits.find((l) => l[4] === (oomAdj ? 'cpu' : 'nr_ptes'));
}
