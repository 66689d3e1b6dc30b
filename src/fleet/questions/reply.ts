import type { Cell, Cells } from '../store/cells.ts';

/** Asks the store: one SELECT, its rows. */
export type Ask = (sql: string) => Promise<Cells>;

/** How a column is drawn. `interval`: the values of three names, an estimate and its 95 % interval. */
export type ReplyColumn =
  | { readonly name: string; readonly label: string; readonly as: 'text' | 'title' | 'count' | 'time' | 'kind' | 'hash' }
  | { readonly name: string; readonly label: string; readonly as: 'share' | 'ratio'; readonly low: string; readonly high: string };

export type ReplyRow = Readonly<Record<string, Cell>>;

/** The answer to one question: a table, with what must be known to read it. Plain data, as JSON has it. */
export interface Reply {
  readonly question: string;
  /** What it is about, a line: `1,204 inputs of 311 hosts, 2026-11-02 to 2026-11-29`. */
  readonly title: string;
  readonly columns: readonly ReplyColumn[];
  readonly rows: readonly ReplyRow[];
  /** Rows belong together by this column, which is not drawn as one. */
  readonly groupedBy?: string | undefined;
  /** What the numbers rest on and leave out, a sentence each. */
  readonly notes: readonly string[];
  /** More rows than are told. */
  readonly more?: number | undefined;
}

/** Of what inputs a question is asked. Times are of the crash, ISO 8601, UTC. */
export interface Scope {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Rows at most. */
  readonly rows: number;
}

/** Rows by the names of their columns. */
export const rowsOf = ({ columns, rows }: Cells): ReplyRow[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])));

/** A number of a row; 0 where it is none, as of a count over nothing. */
export const num = (row: ReplyRow | undefined, name: string): number => (typeof row?.[name] === 'number' ? (row[name] as number) : 0);
export const str = (row: ReplyRow | undefined, name: string): string => (typeof row?.[name] === 'string' ? (row[name] as string) : '');

/** `1 input`, `3 inputs`. */
export const counted = (n: number, word: string): string => `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;

/** A text as SQL has it. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Whether a row is in the scope, as SQL; what tells no time is in none that has bounds. */
export function within({ since, until }: Scope, column = 'time'): string {
  const bounds = [
    ...(since === undefined ? [] : [`${column} >= ${timestamp(since)}`]),
    ...(until === undefined ? [] : [`${column} < ${timestamp(until)}`]),
  ];
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}

const timestamp = (iso: string): string => `TIMESTAMP ${sqlText(iso.replace('T', ' ').replace('Z', ''))}`;

/** Inputs that show a signature, among rows of incidents: those of its first there, unless the scope may hide that. */
export const inputsOf = ({ since, until }: Scope): string =>
  since === undefined && until === undefined ? 'count(*) FILTER (WHERE first)' : 'count(DISTINCT id)';

/** Inputs that count: read, and no copies. */
export const READ = "status IN ('ok', 'lossy')";
