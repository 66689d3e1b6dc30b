import type { EventContext } from './tab.ts';

/** Rows that are looked at for one thing: a report of every task's stack has a hundred thousand. */
const MOST = 2000;

/** The rows of the log that are the event's own, in log order. */
export function* ownRows({ source, event }: Pick<EventContext, 'source' | 'event'>): Generator<number> {
  const rows = source.rowsOf(event);
  if (rows === undefined) return;
  const index = source.indexOf(event.id);
  for (let row = rows[0]; row <= rows[1]; row++) if (source.records.owner(row) === index) yield row;
}

/** The first of the event's own rows that the pattern finds something in: the record that a fact was read from. */
export function findOwn(
  context: Pick<EventContext, 'source' | 'event'>,
  wanted: RegExp,
): { row: number; seq: number; match: RegExpExecArray } | undefined {
  const { records } = context.source;
  let looked = 0;
  for (const row of ownRows(context)) {
    if (++looked > MOST) return undefined;
    const match = wanted.exec(records.text(row).slice(0, 4000));
    if (match) return { row, seq: records.seq(row), match };
  }
  return undefined;
}

/** The record that prints a word or number on its own. */
export const seqOf = (context: Pick<EventContext, 'source' | 'event'>, word: string): number | undefined =>
  findOwn(context, new RegExp(`(?<![\\w.])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'i'))?.seq;
