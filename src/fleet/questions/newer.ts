import { compareReleases, flavourOf } from '../releases.ts';
import { QuestionError } from '../store/store-error.ts';
import { countsOf } from './counts.ts';
import { share } from './interval.ts';
import { type Ask, counted, num, READ, type Reply, rowsOf, type Scope, sqlText, str, within } from './reply.ts';
import { moreThan, SIGNATURE_COLUMNS, signatures, without } from './top.ts';

/** Signatures that no input shows before a time. */
export async function newSince(ask: Ask, scope: Scope & { readonly since: string }): Promise<Reply> {
  const { title, notes } = await countsOf(ask, scope);
  const before = { until: scope.since, rows: 0 };
  const [row] = rowsOf(await ask(`SELECT count(*) AS n FROM inputs WHERE ${READ} AND ${within(before)}`));
  const earlier = num(row, 'n');
  // one that some input shows without a time may be old
  const having = `min(time) FILTER (WHERE true) >= TIMESTAMP ${sqlText(scope.since.replace('T', ' ').replace('Z', ''))}`;
  const until = scope.until === undefined ? 'true' : within({ until: scope.until, rows: 0 });
  const untimed = `(kind, title) NOT IN (SELECT (kind, title) FROM incidents WHERE time IS NULL)`;
  const rows = rowsOf(await ask(signatures({ rows: scope.rows }, `${until} AND ${untimed}`, having)));
  const [hidden] = rowsOf(await ask('SELECT count(DISTINCT (kind, title)) AS n FROM incidents WHERE time IS NULL'));
  return {
    question: 'new',
    title,
    columns: SIGNATURE_COLUMNS,
    rows: rows.map(without),
    notes: [
      earlier === 0
        ? `no input is from before ${day(scope.since)}: all is new`
        : `new: seen in none of ${counted(earlier, 'input')} from before ${day(scope.since)}`,
      ...(num(hidden, 'n') > 0
        ? [`left out, for they may be old: ${counted(num(hidden, 'n'), 'signature')} of inputs without a time`]
        : []),
      ...notes,
    ],
    more: moreThan(rows),
  };
}

const day = (iso: string): string => iso.slice(0, 10);

/** Signatures that are seen on a release, and on none of the earlier ones of its flavour. @throws QuestionError where no input has it */
export async function newIn(ask: Ask, release: string, scope: Scope): Promise<Reply> {
  const all = rowsOf(await ask(`SELECT release, count(*) AS n FROM inputs WHERE ${READ} AND release IS NOT NULL GROUP BY 1`));
  const own = all.find((row) => row.release === release);
  if (own === undefined) {
    const known = all.map((row) => str(row, 'release')).filter((name) => name.includes(release));
    throw new QuestionError(
      `sought inputs of the release ${release}; found ${known.length === 0 ? 'none' : `those of ${known.slice(0, 5).join(', ')}`}`,
    );
  }
  const earlier = all.filter(({ release: name }) => {
    const other = `${name}`;
    return flavourOf(other) === flavourOf(release) && compareReleases(other, release) < 0;
  });
  const before = earlier.reduce((sum, row) => sum + num(row, 'n'), 0);
  const names = earlier.map((row) => sqlText(str(row, 'release')));
  const old = names.length === 0 ? 'false' : `release IN (${names.join(', ')})`;
  const of = num(own, 'n');
  const rows = rowsOf(
    await ask(
      signatures(scope, `release = ${sqlText(release)} AND (kind, title) NOT IN (SELECT (kind, title) FROM incidents WHERE ${old})`),
    ),
  );
  const limit = share(0, before);
  return {
    question: 'new',
    title: `${counted(of, 'input')} of ${release}`,
    columns: [
      ...SIGNATURE_COLUMNS.slice(0, 1),
      { name: 'share', label: 'OF ITS INPUTS', as: 'share', low: 'shareLow', high: 'shareHigh' },
      ...SIGNATURE_COLUMNS.slice(1),
    ],
    rows: rows.map((row) => {
      const part = share(num(row, 'inputs'), of);
      return { ...without(row), of, share: part?.value ?? null, shareLow: part?.low ?? null, shareHigh: part?.high ?? null };
    }),
    notes: [
      limit === undefined
        ? `no input is of an earlier release of this flavour (${flavourOf(release) || 'none'}): what is new is not known`
        : `new: seen in none of ${counted(before, 'input')} of earlier releases, so in less than ${(100 * limit.high).toPrecision(2)} % of them`,
    ],
    more: moreThan(rows),
  };
}
