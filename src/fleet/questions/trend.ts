import { countsOf } from './counts.ts';
import { share } from './interval.ts';
import { type Ask, num, READ, type Reply, type ReplyColumn, rowsOf, type Scope, within } from './reply.ts';
import { findSignature, isOf } from './signature.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** Days from which on weeks, and weeks from which on months are told. */
const MOST = 62;

/** The period in which a span is told in at most so many rows. */
export async function periodOf(ask: Ask, scope: Scope): Promise<Period> {
  const [row] = rowsOf(await ask(`SELECT date_diff('day', min(time), max(time)) AS days FROM inputs WHERE ${READ} AND ${within(scope)}`));
  const days = num(row, 'days');
  return days <= MOST ? 'day' : days <= 7 * MOST ? 'week' : 'month';
}

const PERIOD = (period: Period): string => `strftime(date_trunc('${period}', time), '%Y-%m-%d')`;

/** Inputs by day, week or month: how many, how many signatures, which are new, which is the most frequent. */
export async function trend(ask: Ask, period: Period, scope: Scope): Promise<Reply> {
  const { title, notes } = await countsOf(ask, scope);
  const rows = rowsOf(
    await ask(`
      WITH n AS (SELECT ${PERIOD(period)} AS since, count(*) AS inputs, nullif(count(DISTINCT host), 0) AS hosts FROM inputs
        WHERE ${READ} AND time IS NOT NULL AND ${within(scope)} GROUP BY 1),
      s AS (SELECT ${PERIOD(period)} AS since, kind, title, count(DISTINCT id) AS times FROM incidents WHERE time IS NOT NULL AND ${within(scope)} GROUP BY ALL),
      f AS (SELECT since, count(*) AS new FROM (SELECT min(${PERIOD(period)}) AS since FROM incidents WHERE time IS NOT NULL GROUP BY kind, title) GROUP BY 1),
      g AS (SELECT since, count(*) AS signatures, max({times: times, title: title}) AS most FROM s GROUP BY 1)
      SELECT *, count(*) OVER () AS all FROM (
        SELECT n.since AS since, inputs, hosts, coalesce(signatures, 0) AS signatures, coalesce(new, 0) AS new, most.title AS most, most.times AS times
        FROM n LEFT JOIN g USING (since) LEFT JOIN f USING (since) ORDER BY since DESC LIMIT ${scope.rows}) ORDER BY since`),
  );
  return {
    question: 'trend',
    title,
    columns: [
      since(period),
      { name: 'inputs', label: 'INPUTS', as: 'count' },
      { name: 'hosts', label: 'HOSTS', as: 'count' },
      { name: 'signatures', label: 'SIGNATURES', as: 'count' },
      { name: 'new', label: 'NEW', as: 'count' },
      { name: 'most', label: 'MOST FREQUENT', as: 'title' },
      { name: 'times', label: 'IN', as: 'count' },
    ],
    rows: rows.map(({ all: _, ...row }) => row),
    notes: ['the first period has nothing before it: there all is new', ...notes],
  };
}

/** Which part of the inputs of each period shows one signature. */
export async function shareTrend(ask: Ask, period: Period, wanted: string, scope: Scope): Promise<Reply> {
  const signature = await findSignature(ask, wanted);
  const rows = rowsOf(
    await ask(`
      WITH shown AS (SELECT DISTINCT id FROM incidents WHERE ${isOf(signature)})
      SELECT * FROM (SELECT ${PERIOD(period)} AS since, count(shown.id) AS inputs, count(*) AS of, nullif(count(DISTINCT host) FILTER (WHERE shown.id IS NOT NULL), 0) AS hosts
      FROM inputs LEFT JOIN shown USING (id) WHERE ${READ} AND time IS NOT NULL AND ${within(scope)} GROUP BY 1 ORDER BY 1 DESC LIMIT ${scope.rows}) ORDER BY since`),
  );
  return {
    question: 'trend',
    title: signature.title,
    columns: [
      since(period),
      { name: 'inputs', label: 'INPUTS', as: 'count' },
      { name: 'hosts', label: 'HOSTS', as: 'count' },
      { name: 'of', label: 'OF', as: 'count' },
      { name: 'share', label: 'SHARE', as: 'share', low: 'shareLow', high: 'shareHigh' },
    ],
    rows: rows.map((row) => {
      const part = share(num(row, 'inputs'), num(row, 'of'));
      return { ...row, share: part?.value ?? null, shareLow: part?.low ?? null, shareHigh: part?.high ?? null };
    }),
    notes: ['shares with their 95 % interval (Wilson)'],
  };
}

const since = (period: Period): ReplyColumn => ({
  name: 'since',
  label: period === 'day' ? 'DAY' : `${period.toUpperCase()} FROM`,
  as: 'text',
});
