import { KILLER } from '../../../grammars/oom/kill-lines.ts';
import type { Oom, OomVictim, OomVictimChoice } from '../event.ts';
import { type OomFindings, ownerText } from './claims.ts';
import { isUnlimited } from './limit.ts';
import { countText, percentText, sizeText } from './size-text.ts';
import type { ZoneCheck, ZoneState } from './zone-check.ts';

const who = (victim: OomVictim): string => `${victim.comm}[${victim.pid}]`;
const rss = (victim: OomVictim): number => (victim.anonRssKb ?? 0) + (victim.fileRssKb ?? 0) + (victim.shmemRssKb ?? 0);

/** Why the request could not be served, from the zones it could have used. */
export function zonesVerdict({ zones, oom }: OomFindings): string | undefined {
  const usable = zones.filter(({ state }) => state !== 'not-allowed' && state !== 'too-high' && state !== 'unknown');
  const order = oom.trigger?.order ?? 0;
  const free = (checks: readonly ZoneCheck[]): number => checks.reduce((sum, { zone }) => sum + (zone.freeKb ?? 0), 0);
  const freeKb = free(usable);
  const elsewhere = free(zones.filter(({ state }) => state === 'not-allowed' || state === 'too-high'));
  const beside = elsewhere > freeKb ? `; ${sizeText(elsewhere)} are free where it may not go` : '';
  if (usable.length === 0) {
    return zones.length > 0 && zones.every(({ state }) => state !== 'unknown')
      ? `${sizeText(elsewhere)} are free, all of it in zones or nodes that the request may not use`
      : undefined;
  }
  const states = new Set<ZoneState>(usable.map(({ state }) => state));
  const only = (...wanted: readonly ZoneState[]): boolean => [...states].every((state) => wanted.includes(state));
  if (states.has('fragmented'))
    return `no free block of order ${order} where the request could be served although ${sizeText(freeKb)} are free (fragmentation)`;
  if (states.has('kept') && only('kept', 'below-min', 'reserved'))
    return `what is free (${sizeText(freeKb)}) is kept for CMA or atomic requests`;
  if (states.has('reserved') && only('reserved', 'below-min'))
    return `what is free (${sizeText(freeKb)}) lies below the watermarks and reserves of zones that this request may only use last`;
  if (only('below-min')) return `every zone that the request may use is below its minimum (${sizeText(freeKb)} free)${beside}`;
  if (only('below-min', 'below-high', 'reserved', 'kept'))
    return `every zone that the request may use is below its high watermark (${sizeText(freeKb)} free) and nothing more could be reclaimed${beside}`;
  return undefined;
}

function memcgVerdict({ oom, zones }: OomFindings): string {
  const limit = oom.limits?.memory;
  const both = oom.limits?.memorySwap;
  const path = oom.cgroup?.oomMemcg ?? oom.cgroup?.taskMemcg;
  const owner = ownerText(oom);
  const name = `memory cgroup${path === undefined ? '' : ` ${path}`}${owner === undefined ? '' : ` (${owner})`}`;
  const short = zones.some(({ state }) => state === 'below-min');
  const hit = both?.limitKb !== undefined && both.usageKb !== undefined && both.usageKb >= both.limitKb ? both : limit;
  if (hit?.limitKb === undefined || isUnlimited(hit.limitKb)) return `${name} reached its limit`;
  return `${name} reached its ${hit === both ? 'memory+swap ' : ''}limit of ${sizeText(hit.limitKb)}; ${short ? 'the machine was short of memory as well' : "it is the cgroup's limit that was short, not the machine's memory"}`;
}

function systemVerdict(findings: OomFindings): string {
  const { oom, usage, leaks } = findings;
  const where =
    oom.constraint === 'CONSTRAINT_CPUSET'
      ? `the nodes of cpuset ${oom.cpuset ?? ''}`
      : oom.constraint === 'CONSTRAINT_MEMORY_POLICY'
        ? `the nodes of the memory policy (${oom.nodemask ?? '?'})`
        : 'the machine';
  const why = zonesVerdict(findings);
  const free = usage?.parts.find((part) => part.name === 'free')?.kb;
  const short = usage === undefined || free === undefined ? '' : `, ${percentText(free, usage.totalKb)} of ${sizeText(usage.totalKb)} free`;
  const blame = leaks[0] === undefined ? '' : `; ${leaks[0].text}`;
  return `${where} ran out of memory${why === undefined ? short : `: ${why}`}${blame}`;
}

/** One sentence: who died or what failed, and what ran out. */
export function verdictOf(findings: OomFindings, choice: OomVictimChoice | undefined): string {
  const { oom, facts, isMemcg } = findings;
  const panicked = facts.marks.has(KILLER.check_panic_on_oom_compulsory)
    ? 'panic_on_oom=2'
    : facts.marks.has(KILLER.check_panic_on_oom)
      ? 'panic_on_oom'
      : facts.marks.has(KILLER.out_of_memory_deadlock) || facts.marks.has(KILLER.out_of_memory)
        ? 'no task could be killed'
        : undefined;
  const [victim, ...others] = oom.victims ?? [];
  const failure = facts.failures[0]?.value;
  const what = isMemcg ? memcgVerdict(findings) : systemVerdict(findings);
  if (victim === undefined && facts.invoked.length === 0 && failure !== undefined) return failureVerdict(findings);
  if (oom.trigger?.order === -1)
    return `${victim ? `${who(victim)} was killed` : 'nothing was killed'}: SysRq-f called the OOM killer by hand`;
  if (panicked !== undefined && victim === undefined) return `the kernel panicked (${panicked}): ${what}`;
  if (victim === undefined) {
    const chosen = facts.chosen[0]?.value ?? facts.exiting[0]?.value;
    return `${chosen ? `${chosen.comm}[${chosen.pid}] was chosen` : 'the OOM killer was called, the log names no victim'}: ${what}`;
  }
  const size = rss(victim);
  const more = others.length > 0 ? ` and ${countText(others.length)} more` : '';
  const why = choice?.explains === false && choice.badness.length > 0 ? '; it did not have the most points' : '';
  return `${who(victim)}${more} ${others.length > 0 ? 'were' : 'was'} killed${size > 0 ? `, ${sizeText(size)} resident` : ''}: ${what}${why}`;
}

function failureVerdict(findings: OomFindings): string {
  const { oom, facts } = findings;
  const failure = facts.failures[0]?.value;
  if (failure === undefined) return '';
  const comm = failure.comm ?? oom.trigger?.comm;
  const from = comm === undefined ? '' : ` of ${comm}`;
  switch (failure.what) {
    case 'cma': {
      const { freePages, totalPages } = facts.cmaFree ?? {};
      const left = freePages === undefined ? '' : ` (${countText(freePages.value)} of ${countText(totalPages?.value ?? 0)} pages free)`;
      const why =
        failure.errno === -16
          ? 'its pages could not be moved away'
          : failure.errno === -12
            ? 'there is no free range of that length'
            : `error ${failure.errno}`;
      return `CMA area ${failure.area ?? ''} could not give ${failure.pages === undefined ? '?' : countText(failure.pages)} contiguous pages: ${why}${left}`.replace(
        '  ',
        ' ',
      );
    }
    case 'vmap':
    case 'vmalloc':
      return `a vmalloc request${from} for ${failure.sizeBytes === undefined ? '?' : sizeText(failure.sizeBytes / 1024)} failed: ${failure.reason.replace(/^vmalloc(?: error)?(?!_)[:,]? ?/, '')}`;
    case 'slab':
      return `a slab cache could not grow: ${zonesVerdict(findings) ?? failure.reason}`;
    case 'stall':
      return `a request${from} of order ${failure.order ?? 0} waited ${(failure.stallMs ?? 0) / 1000} s for memory: ${zonesVerdict(findings) ?? 'reclaim made no progress'}`;
    default:
      return `a request${from} for ${failure.order ? `2^${failure.order} contiguous pages` : 'a page'}${gfpText(oom)} failed: ${zonesVerdict(findings) ?? blamelessText(oom)}`;
  }
}

const gfpText = (oom: Oom): string => (oom.trigger?.gfpFlags?.length ? ` (${oom.trigger.gfpFlags.join('|')})` : '');

/** Zones with enough memory and a failure all the same: the mask or the moment. */
function blamelessText(oom: Oom): string {
  const flags = new Set(oom.trigger?.gfpFlags ?? []);
  if (flags.has('GFP_ATOMIC') || flags.has('GFP_NOWAIT')) return 'it could not wait, and when it asked there was nothing';
  return (oom.zones ?? []).length > 0 ? 'when the dump was printed there was enough again' : 'the dump of memory is not in the log';
}
