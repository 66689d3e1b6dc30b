import { type Judgement, judge, ratio, zFor } from './interval.ts';
import { type Ask, counted, num, READ, type Reply, type ReplyRow, rowsOf, type Scope, str, within } from './reply.ts';
import { findSignature, isOf, type Signature } from './signature.ts';

/** What may be unusual about the machines that show a signature; of lists each item. */
const DIMENSIONS = [
  { name: 'release', value: 'release' },
  { name: 'arch', value: 'arch' },
  { name: 'model', value: 'model' },
  { name: 'firmware', value: 'firmware' },
  { name: 'module', value: 'modules', list: true },
  { name: 'taint', value: 'taint', list: true },
] as const;

const ORDER: readonly Judgement[] = ['more', 'fewer', 'too few to say', 'no clear difference'];

/**
 * What is unusual about a signature: on which kernels, machines and modules it is seen more often than elsewhere. A machine counts once,
 * as it was at its newest input, for one that crashes all day would speak for its model.
 */
export async function about(ask: Ask, wanted: string, scope: Scope): Promise<Reply> {
  const signature = await findSignature(ask, wanted);
  const sides = rowsOf(await ask(`WITH ${machines(signature, scope)} SELECT shows, count(*) AS n FROM machine GROUP BY shows`));
  const n = num(
    sides.find((row) => row.shows === true),
    'n',
  );
  const m = num(
    sides.find((row) => row.shows === false),
    'n',
  );
  const rows: ReplyRow[] = [];
  for (const dimension of DIMENSIONS) rows.push(...(await compared(ask, signature, scope, dimension)));
  const unusual = rows.filter(({ says }) => says === 'more' || says === 'fewer');
  return {
    question: 'about',
    title: signature.title,
    groupedBy: 'what',
    columns: [
      { name: 'value', label: 'VALUE', as: 'text' },
      { name: 'withIt', label: 'WITH IT', as: 'count' },
      { name: 'withItOf', label: 'OF', as: 'count' },
      { name: 'elsewhere', label: 'ELSEWHERE', as: 'count' },
      { name: 'elsewhereOf', label: 'OF', as: 'count' },
      { name: 'ratio', label: 'TIMES AS OFTEN', as: 'ratio', low: 'ratioLow', high: 'ratioHigh' },
      { name: 'says', label: '', as: 'text' },
    ],
    rows: DIMENSIONS.flatMap(({ name }) =>
      told(
        rows.filter(({ what }) => what === name),
        scope.rows,
      ),
    ),
    notes: [
      ...(await seenIn(ask, signature, scope)),
      `${counted(n, 'machine')} with it, ${counted(m, 'other')} without; each counts once, as at its newest input`,
      unusual.length === 0 ? 'nothing stands out' : 'what stands out may come with the cause and not be it',
      'intervals hold for all values of a kind at once (95 %, Bonferroni); fewer than five machines say nothing',
    ],
  };
}

/** Values told of each kind that are as frequent as elsewhere: enough to see what it was compared with. */
const USUAL = 3;

/** What stands out, and of the rest the most frequent. */
function told(rows: readonly ReplyRow[], most: number): readonly ReplyRow[] {
  const out = rows.filter(({ says }) => says === 'more' || says === 'fewer');
  const rest = rows.filter((row) => !out.includes(row)).sort((a, b) => num(b, 'withIt') - num(a, 'withIt'));
  return [...out.slice(0, most), ...rest.slice(0, USUAL)];
}

/** One row for each machine, where a host is one and an input that names none another. */
const machines = (signature: Signature, scope: Scope): string => `
  shown AS (SELECT DISTINCT id FROM incidents WHERE ${isOf(signature)} AND ${within(scope)}),
  each AS (SELECT coalesce(host, inputs.id) AS machine, inputs.id, time, shown.id IS NOT NULL AS shows
    FROM inputs LEFT JOIN shown USING (id) WHERE ${READ} AND ${within(scope)}),
  machine AS (SELECT max({shows: shows, time: coalesce(time, TIMESTAMP '0001-01-01'), id: id}).id AS id, bool_or(shows) AS shows
    FROM each GROUP BY machine)`;

interface DimensionOf {
  readonly name: string;
  readonly value: string;
  readonly list?: boolean;
}

async function compared(ask: Ask, signature: Signature, scope: Scope, { name, value, list = false }: DimensionOf): Promise<ReplyRow[]> {
  // only machines that tell it are compared; a list that is empty tells none, but for taint
  const tells = name === 'module' ? 'len(modules) > 0' : `${value} IS NOT NULL`;
  const item = name === 'module' ? "split_part(unnest(value), '(', 1)" : list ? 'unnest(value)' : 'value';
  const found = rowsOf(
    await ask(`WITH ${machines(signature, scope)},
      told AS (SELECT ${value} AS value, count(*) FILTER (WHERE shows) AS a, count(*) FILTER (WHERE NOT shows) AS b
        FROM machine JOIN inputs USING (id) WHERE ${tells} GROUP BY 1),
      total AS (SELECT sum(a)::BIGINT AS n, sum(b)::BIGINT AS m FROM told)
      SELECT value, a, b, n, m FROM (SELECT value, sum(a)::BIGINT AS a, sum(b)::BIGINT AS b FROM (SELECT ${item} AS value, a, b FROM told) GROUP BY 1), total
      WHERE a > 0 OR b * 20 >= m ORDER BY a DESC, b, value LIMIT 1000`),
  );
  const z = zFor(found.length);
  return found
    .flatMap((row): (ReplyRow & { readonly says: Judgement; readonly ratio: number })[] => {
      const [a, b, n, m] = [num(row, 'a'), num(row, 'b'), num(row, 'n'), num(row, 'm')];
      const times = ratio(a, n, b, m, z);
      if (times === undefined) return [];
      const counts = { withIt: a, withItOf: n, elsewhere: b, elsewhereOf: m };
      return [
        {
          what: name,
          value: row.value ?? null,
          ...counts,
          ratio: times.value,
          ratioLow: times.low,
          ratioHigh: times.high,
          says: judge(times, a, n, b, m),
        },
      ];
    })
    .sort((x, y) => ORDER.indexOf(x.says) - ORDER.indexOf(y.says) || y.ratio - x.ratio || (str(x, 'value') < str(y, 'value') ? -1 : 1));
}

/** What is known of it itself. */
async function seenIn(ask: Ask, signature: Signature, scope: Scope): Promise<string[]> {
  const [row] = rowsOf(
    await ask(`SELECT count(DISTINCT id) AS inputs, count(DISTINCT host) AS hosts, count(*) AS incidents, count(DISTINCT signature) AS variants,
      strftime(min(time), '%Y-%m-%d') AS since, strftime(max(time), '%Y-%m-%d') AS until,
      max({time: coalesce(time, TIMESTAMP '0001-01-01'), id: id, headline: headline}).headline AS headline
      FROM incidents WHERE ${isOf(signature)} AND ${within(scope)}`),
  );
  const since = str(row, 'since');
  return [
    ...(str(row, 'headline') === '' ? [] : [`newest: ${str(row, 'headline')}`]),
    [
      `seen in ${counted(num(row, 'inputs'), 'input')}${num(row, 'hosts') === 0 ? '' : ` of ${counted(num(row, 'hosts'), 'host')}`}`,
      ...(since === '' ? [] : [`${since} to ${str(row, 'until')}`]),
      counted(num(row, 'variants'), 'variant'),
    ].join(', '),
  ];
}
