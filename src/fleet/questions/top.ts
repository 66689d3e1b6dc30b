import { SEVERITIES } from '../../event/kinds.ts';
import { countsOf } from './counts.ts';
import { type Ask, inputsOf, num, type Reply, type ReplyColumn, rowsOf, type Scope, within } from './reply.ts';
import { VARIANTS } from './signature.ts';

export const SIGNATURE_COLUMNS: readonly ReplyColumn[] = [
  { name: 'inputs', label: 'INPUTS', as: 'count' },
  { name: 'hosts', label: 'HOSTS', as: 'count' },
  { name: 'family', label: 'KIND', as: 'kind' },
  { name: 'title', label: 'SIGNATURE', as: 'title' },
  { name: 'signature', label: 'HASH', as: 'hash' },
  { name: 'first', label: 'FIRST', as: 'time' },
  { name: 'last', label: 'LAST', as: 'time' },
];

const WORST_FIRST = `[${SEVERITIES.map((each) => `'${each}'`).join(', ')}]`;

/** Rows of signatures, as SQL, in the order of a directory's: those incidents that are `wanted`, those signatures that are `having`. */
export const signatures = (scope: Scope, wanted: string, having = 'true'): string => `
  SELECT * EXCLUDE (gravity), count(*) OVER () AS signatures FROM (
    SELECT kind, min(family) AS family, title, ${inputsOf(scope)} AS inputs, nullif(count(DISTINCT host), 0) AS hosts, count(*) AS incidents,
      min(time) AS first, max(time) AS last, count(DISTINCT release) AS releases, min(list_position(${WORST_FIRST}, severity)) AS gravity
    FROM incidents WHERE ${wanted} GROUP BY kind, title HAVING ${having})
  JOIN ${VARIANTS} USING (kind, title)
  ORDER BY inputs DESC, hosts DESC, gravity, kind, title LIMIT ${scope.rows}`;

/** The most frequent signatures: in how many inputs, on how many hosts, since when. */
export async function top(ask: Ask, scope: Scope): Promise<Reply> {
  const { title, notes } = await countsOf(ask, scope);
  const rows = rowsOf(await ask(signatures(scope, within(scope))));
  return { question: 'top', title, columns: SIGNATURE_COLUMNS, rows: rows.map(without), notes, more: moreThan(rows) };
}

/** Of all signatures those that are not told. */
export const moreThan = (rows: ReturnType<typeof rowsOf>): number => Math.max(0, num(rows[0], 'signatures') - rows.length);

export const without = ({ signatures: _, ...row }: ReturnType<typeof rowsOf>[number]): ReturnType<typeof rowsOf>[number] => row;
