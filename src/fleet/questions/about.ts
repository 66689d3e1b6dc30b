import { byText } from '../tally.ts';
import { type Judgement, judge, ratio, zFor } from './interval.ts';
import { COMPARED, comparison } from './machines.ts';
import { type Ask, counted, num, type Reply, type ReplyRow, rowsOf, type Scope, str, within } from './reply.ts';
import { findSignature, isOf, type Signature } from './signature.ts';

const ORDER: readonly Judgement[] = ['more', 'fewer', 'too few to say', 'no clear difference'];

/**
 * What is unusual about a signature: on which kernels, machines and modules it is seen more often than elsewhere. A machine counts once,
 * as it was at its newest input, for one that crashes all day would speak for its model.
 */
export async function about(ask: Ask, wanted: string, scope: Scope): Promise<Reply> {
  const signature = await findSignature(ask, wanted);
  const found = rowsOf(await ask(comparison(signature, scope)));
  const sides = found.find(({ what }) => what === 'machine');
  const [n, m] = [num(sides, 'n'), num(sides, 'm')];
  const rows = found.flatMap(judged).sort(unusualFirst);
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
    rows: COMPARED.flatMap((name) =>
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
  const rest = rows
    .filter((row) => !out.includes(row))
    .sort((a, b) => num(b, 'withIt') - num(a, 'withIt') || byText(str(a, 'value'), str(b, 'value')));
  return [...out.slice(0, most), ...rest.slice(0, USUAL)];
}

type Judged = ReplyRow & { readonly says: Judgement; readonly ratio: number };

/** One value of one dimension, with what its numbers say. */
function judged(row: ReplyRow): Judged[] {
  const [a, b, n, m] = [num(row, 'a'), num(row, 'b'), num(row, 'n'), num(row, 'm')];
  const times = row.value === null ? undefined : ratio(a, n, b, m, zFor(num(row, 'values')));
  if (times === undefined) return [];
  const counts = { withIt: a, withItOf: n, elsewhere: b, elsewhereOf: m };
  const interval = { ratio: times.value, ratioLow: times.low, ratioHigh: times.high };
  return [{ what: str(row, 'what'), value: str(row, 'value'), ...counts, ...interval, says: judge(times, a, n, b, m) }];
}

const unusualFirst = (x: Judged, y: Judged): number =>
  ORDER.indexOf(x.says) - ORDER.indexOf(y.says) || y.ratio - x.ratio || byText(str(x, 'value'), str(y, 'value'));

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
