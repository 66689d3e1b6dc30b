import { type Ask, counted, num, READ, type ReplyRow, rowsOf, type Scope, str, within } from './reply.ts';

/** How many inputs a question is asked of. */
export interface Counts {
  /** Read, and in the scope. */
  readonly inputs: number;
  readonly title: string;
  readonly notes: readonly string[];
}

/** What every answer begins with: how much it rests on, and what it leaves out. */
export async function countsOf(ask: Ask, scope: Scope): Promise<Counts> {
  const inScope = `${READ} AND ${within(scope)}`;
  const [row] = rowsOf(
    await ask(`SELECT count(*) FILTER (WHERE ${inScope}) AS inputs, count(DISTINCT host) FILTER (WHERE ${inScope}) AS hosts,
      count(*) FILTER (WHERE ${inScope} AND host IS NULL) AS without_host,
      strftime(min(time) FILTER (WHERE ${inScope}), '%Y-%m-%d') AS since, strftime(max(time) FILTER (WHERE ${inScope}), '%Y-%m-%d') AS until,
      count(*) FILTER (WHERE ${READ} AND time IS NULL) AS untimed,
      count(*) FILTER (WHERE status = 'unreadable') AS unreadable, count(*) FILTER (WHERE status = 'dead') AS dead,
      count(*) FILTER (WHERE status = 'copy') AS copies FROM inputs`),
  );
  return { inputs: num(row, 'inputs'), title: titleOf(row), notes: notesOf(row, scope) };
}

function titleOf(row: ReplyRow | undefined): string {
  const [since, until] = [str(row, 'since'), str(row, 'until')];
  const hosts = num(row, 'hosts');
  return [
    `${counted(num(row, 'inputs'), 'input')}${hosts === 0 ? '' : ` of ${counted(hosts, 'host')}`}`,
    ...(since === '' ? [] : [since === until ? since : `${since} to ${until}`]),
  ].join(', ');
}

function notesOf(row: ReplyRow | undefined, { since, until }: Scope): string[] {
  const bounded = since !== undefined || until !== undefined;
  const [untimed, withoutHost] = [num(row, 'untimed'), num(row, 'without_host')];
  const without = [
    ...(num(row, 'unreadable') > 0 ? [`${counted(num(row, 'unreadable'), 'input')} could not be read`] : []),
    ...(num(row, 'dead') > 0 ? [`${counted(num(row, 'dead'), 'input')} killed what read them`] : []),
    ...(num(row, 'copies') > 0 ? [`${counted(num(row, 'copies'), 'text')} of a dump beside it, not counted again`] : []),
  ];
  return [
    ...(bounded && untimed > 0 ? [`left out: ${counted(untimed, 'input')} without a time`] : []),
    ...(withoutHost > 0 ? [`${withoutHost} of these inputs ${withoutHost === 1 ? 'has' : 'have'} no host name`] : []),
    ...(without.length > 0 ? [`besides, ${without.join('; ')}`] : []),
  ];
}
