import type { Oom, OomZone } from '../event.ts';
import { nodesOf } from './limit.ts';
import { sizeText } from './size-text.ts';

/** Why a zone could not serve the request. */
export type ZoneState = 'not-allowed' | 'too-high' | 'below-min' | 'reserved' | 'fragmented' | 'kept' | 'below-high' | 'enough' | 'unknown';

export interface ZoneCheck {
  readonly zone: OomZone;
  readonly state: ZoneState;
  /** One clause with its numbers. */
  readonly text: string;
  /** The watermark that counts, and what of the free memory is only for CMA users or atomic requests. */
  readonly markKb?: number;
  readonly cmaKb?: number;
  readonly atomicKb?: number;
}

export interface ZoneRequest {
  readonly order: number;
  /** `__GFP_` members without the prefix; empty where the mask is not known. */
  readonly flags: ReadonlySet<string>;
}

/** Types of blocks (show_migration_types()) by the flag of those that may use them: highatomic, CMA; isolated ones are for nobody. */
const ONLY_FOR: ReadonlyMap<string, string> = new Map([
  ['H', 'HIGH'],
  ['C', 'MOVABLE'],
  ['I', ''],
]);

/** From the lowest; a request may use its zone and those below. */
const RANK: ReadonlyMap<string, number> = new Map(Object.entries({ DMA: 0, DMA32: 1, Normal: 2, HighMem: 3, Movable: 4, Device: 5 }));
/** Zone lists of configurations: which zone each number of lowmem_reserve[] stands for. */
const CONFIGURED: readonly (readonly string[])[] = [
  ['DMA', 'DMA32', 'Normal', 'Movable', 'Device'],
  ['DMA', 'DMA32', 'Normal', 'Movable'],
  ['DMA', 'Normal', 'HighMem', 'Movable', 'Device'],
  ['DMA', 'Normal', 'HighMem', 'Movable'],
  ['DMA', 'Normal', 'Movable', 'Device'],
  ['DMA32', 'Normal', 'Movable', 'Device'],
  ['Normal', 'HighMem', 'Movable', 'Device'],
  ['DMA', 'Normal', 'Movable'],
  ['DMA32', 'Normal', 'Movable'],
  ['Normal', 'HighMem', 'Movable'],
  ['Normal', 'Movable', 'Device'],
  ['DMA', 'DMA32', 'Normal'],
  ['Normal', 'Movable'],
  ['DMA', 'Movable'],
];

/** include/linux/gfp.h gfp_zone(): the highest zone the request may take. */
function highestZone(flags: ReadonlySet<string>): string {
  if (flags.has('DMA')) return 'DMA';
  if (flags.has('DMA32')) return 'DMA32';
  if (flags.has('HIGHMEM')) return flags.has('MOVABLE') ? 'Movable' : 'HighMem';
  return 'Normal';
}

/** lowmem_reserve[] of the zone against this class of request, kB. */
function reserveKb(zone: OomZone, highest: string, seen: readonly string[], pageKb: number): number {
  const pages = zone.lowmemReserve ?? [];
  const config = CONFIGURED.find((names) => names.length === pages.length && seen.every((name) => names.includes(name)));
  const limit = RANK.get(highest) ?? 2;
  const at = config === undefined ? pages.length - 1 : config.findLastIndex((name) => (RANK.get(name) ?? 2) <= limit);
  return (pages[Math.max(at, 0)] ?? 0) * pageKb;
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** mm/page_alloc.c __zone_watermark_ok() on the numbers as printed, for each zone of the report. */
export function checkZones(oom: Oom, request: ZoneRequest, pageKb: number): ZoneCheck[] {
  const zones = oom.zones ?? [];
  const seen = [...new Set(zones.map((zone) => zone.name))];
  const highest = highestZone(request.flags);
  const allowed = nodesOf(oom.nodemask) ?? nodesOf(oom.memsAllowed);
  return zones.map((zone) => {
    const where = `${zone.node === undefined ? '' : `Node ${zone.node} `}${zone.name}`;
    const as = (state: ZoneState, text: string): ZoneCheck => ({ zone, state, text: `${where}: ${text}` });
    const free = zone.freeKb;
    if (free === undefined || zone.minKb === undefined) return as('unknown', 'its watermarks are not in the log');
    if (zone.node !== undefined && allowed !== undefined && !allowed.has(zone.node)) {
      return as(
        'not-allowed',
        `${sizeText(free)} free, but node ${zone.node} is not allowed (${oom.nodemask?.startsWith('(') === false ? `nodemask ${oom.nodemask}` : `mems_allowed ${oom.memsAllowed}`})`,
      );
    }
    if ((RANK.get(zone.name) ?? 0) > (RANK.get(highest) ?? 2))
      return as('too-high', `${sizeText(free)} free, but the request may not use this zone (highest: ${highest})`);
    const kept = keptOf(zone, request);
    const checked = checkAllowed(zone, free, request, reserveKb(zone, highest, seen, pageKb), kept, as);
    return { ...checked, ...kept };
  });
}

type Kept = { readonly markKb: number; readonly cmaKb: number; readonly atomicKb: number };

/** What the request must leave: the minimum, pages of CMA areas, what is reserved for atomic requests. */
function keptOf(zone: OomZone, { flags }: ZoneRequest): Kept {
  const min = zone.minKb ?? 0;
  return {
    // __GFP_HIGH may take half of the minimum, more since 6.5 with non-blocking
    markKb: flags.has('HIGH') ? min - Math.trunc(min / 2) : min,
    cmaKb: flags.has('MOVABLE') ? 0 : number(zone.freeCmaKb),
    atomicKb: flags.has('HIGH') ? 0 : number(zone.freeHighatomicKb ?? zone.reservedHighatomicKb),
  };
}

function checkAllowed(
  zone: OomZone,
  free: number,
  request: ZoneRequest,
  reserve: number,
  { markKb: mark, cmaKb: cma, atomicKb: atomic }: Kept,
  as: (state: ZoneState, text: string) => ZoneCheck,
): ZoneCheck {
  const { flags, order } = request;
  const usable = Math.max(free - cma - atomic, 0);
  const kept = [cma > 0 ? `${sizeText(cma)} of them for CMA` : '', atomic > 0 ? `${sizeText(atomic)} for atomic requests` : '']
    .filter((part) => part !== '')
    .join(', ');
  const freeText = `${sizeText(free)} free${kept === '' ? '' : ` (${kept})`}`;
  if (usable <= mark) return as(free > mark ? 'kept' : 'below-min', `${freeText}, minimum ${sizeText(mark)}`);
  if (usable <= mark + reserve)
    return as(
      'reserved',
      `${freeText}, but ${sizeText(reserve)} above the minimum of ${sizeText(mark)} are reserved for requests that can use no higher zone`,
    );
  if (order > 0 && zone.buddy !== undefined) {
    const fitting = zone.buddy.filter((block) => block.order >= order && block.count > 0);
    if (fitting.length === 0) return as('fragmented', `${freeText}, but no free block of order ${order} or above`);
    const open = fitting.filter(
      (block) => block.types === undefined || [...block.types].some((type) => !ONLY_FOR.has(type) || flags.has(ONLY_FOR.get(type) ?? '')),
    );
    if (open.length === 0)
      return as(
        'kept',
        `${freeText}, blocks of order ${order} only of types ${fitting.map((block) => block.types).join('')}, kept for CMA or atomic requests`,
      );
  }
  const high = zone.highKb ?? 0;
  if (usable <= high + reserve)
    return as('below-high', `${freeText}, below its high watermark ${sizeText(high)}: the last attempt before a kill asks for that`);
  return as('enough', `${freeText}, above its watermarks`);
}
