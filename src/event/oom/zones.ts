import type { OomZone } from '../event.ts';
import { Said } from '../facts/said.ts';
import { besides } from './counters.ts';
import { type Of, type OomFacts, zoneKey } from './facts.ts';

const FIELDS = ['name', 'node', 'allUnreclaimable', 'lowmemReserve', 'buddy', 'buddyTotalKb'];

/** Every zone once: its watermarks, what is reserved in it, its free blocks; the records of the lines that say so, in that order. */
export function zonesOf(facts: OomFacts): Said<OomZone>[] {
  const buddies = new Map(facts.buddies.map((buddy) => [zoneKey(buddy.value), buddy]));
  const zones: Said<OomZone>[] = [];
  const named = new Set<string>();
  for (const { value, records } of facts.zones) {
    const key = zoneKey(value);
    if (named.has(key)) continue;
    named.add(key);
    const zone: OomZone = { name: value.name, ...besides(FIELDS, value.counters) };
    if (value.node !== undefined) zone.node = value.node;
    if (value.allUnreclaimable !== undefined) zone.allUnreclaimable = value.allUnreclaimable;
    zones.push(completed(zone, records, facts.reserves.get(key), buddies.get(key)));
  }
  // a cut report may keep the block lists and lose the watermarks
  for (const [key, buddy] of buddies) {
    if (named.has(key)) continue;
    const zone: OomZone = { name: buddy.value.name };
    if (buddy.value.node !== undefined) zone.node = buddy.value.node;
    zones.push(completed(zone, [], facts.reserves.get(key), buddy));
  }
  return zones;
}

function completed(
  zone: OomZone,
  records: readonly number[],
  reserve: Said<Of<'lowmemReserve'>> | undefined,
  buddy: Said<Of<'buddy'>> | undefined,
): Said<OomZone> {
  if (reserve !== undefined) zone.lowmemReserve = [...reserve.value.pages];
  if (buddy !== undefined) {
    zone.buddy = buddy.value.blocks.map((block) => ({ ...block }));
    if (buddy.value.totalKb !== undefined) zone.buddyTotalKb = buddy.value.totalKb;
  }
  return new Said(zone, [...records, ...(reserve?.records ?? []), ...(buddy?.records ?? [])]);
}
