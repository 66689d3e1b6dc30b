import { READ, type Scope, within } from './reply.ts';
import { isOf, type Signature } from './signature.ts';

/**
 * What may be unusual about the machines that show a signature: `tells` is whether a machine says it at all (only those are compared; a
 * list of modules that is empty says nothing), `key` is what machines alike have in common, `item` takes lists apart.
 */
const DIMENSIONS = [
  { name: 'release', value: 'release' },
  { name: 'arch', value: 'arch' },
  { name: 'model', value: 'model' },
  { name: 'firmware', value: 'firmware' },
  // a fleet has few lists of modules: each is taken apart once
  { name: 'module', value: 'modules', key: 'hash(modules)', tells: 'len(modules) > 0', item: "split_part(unnest(value), '(', 1)" },
  { name: 'taint', value: 'taint', item: 'unnest(value)' },
] as const;

export const COMPARED: readonly string[] = DIMENSIONS.map(({ name }) => name);

interface Dimension {
  readonly name: string;
  readonly value: string;
  readonly key?: string;
  readonly tells?: string;
  readonly item?: string;
}

/**
 * Machines with a signature against all others, as SQL: for each dimension (`what`) and value `a` of `n` with it have that value, `b` of
 * `m` others, out of `values`; and one row `machine`. A host is a machine, an input that names none another; each counts once, as it was
 * at its newest input (with the signature, if it shows it), for one that crashes all day would speak for its model.
 */
export const comparison = (signature: Signature, scope: Scope): string => `
  WITH shown AS (SELECT DISTINCT id FROM incidents WHERE ${isOf(signature)} AND ${within(scope)}),
  newest AS (SELECT max({shows: shown.id IS NOT NULL, time: coalesce(time, TIMESTAMP '0001-01-01'), id: inputs.id}) AS newest
    FROM inputs LEFT JOIN shown USING (id) WHERE ${READ} AND ${within(scope)} GROUP BY coalesce(host, inputs.id)),
  machine AS MATERIALIZED (SELECT newest.newest.shows AS shows, release, arch, model, firmware, modules, taint
    FROM inputs JOIN newest ON newest.newest.id = inputs.id)
  ${DIMENSIONS.map(ofDimension).join('\n  UNION ALL ')}
  UNION ALL SELECT 'machine', NULL, 0, 0, count(*) FILTER (WHERE shows), count(*) FILTER (WHERE NOT shows), 0 FROM machine`;

function ofDimension({ name, value, key = value, tells = `${value} IS NOT NULL`, item = 'value' }: Dimension): string {
  const told = `(SELECT any_value(${value}) AS value, count(*) FILTER (WHERE shows) AS a, count(*) FILTER (WHERE NOT shows) AS b
    FROM machine WHERE ${tells} GROUP BY ${key})`;
  const total = `(SELECT count(*) FILTER (WHERE shows) AS n, count(*) FILTER (WHERE NOT shows) AS m FROM machine WHERE ${tells})`;
  // a value that nobody with it has, and few others, cannot stand out
  return `SELECT '${name}' AS what, value, a, b, n, m, values FROM
    (SELECT value, sum(a)::BIGINT AS a, sum(b)::BIGINT AS b, count(*) OVER () AS values FROM (SELECT ${item} AS value, a, b FROM ${told}) GROUP BY value), ${total}
    WHERE a > 0 OR b * 20 >= m`;
}
