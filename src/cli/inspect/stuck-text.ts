import type { Known } from '../../machine/row.ts';
import type { StuckRow } from '../../machine/waits/stuck.ts';
import { requestWords, secondsWords, waitWords } from '../../machine/waits/words.ts';
import { printable } from '../../output/text/printable.ts';

type Row = Known<StuckRow>;

/**
 * Who waits for whom, as trees: a task that waits for no other one first, below it those that wait for it. What is not known is said.
 */
export const stuckText = (rows: readonly Row[]): string =>
  rows.length === 0 ? 'no task is in uninterruptible sleep\n' : `${stuckLines(rows).join('\n')}\n`;

export function stuckLines(rows: readonly Row[]): string[] {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const waiters = new Map<number, Row[]>();
  const roots: Row[] = [];
  for (const row of rows) {
    const owner = row.owner?.pid;
    const isTold = owner !== undefined && byPid.has(owner) && owner !== row.pid && !row.waitsFor?.includes(row.pid ?? -1);
    if (isTold) waiters.set(owner, [...(waiters.get(owner) ?? []), row]);
    else roots.push(row);
  }
  const lines: string[] = [];
  const tell = (row: Row, depth: number): void => {
    lines.push(`${'  '.repeat(depth)}${depth > 0 ? '└ ' : ''}${stuckLine(row)}`);
    for (const waiter of waiters.get(row.pid ?? -1) ?? []) tell(waiter, depth + 1);
  };
  for (const root of roots) tell(root, 0);
  return lines;
}

/** `dd[212] for 10.3 s: rwsem 0xffff… held by dd[210], in ext4_file_write_iter`. */
function stuckLine(row: Row): string {
  const { comm, pid, sinceMs, owner, waitsFor } = row;
  const since = sinceMs === undefined ? '' : ` for ${secondsWords(sinceMs)}`;
  const held = owner ? `${row.for === 'queue' ? ', done by' : ' held by'} ${printable(owner.comm ?? '?')}[${owner.pid ?? '?'}]` : '';
  const circle = waitsFor?.includes(pid ?? -1) ? ' (a circle: this task waits for itself)' : '';
  const what = waitWords(row) ?? 'what for, its stack does not tell';
  const request = row.request ? ` ← ${printable(requestWords(row.request))}` : '';
  const where = row.in === undefined ? '' : `, in ${row.in}`;
  return `${printable(comm ?? '?')}[${pid ?? '?'}]${since}: ${printable(what)}${held}${circle}${where}${request}`;
}
