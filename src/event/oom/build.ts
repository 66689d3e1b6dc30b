import type { Line } from '../../../grammars/common/line.ts';
import { readLines } from '../../../grammars/readers.ts';
import type { Report } from '../../report/report.ts';
import { recogniseShared } from '../../report/tables.ts';
import type { BuildContext } from '../builder.ts';
import type { Details, Frame } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather } from '../facts/facts.ts';
import { explainOom, type OomAnalysis } from './analyse.ts';
import { collectOom } from './collect.ts';
import { damageOf } from './damage.ts';

/** Out of memory: a kill, a failed allocation, or the panic that took the kill's place. */
export function buildOom(report: Report, { release }: BuildContext): Draft {
  const said = collectOom(report.lines);
  // the task table and the memory dump are read: only the rest is searched for a stack
  const rows: (Line | undefined)[] = [];
  for (const { at, text } of said.others) rows[at] = recogniseShared(text);
  const facts = gather(report, readLines(report.lines, rows));
  const { cpu } = facts;
  const analysis = explainOom(said, { release: cpu?.release ?? release, triggerPid: cpu?.pid });
  const { kind, severity, naming } = verdict(analysis, report, facts);
  const details = detailsOf(analysis);
  const draft = baseDraft(facts, { kind, severity, naming, extra: { oom: analysis.oom, ...(details === undefined ? {} : { details }) } });
  const damage = draft.completeness === 'complete' ? damageOf(analysis, report) : undefined;
  return damage === undefined ? draft : { ...draft, completeness: damage.completeness, completenessReason: damage.reason };
}

/** All machinery between the allocator and whoever asked. */
const ASKERS: Naming['skip'] = ['allocator', 'page', 'dump', 'slab'];
/** What prints the failure, and what lies between that and the interfaces that the skip list knows. */
const PRINTERS =
  /^(?:warn_alloc\w*|slab_out_of_memory|show_mem|__show_mem|_*cma_alloc\w*|dma_alloc_contiguous|_*alloc_contig\w*|alloc_vmap_area|__get_vm_area_node|get_vm_area\w*|_*vmalloc\w*|_*alloc_frozen_pages\w*|vma_alloc_\w+)(?:\.|$)/;

/** The frames behind the last that prints or allocates: whoever asked comes first. */
const askers = (facts: Facts): Frame[] => {
  const frames = facts.stacks[0]?.frames ?? [];
  return frames.slice(frames.findLastIndex(({ symbol, reliable }) => reliable !== false && PRINTERS.test(symbol ?? '')) + 1);
};

function verdict({ oom, facts, isMemcg, form }: OomAnalysis, report: Report, shared: Facts): Pick<Draft, 'kind' | 'severity' | 'naming'> {
  const panic = report.lines.find(({ text }) => text.startsWith('Kernel panic - not syncing: '))?.text;
  if (panic !== undefined) {
    const reason = panic.slice('Kernel panic - not syncing: '.length).replace(/[\s.]+$/, '');
    return { kind: 'panic', severity: 'fatal', naming: { title: `kernel panic: ${reason}`, bare: `kernel panic: ${reason}`, frames: [] } };
  }
  const failure = facts.failures[0]?.value;
  if (form === 'failure' && failure !== undefined) {
    const what = {
      page: 'page allocation failure',
      stall: 'page allocation stalls',
      vmalloc: 'vmalloc allocation failure',
      vmap: 'vmalloc allocation failure',
      cma: 'CMA allocation failure',
      slab: 'slab allocation failure',
      reclaim: 'page allocation failure',
    }[failure.what];
    return {
      kind: 'page-allocation-failure',
      severity: 'warning',
      naming: { title: `${what} in {f}`, bare: what, skip: ASKERS, frames: askers(shared) },
    };
  }
  const victim =
    oom.victims?.[0]?.comm ??
    facts.chosen[0]?.value.comm ??
    facts.exiting[0]?.value.comm ??
    oom.reaped?.[0]?.comm ??
    facts.summary?.value.task;
  const head = isMemcg ? 'Memory cgroup out of memory' : 'Out of memory';
  const title = victim === undefined ? head : `${head}: Killed process ${victim}`;
  // nobody's code is guilty of a kill: frames name who asked last, which is chance
  return { kind: isMemcg ? 'memcg-oom' : 'oom-kill', severity: 'error', naming: { title, bare: title, frames: [] } };
}

/** What the `oom` object has no field for. */
function detailsOf({ facts, form, oom }: OomAnalysis): Details | undefined {
  const failure = facts.failures[0]?.value;
  const details: Details = {};
  if (form === 'failure' && failure !== undefined) {
    details.what = failure.what;
    if (failure.reason !== '') details.reason = failure.reason.replace(/[\s:.]+$/, '');
    if (failure.sizeBytes !== undefined) details.sizeBytes = failure.sizeBytes;
    if (failure.pages !== undefined) details.pages = failure.pages;
    if (failure.area !== undefined) details.area = failure.area;
    if (failure.errno !== undefined) details.errno = failure.errno;
    if (failure.stallMs !== undefined) details.seconds = failure.stallMs / 1000;
  }
  const cache = facts.slabCaches[0]?.value;
  if (cache !== undefined) details.cache = cache.cache;
  const chosen = facts.chosen[0]?.value;
  if (chosen !== undefined) {
    details.chosen = chosen.comm;
    details.chosenPid = chosen.pid;
    if (chosen.score !== undefined) details.score = chosen.score;
  }
  if (oom.trigger?.order === -1) details.sysrq = true;
  const message = facts.killed[0]?.value.message ?? chosen?.message;
  if (message?.includes('oom_kill_allocating_task')) details.oomKillAllocatingTask = true;
  return Object.keys(details).length > 0 ? details : undefined;
}
