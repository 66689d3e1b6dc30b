import type { Event } from '../../event/event.ts';
import { cells, pad } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOfItem } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { bar } from '../line/bar.ts';
import { cutMiddle, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { ROOMY } from '../screens/layout.ts';

/** One holder of the kernel's own memory. */
interface Holder {
  readonly name: string;
  readonly kb: number;
  readonly more: string;
  readonly seq: number | undefined;
}

const MOST = 12;

/** mm/slab_common.c dump_unreclaimable_slab(). */
export const slabsOf = (event: Event): Holder[] =>
  (event.oom?.slabs ?? []).map(({ name, totalKb = 0, usedKb }, i) => ({
    name,
    kb: totalKb,
    more: usedKb === undefined ? '' : `${count(usedKb)} kB used`,
    seq: recordOfItem(event, 'oom.slabs', i),
  }));

/** lib/alloc_tag.c alloc_tag_top_users(). */
export const allocationsOf = (event: Event): Holder[] =>
  (event.oom?.allocations ?? []).map(({ site, func, bytes, calls }, i) => ({
    name: func === undefined ? site : `${site} ${func}`,
    kb: Math.round(bytes / 1024),
    more: calls === undefined ? '' : `${count(calls)} calls`,
    seq: recordOfItem(event, 'oom.allocations', i),
  }));

/** The greatest holders, each with a bar against the first. */
export function heldRows(title: string, holders: readonly Holder[], width: number): TabRow[] {
  const shown = [...holders].sort((a, b) => b.kb - a.kb).slice(0, MOST);
  if (shown.length === 0) return [];
  const names = Math.min(width >= ROOMY ? 50 : 24, Math.max(...shown.map(({ name }) => cells(printable(name)))));
  const digits = Math.max(...shown.map(({ kb }) => count(kb).length));
  const room = Math.max(0, width - names - digits - 28);
  const left = holders.length - shown.length;
  return [
    { line: [' ', span(`${title}${left > 0 ? `, the greatest of ${holders.length}` : ''}`, 'dim')] },
    ...shown.map(({ name, kb, more, seq }): TabRow => {
      const text = printable(name);
      return {
        line: [
          ' ',
          span(pad(cutMiddle(text, names), names), 'label'),
          `  ${count(kb).padStart(digits)} kB  `,
          bar(kb / (shown[0]?.kb ?? 0), room).padEnd(room),
          span(`  ${more}`, 'dim'),
        ],
        seq,
      };
    }),
  ];
}
