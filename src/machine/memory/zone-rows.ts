import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { type Known, row } from '../row.ts';
import { nodes } from './zones.ts';

/** A row of `kmem -z`: one zone of a node, in pages. */
export interface ZoneRow {
  readonly node: number;
  readonly zone: string;
  readonly presentPages: number;
  readonly managedPages: number;
  readonly freePages: number;
  readonly minPages: number;
  readonly lowPages: number;
  readonly highPages: number;
  /** zone_stat_item by its kernel name, as of the last time that CPUs added theirs. */
  readonly stats: Readonly<Record<string, number>>;
}

/** Zones that have pages. */
export const zoneRows = (kernel: KernelContext): Known<ZoneRow>[] =>
  nodes(kernel).flatMap(({ id, zones }) =>
    zones.filter((zone) => zone.num('spanned_pages') !== 0).map((zone) => zoneRow(kernel, id, zone)),
  );

function zoneRow(kernel: KernelContext, node: number, zone: Struct): Known<ZoneRow> {
  // _watermark since 4.20 (a921444382b4): what boosts and extends it stands beside
  const watermark = zone.has('_watermark') ? '_watermark' : 'watermark';
  const stats = statsOf(kernel, zone);
  return row<ZoneRow>({
    node,
    zone: zone.text('name'),
    presentPages: zone.num('present_pages'),
    managedPages: zone.num('managed_pages'),
    freePages: stats?.NR_FREE_PAGES,
    minPages: zone.num(`${watermark}[0]`),
    lowPages: zone.num(`${watermark}[1]`),
    highPages: zone.num(`${watermark}[2]`),
    stats,
  });
}

function statsOf(kernel: KernelContext, zone: Struct): Record<string, number> | undefined {
  const stats: Record<string, number> = {};
  const length = zone.member('vm_stat')?.length ?? 0;
  for (const [name, index] of kernel.types.enumerators('zone_stat_item')) {
    if (index >= length) continue; // NR_VM_ZONE_STAT_ITEMS counts them
    const value = zone.num(`vm_stat[${index}]`);
    if (value === undefined) return undefined;
    stats[name] = Math.max(0, value);
  }
  return stats;
}
