import { KILLER } from '../../../grammars/oom/kill-lines.ts';
import type { Oom, OomVictim, OomVictimChoice } from '../event.ts';
import type { OomFindings } from './findings.ts';
import { nodesOf } from './limit.ts';
import { fillsText, memcgVerdict } from './memcg-verdict.ts';
import { countText, percentText, sizeText } from './size-text.ts';
import { spared } from './spared.ts';
import { zonesVerdict } from './zones-verdict.ts';

const who = (victim: OomVictim): string => `${victim.comm}[${victim.pid}]`;
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const rss = (victim: OomVictim): number =>
  victim.inferred === true ? number(victim.rssKb) : (victim.anonRssKb ?? 0) + (victim.fileRssKb ?? 0) + (victim.shmemRssKb ?? 0);
/** A kill line that is cut behind the name leaves the size to the task table. */
const rowRss = ({ oom, pageKb }: OomFindings, { pid }: OomVictim): number =>
  (oom.tasks?.find((task) => task.pid === pid)?.rssPages ?? 0) * pageKb;

/** Which memory: of the machine, of the nodes that a cpuset or a policy allows; unknown where no line says so. */
function placeOf({ oom, facts }: OomFindings): string {
  if (oom.constraint === 'CONSTRAINT_CPUSET')
    return `the nodes of cpuset ${oom.cpuset ?? ''} (${oom.memsAllowed ?? '?'}) ran out of memory`;
  if (oom.constraint === 'CONSTRAINT_MEMORY_POLICY') return `the nodes of the memory policy (${oom.nodemask ?? '?'}) ran out of memory`;
  // kernels until 4.20 print no constraint, but the nodes that the request may use
  const seen = new Set((oom.zones ?? []).flatMap(({ node }) => node ?? []));
  const allowed = nodesOf(oom.nodemask) ?? nodesOf(oom.memsAllowed);
  if (oom.constraint === undefined && allowed !== undefined && [...seen].some((node) => !allowed.has(node)))
    return `the nodes that it may use (${[...allowed].filter((node) => seen.has(node)).join(', ')}) ran out of memory`;
  const known = facts.memInfo.length > 0 || facts.zones.length > 0 || facts.summary !== undefined || facts.invoked.length > 0;
  const said = [...facts.killed, ...facts.chosen, ...facts.exiting].some(({ value }) => /^out of memory/i.test(value.message ?? ''));
  return known || said ? 'the machine ran out of memory' : 'memory ran out, whose limit that was is not in the log';
}

/** Swap, where it decides: used up, or none to which anonymous memory could go. */
function swapVerdict({ oom, usage }: OomFindings): string {
  const { totalKb, freeKb } = oom.swap ?? {};
  if (totalKb === undefined) return '';
  const anon = usage?.parts.find(({ name }) => name === 'anonymous')?.kb ?? 0;
  if (totalKb === 0) return anon > (usage?.totalKb ?? 0) / 4 ? '; there is no swap' : '';
  if (freeKb === undefined || freeKb > totalKb * SWAP_LEFT) return '';
  return `; swap is full (${sizeText(freeKb)} of ${sizeText(totalKb)} free)`;
}

/** Below this share of free slots swap is as good as full: what is left is in clusters that CPUs hold. */
const SWAP_LEFT = 0.02;

function systemVerdict(findings: OomFindings): string {
  const { usage, leaks } = findings;
  const why = zonesVerdict(findings);
  const free = usage?.parts.find((part) => part.name === 'free')?.kb;
  const short = usage === undefined || free === undefined ? '' : `, ${percentText(free, usage.totalKb)} of ${sizeText(usage.totalKb)} free`;
  const fills = usage === undefined ? '' : fillsText(usage.parts, usage.totalKb);
  const eats =
    leaks[0] !== undefined
      ? `; ${leaks[0].text}`
      : fills === '' || usage === undefined
        ? ''
        : fills.replace(', ', '; ').replace('of it', `of ${sizeText(usage.totalKb)} is`);
  return `${placeOf(findings)}${why === undefined ? short : `: ${why}`}${swapVerdict(findings)}${eats}`;
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
    const top = choice?.badness[0];
    const likely = top?.comm === undefined ? '' : ` (by the task table most likely ${top.comm}[${top.pid}])`;
    return `${chosen ? `${chosen.comm}[${chosen.pid}] was chosen` : `the OOM killer was called, the log names no victim${likely}`}: ${what}`;
  }
  const size = victim.anonRssKb === undefined && rss(victim) === 0 ? rowRss(findings, victim) : rss(victim);
  const more = others.length > 0 ? ` and ${countText(others.length)} more` : '';
  const why = choice?.explains === false && choice.badness.length > 1 ? '; it did not have the most points' : '';
  const done = victim.inferred === true ? 'was chosen to be killed' : `${others.length > 0 ? 'were' : 'was'} killed`;
  return `${who(victim)}${more} ${done}${size > 0 ? `, ${sizeText(size)} resident` : ''}: ${what}${why}${spared(findings, victim)}${unreaped(oom)}`;
}

/** The reaper gives up after a second: who holds the lock of the victim's memory keeps it (mm/oom_kill.c oom_reap_task()). */
function unreaped({ reaped = [] }: Oom): string {
  const stuck = reaped.find(({ unable }) => unable === true);
  return stuck === undefined ? '' : `; the memory of ${who(stuck)} could not be reaped while it lives`;
}

function failureVerdict(findings: OomFindings): string {
  const { oom, facts } = findings;
  const failure = facts.failures[0]?.value;
  if (failure === undefined) return '';
  const comm = failure.comm ?? oom.trigger?.comm;
  const from = comm === undefined ? '' : ` of ${comm}`;
  const zones = zonesVerdict(findings);
  switch (failure.what) {
    case 'cma': {
      const { freePages, totalPages } = facts.cmaFree ?? {};
      const left = freePages === undefined ? '' : ` (${countText(freePages.value)} of ${countText(totalPages?.value ?? 0)} pages free)`;
      const why =
        failure.errno === -16
          ? 'its pages could not be moved away'
          : failure.errno === -12
            ? 'there is no free range of that length'
            : `error ${failure.errno ?? 'unknown'}`;
      return `CMA area ${failure.area ?? ''} could not give ${failure.pages === undefined ? '?' : countText(failure.pages)} contiguous pages: ${why}${left}`.replace(
        '  ',
        ' ',
      );
    }
    case 'vmap':
    case 'vmalloc':
      return `a vmalloc request${from} for ${failure.sizeBytes === undefined ? '?' : sizeText(failure.sizeBytes / 1024)} failed: ${failure.reason.replace(/^vmalloc(?: error)?(?!_)[:,]? ?/, '')}`;
    case 'slab':
      return `${cacheText(facts.slabCaches[0]?.value.cache)} could not grow${zones === undefined ? '' : `: ${zones}`}`;
    case 'stall':
      return `a request${from}${orderText(failure.order)} waited ${waitText(failure.stallMs)} for memory: ${zones ?? 'reclaim made no progress'}`;
    default:
      return `a request${from} for ${failure.order ? `2^${failure.order} contiguous pages` : 'a page'}${gfpText(oom)} failed: ${zones ?? blamelessText(oom)}`;
  }
}

const orderText = (order: number | undefined): string => (order === undefined ? '' : ` of order ${order}`);
const waitText = (ms: number | undefined): string => (ms === undefined ? 'long' : `${ms / 1000} s`);
const cacheText = (cache: string | undefined): string => (cache === undefined ? 'a slab cache' : `the slab cache ${cache}`);

const gfpText = (oom: Oom): string => (oom.trigger?.gfpFlags?.length ? ` (${oom.trigger.gfpFlags.join('|')})` : '');

/** Zones with enough memory and a failure all the same: the mask or the moment. */
function blamelessText(oom: Oom): string {
  const flags = new Set(oom.trigger?.gfpFlags ?? []);
  if (flags.has('GFP_ATOMIC') || flags.has('GFP_NOWAIT')) return 'it could not wait, and when it asked there was nothing';
  return (oom.zones ?? []).length > 0 ? 'when the dump was printed there was enough again' : 'the dump of memory is not in the log';
}
