import { countText } from '../event/oom/size-text.ts';
import type { Diff, DiffRow } from '../fleet/diff.ts';
import { cut } from './text/cells.ts';
import type { TextOptions } from './text/event-table.ts';
import { printable } from './text/printable.ts';

/** `lastkmsg diff`: what is new in B, what is gone from A, and how many signatures both have. */
export function diffText({ new: added, gone, both }: Diff, a: string, b: string, { width, paint }: TextOptions): string {
  const line = (mark: string, { severity, title, countA, countB, first }: DiffRow): string => {
    const count = Math.max(countA, countB);
    const times = count > 1 ? `  ${countText(count)} times` : '';
    const head = `${mark} ${severity.padEnd(7)}  `;
    return `${paint(severity, head)}${cut(printable(title), Math.max(20, width - head.length - times.length - first.id.length - 2))}  ${first.id}${times}`;
  };
  const block = (title: string, rows: readonly DiffRow[], mark: string): string[] =>
    rows.length === 0 ? [] : [paint('title', title), ...rows.map((row) => line(mark, row)), ''];
  const same = both.length === 0 ? [] : [`${countText(both.length)} ${both.length === 1 ? 'signature is' : 'signatures are'} in both`];
  const lines = [
    ...block(printable(`new in ${b}`), added, '+'),
    ...block(printable(`gone from ${a}`), gone, '-'),
    ...(added.length + gone.length === 0 && both.length === 0 ? ['no events in either'] : []),
    ...(added.length + gone.length === 0 && both.length > 0 ? ['nothing is new, nothing is gone'] : []),
    ...same,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
