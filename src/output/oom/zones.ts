import type { Event, OomZone } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';
import { printable } from '../text/printable.ts';
import { type Column, count, NO_TABLE, sumText, type TableLines, tableLines } from './table.ts';

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Free blocks that could serve a request of the order. */
const fitting = (zone: OomZone, order: number): number | undefined =>
  zone.buddy?.filter((block) => block.order >= order).reduce((sum, block) => sum + block.count, 0);

/** Free memory of each zone beside its watermarks, and how many free blocks the request could have used. */
export function zoneLines(event: Event): TableLines {
  const { zones, trigger } = event.oom ?? {};
  if (!zones?.length) return NO_TABLE;
  const order = Math.max(trigger?.order ?? 0, 0);
  const columns: readonly Column[] = [
    { head: 'ZONE' },
    ...['FREE kB', 'MIN', 'LOW', 'HIGH', 'MANAGED', 'CMA', `BLOCKS >= ORDER ${order}`].map((head) => ({ head, align: 'right' as const })),
  ];
  const rows = zones.map((zone) => [
    printable(`${zone.node === undefined ? '' : `Node ${zone.node} `}${zone.name}`),
    ...[
      zone.freeKb,
      zone.minKb,
      zone.lowKb,
      zone.highKb,
      number(zone.managedKb ?? zone.presentKb),
      number(zone.freeCmaKb),
      fitting(zone, order),
    ].map(count),
  ]);
  const seqs = zones.map((_, i) => recordsOf(event, `oom.zones.${i}`)[0]);
  return tableLines(columns, rows, seqs, [
    'all',
    sumText(zones.map((zone) => zone.freeKb)),
    sumText(zones.map((zone) => zone.minKb)),
    sumText(zones.map((zone) => zone.lowKb)),
    sumText(zones.map((zone) => zone.highKb)),
    sumText(zones.map((zone) => number(zone.managedKb ?? zone.presentKb))),
    sumText(zones.map((zone) => number(zone.freeCmaKb))),
    sumText(zones.map((zone) => fitting(zone, order))),
  ]);
}
