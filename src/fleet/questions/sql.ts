import type { Cells } from '../store/cells.ts';
import { counted, type Reply, type ReplyColumn, rowsOf } from './reply.ts';

/** The rows of a SELECT of the user's own, as an answer like any other. */
export function sqlReply(found: Cells, question: string): Reply {
  const { columns, cut } = found;
  const rows = rowsOf(found);
  const widths = columns.map((name) => Math.max(0, ...rows.map((row) => `${row[name]}`.length)));
  const widest = widths.indexOf(Math.max(...widths));
  return {
    question,
    title: `${counted(rows.length, 'row')}${cut ? ', and there are more: --rows N shows as many' : ''}`,
    columns: columns.map((name, i): ReplyColumn => {
      const isNumber = rows.length > 0 && rows.every((row) => row[name] === null || typeof row[name] === 'number');
      return { name, label: name, as: isNumber ? 'count' : i === widest ? 'title' : 'text' };
    }),
    rows,
    notes: [],
  };
}
