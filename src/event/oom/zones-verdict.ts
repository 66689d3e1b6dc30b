import type { OomFindings } from './findings.ts';
import { sizeText } from './size-text.ts';
import type { ZoneCheck, ZoneState } from './zone-check.ts';

const sumOf = (checks: readonly ZoneCheck[], kb: (check: ZoneCheck) => number | undefined): number =>
  checks.reduce((all, check) => all + (kb(check) ?? 0), 0);
const freeOf = (checks: readonly ZoneCheck[]): number => sumOf(checks, ({ zone }) => zone.freeKb);
const sizeOf = ({ zone }: ZoneCheck): number => Number(zone.managedKb ?? zone.presentKb ?? 0);
const nameOf = ({ zone }: ZoneCheck): string =>
  `zone ${zone.name}${zone.node === undefined || zone.node === 0 ? '' : ` of node ${zone.node}`}`;

/** Why the request could not be served, from the zones it could have used, with what is free and what had to be. */
export function zonesVerdict({ zones, oom }: OomFindings): string | undefined {
  const usable = zones.filter(({ state }) => state !== 'not-allowed' && state !== 'too-high' && state !== 'unknown');
  const freeKb = freeOf(usable);
  const barred = zones.filter(({ state }) => state === 'not-allowed' || state === 'too-high');
  const elsewhere = freeOf(barred);
  const beside = elsewhere > freeKb ? `; ${sizeText(elsewhere)} are free ${whereOf(barred)}` : '';
  if (usable.length === 0) {
    return zones.length > 0 && zones.every(({ state }) => state !== 'unknown')
      ? `${sizeText(elsewhere)} are free, all of it ${whereOf(barred)}`
      : undefined;
  }
  const why = usable.some(({ state }) => state === 'fragmented')
    ? `no free block of order ${oom.trigger?.order ?? 0} where the request could be served although ${sizeText(freeKb)} are free (fragmentation)`
    : (keptText(usable, freeKb, oom.trigger?.order ?? 0) ?? lowText(usable, freeKb));
  return why === undefined ? undefined : `${why}${beside}`;
}

/** Where the request may not go: nodes, or zones above. */
function whereOf(barred: readonly ZoneCheck[]): string {
  const states = new Set(barred.filter(({ zone }) => (zone.freeKb ?? 0) > 0).map(({ state }) => state));
  const names = (of: (check: ZoneCheck) => string) => [...new Set(barred.map(of))].join(', ');
  if (states.size === 1 && states.has('not-allowed'))
    return `on nodes that the request may not use (${names(({ zone }) => `${zone.node}`)})`;
  if (states.size === 1 && states.has('too-high')) return `in zones that the request may not use (${names(({ zone }) => zone.name)})`;
  return 'in zones or nodes that the request may not use';
}

/** Most of what is free, or each block of the order, is for users of CMA areas or for atomic requests only. */
function keptText(usable: readonly ZoneCheck[], freeKb: number, order: number): string | undefined {
  const kept = usable.filter(({ state }) => state === 'kept');
  const cma = sumOf(kept, (check) => check.cmaKb);
  const atomic = sumOf(kept, (check) => check.atomicKb);
  const free = freeOf(kept);
  if (free < freeKb / 2 || !usable.every(({ state }) => ['kept', 'below-min', 'reserved'].includes(state))) return undefined;
  // one page would have been there: what lacks is a block
  if (kept.some(({ cmaKb = 0, atomicKb = 0, markKb = 0, zone }) => (zone.freeKb ?? 0) - cmaKb - atomicKb > markKb)) {
    const beside = sizeText(free - cma - atomic);
    return `no free block of order ${order} but what is kept for CMA or atomic requests, although ${beside} are free besides (fragmentation)`;
  }
  if (cma + atomic < free / 2) return undefined;
  const parts = [cma > 0 ? `${sizeText(cma)} in CMA areas` : '', atomic > 0 ? `${sizeText(atomic)} for atomic requests` : ''];
  return `of ${sizeText(freeKb)} free most are kept: ${parts.filter((part) => part !== '').join(', ')}`;
}

/** At the minimum, below the high watermark, or reserved for requests that can use no other zone. */
function lowText(usable: readonly ZoneCheck[], freeKb: number): string | undefined {
  const states = new Set<ZoneState>(usable.map(({ state }) => state));
  const only = (...wanted: readonly ZoneState[]): boolean => [...states].every((state) => wanted.includes(state));
  const atMin = usable.filter(({ state }) => state === 'below-min' || state === 'kept');
  const [one, ...more] = atMin;
  if (only('reserved'))
    return `what is free (${sizeText(freeKb)}) lies below the watermarks and reserves of zones that this request may only use last`;
  if (one !== undefined && only('below-min', 'kept', 'reserved')) {
    const state = freeOf(atMin) < sumOf(atMin, ({ markKb }) => markKb) ? 'below' : 'at';
    const numbers = `${sizeText(freeOf(atMin))} free, minimum ${sizeText(sumOf(atMin, ({ markKb }) => markKb))}`;
    const reserved = usable.filter(({ state }) => state === 'reserved');
    const lower = freeOf(reserved);
    const rest =
      lower > 0
        ? `, ${sizeText(lower)} more in ${reserved.map(({ zone }) => zone.name).join(', ')} are reserved for requests that need those`
        : '';
    if (reserved.length === 0 && usable.length > 1) return `every zone that the request may use is ${state} its minimum (${numbers})`;
    return `${more.length === 0 ? `${nameOf(one)} is ${state} its minimum` : `${atMin.length} zones are ${state} their minimum`} (${numbers})${rest}`;
  }
  // memory came back while the dump was printed, or lies in a zone that is small beside the one that is short
  const main = [...usable].sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (main?.state === 'below-min')
    return `${nameOf(main)} is below its minimum (${sizeText(freeOf([main]))} free, minimum ${sizeText(main.markKb ?? 0)})`;
  if (only('below-min', 'below-high', 'reserved', 'kept'))
    return `every zone that the request may use is below its high watermark (${sizeText(freeKb)} free) and nothing more could be reclaimed`;
  return undefined;
}
