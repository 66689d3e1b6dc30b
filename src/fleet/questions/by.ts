import { countsOf } from './counts.ts';
import { share } from './interval.ts';
import { type Ask, num, READ, type Reply, type ReplyColumn, rowsOf, type Scope, within } from './reply.ts';
import { findSignature, isOf } from './signature.ts';

/** What inputs can be told apart by; the value of each is a column of `inputs`, of `module` one for each item of a list. */
export const DIMENSIONS = ['host', 'module', 'model', 'firmware', 'release', 'arch'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const COLUMNS: readonly ReplyColumn[] = [
  { name: 'inputs', label: 'INPUTS', as: 'count' },
  { name: 'incidents', label: 'WITH INCIDENTS', as: 'count' },
  { name: 'signatures', label: 'SIGNATURES', as: 'count' },
  { name: 'most', label: 'MOST FREQUENT', as: 'title' },
  { name: 'times', label: 'IN', as: 'count' },
];

/**
 * A dimension as SQL: the column, its items one by one, and those alone that will be told. A fleet has few lists of modules and many
 * inputs of each: a list is taken apart after its inputs were counted.
 */
const SQL_OF = {
  one: (dimension: string) => ({ key: dimension, value: dimension, apart: 'value', chosen: 'value' }),
  list: () => ({
    key: 'hash(modules)',
    value: 'modules',
    apart: "split_part(unnest(value), '(', 1)",
    chosen: "unnest(list_intersect(list_transform(value, lambda entry: split_part(entry, '(', 1)), (SELECT list(value) FROM n)))",
  }),
} as const;

/** Inputs by host, module, model…: how many, of them with incidents, and which signature most of them show. */
export async function by(ask: Ask, dimension: Dimension, scope: Scope): Promise<Reply> {
  const { title, notes } = await countsOf(ask, scope);
  const { key, value, apart, chosen } = SQL_OF[dimension === 'module' ? 'list' : 'one'](dimension);
  const rows = rowsOf(
    await ask(`
      WITH i AS MATERIALIZED (SELECT id, ${key} AS key, incidents, ${value} AS value FROM inputs WHERE ${READ} AND ${within(scope)}),
      k AS MATERIALIZED (SELECT key, any_value(value) AS value, count(*) AS inputs, count(*) FILTER (WHERE incidents > 0) AS incidents FROM i GROUP BY key),
      n AS MATERIALIZED (SELECT *, count(*) OVER () AS values FROM
        (SELECT value, sum(inputs)::BIGINT AS inputs, sum(incidents)::BIGINT AS incidents FROM (SELECT ${apart} AS value, inputs, incidents FROM k)
        WHERE value IS NOT NULL GROUP BY value) ORDER BY incidents DESC, inputs DESC, value LIMIT ${scope.rows}),
      shown AS (SELECT DISTINCT id, hash(kind, title) AS signature FROM incidents WHERE ${within(scope)}),
      s AS (SELECT key, signature, count(*) AS times FROM shown JOIN i USING (id) GROUP BY ALL),
      v AS (SELECT key, ${chosen} AS value FROM k),
      each AS (SELECT value, signature, sum(times)::BIGINT AS times FROM s JOIN v USING (key) GROUP BY ALL),
      named AS (SELECT hash(kind, title) AS signature, any_value(title) AS title FROM incidents GROUP BY ALL),
      most AS (SELECT value, count(*) AS signatures, max({times: times, title: title}) AS most FROM each JOIN named USING (signature) GROUP BY value)
      SELECT value AS ${dimension}, inputs, incidents, coalesce(signatures, 0) AS signatures, most.title AS most, most.times AS times, values
      FROM n LEFT JOIN most USING (value) ORDER BY incidents DESC, inputs DESC, value`),
  );
  return {
    question: `by ${dimension}`,
    title,
    columns: [{ name: dimension, label: dimension.toUpperCase(), as: 'text' }, ...COLUMNS],
    rows: rows.map(({ values: _, ...row }) => row),
    notes: dimension === 'module' ? [...notes, MODULES] : notes,
    more: Math.max(0, num(rows[0], 'values') - rows.length),
  };
}

const MODULES = 'modules are those that a report lists: an input without one lists none';

/** Which part of the inputs of each host, module, model… shows one signature. */
export async function shareBy(ask: Ask, dimension: Dimension, wanted: string, scope: Scope): Promise<Reply> {
  const signature = await findSignature(ask, wanted);
  const { value, apart } = SQL_OF[dimension === 'module' ? 'list' : 'one'](dimension);
  const rows = rowsOf(
    await ask(`
      WITH shown AS (SELECT DISTINCT id FROM incidents WHERE ${isOf(signature)}),
      n AS (SELECT ${value} AS value, count(*) AS inputs, count(shown.id) AS showing FROM inputs LEFT JOIN shown USING (id)
        WHERE ${READ} AND ${within(scope)} GROUP BY 1)
      SELECT *, count(*) OVER () AS all FROM (
        SELECT value AS ${dimension}, sum(showing)::BIGINT AS inputs, sum(inputs)::BIGINT AS of FROM (SELECT ${apart} AS value, inputs, showing FROM n) GROUP BY 1)
      WHERE ${dimension} IS NOT NULL AND inputs > 0 ORDER BY inputs DESC, of, ${dimension} LIMIT ${scope.rows}`),
  );
  return {
    question: `by ${dimension}`,
    title: signature.title,
    columns: [
      { name: dimension, label: dimension.toUpperCase(), as: 'text' },
      { name: 'inputs', label: 'INPUTS', as: 'count' },
      { name: 'of', label: 'OF', as: 'count' },
      { name: 'share', label: 'SHARE', as: 'share', low: 'shareLow', high: 'shareHigh' },
    ],
    rows: rows.map(({ all: _, ...row }) => {
      const part = share(num(row, 'inputs'), num(row, 'of'));
      return { ...row, share: part?.value ?? null, shareLow: part?.low ?? null, shareHigh: part?.high ?? null };
    }),
    notes: [...(dimension === 'module' ? [MODULES] : []), 'shares with their 95 % interval (Wilson)'],
    more: Math.max(0, num(rows[0], 'all') - rows.length),
  };
}
