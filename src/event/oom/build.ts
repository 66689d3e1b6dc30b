import type { Report } from '../../report/report.ts';
import type { BuildContext } from '../builder.ts';
import type { Details, Frame } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather, readReport, recordAt } from '../facts/facts.ts';
import { Said, type Sayable } from '../facts/said.ts';
import { named } from '../symbols.ts';
import { explainOom, type OomAnalysis } from './analyse.ts';
import { collectOom } from './collect.ts';
import { damageOf } from './damage.ts';
import { defined } from './defined.ts';
import { buildLowmem } from './lowmem.ts';

/** Out of memory: a kill, a failed allocation, or the panic that took the kill's place. */
export function buildOom(report: Report, context: BuildContext): Draft | undefined {
  if (report.form.name === 'lowmem') return buildLowmem(report);
  const { release } = context;
  const { nodes, damaged } = readReport(report);
  // the task table is thousands of lines, and none of them has a fact that other reports share
  const facts = gather(report, { nodes: nodes.filter(({ type }) => type !== 'task-row'), damaged });
  const { cpu } = facts;
  const triggerPid = cpu?.pid === undefined ? undefined : new Said(cpu.pid, recordAt(report, cpu.line));
  const analysis = explainOom(collectOom(facts, nodes), { release: cpu?.release ?? release, triggerPid });
  const draft = baseDraft(facts, { ...verdict(analysis, facts), extra: { oom: analysis.said, ...detailsOf(analysis) } });
  const damage = draft.completeness === 'complete' ? damageOf(analysis, report) : undefined;
  return damage === undefined ? draft : { ...draft, completeness: damage.completeness, completenessReason: damage.reason };
}

/** All machinery between the allocator and whoever asked. */
const ASKERS: Naming['skip'] = ['allocator', 'page', 'dump', 'slab'];
/** What prints the failure, and what lies between that and the interfaces that the skip list knows. */
const PRINTERS = named(
  // print it
  String.raw`warn_alloc\w*|slab_out_of_memory|show_mem|__show_mem`,
  // the page allocator
  String.raw`_*alloc_frozen_pages\w*|vma_alloc_\w+`,
  // CMA and other contiguous ranges
  String.raw`_*cma_alloc\w*|dma_alloc_contiguous|_*alloc_contig\w*`,
  // vmalloc
  String.raw`alloc_vmap_area|__get_vm_area_node|get_vm_area\w*|_*vmalloc\w*`,
);

/** The frames behind the last that prints or allocates: whoever asked comes first. */
const askers = (facts: Facts): Frame[] => {
  const frames = facts.stacks[0]?.frames ?? [];
  return frames.slice(frames.findLastIndex(({ symbol, reliable }) => reliable !== false && PRINTERS.test(symbol ?? '')) + 1);
};

function verdict({ oom, facts, isMemcg, form }: OomAnalysis, shared: Facts): Pick<Draft, 'kind' | 'severity' | 'naming'> {
  if (facts.panic !== undefined) {
    const reason = facts.panic.value.replace(/[\s.]+$/, '');
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
  // no code is to blame for a kill: the frames show who happened to ask last
  return { kind: isMemcg ? 'memcg-oom' : 'oom-kill', severity: 'error', naming: { title, bare: title, frames: [] } };
}

/** What the `oom` object has no field for. */
function detailsOf({ facts, form, oom }: OomAnalysis): { details?: Sayable<Details> } {
  const failure = form === 'failure' ? facts.failures[0] : undefined;
  const [chosen] = facts.chosen;
  const message = (facts.killed[0] ?? chosen)?.get('message') ?? chosen?.get('message');
  const details = defined({
    what: failure?.get('what'),
    reason: failure?.value.reason ? failure.get('reason') : undefined,
    sizeBytes: failure?.get('sizeBytes'),
    pages: failure?.get('pages'),
    area: failure?.get('area'),
    errno: failure?.get('errno'),
    seconds: failure?.get('stallMs')?.map((ms) => ms / 1000),
    cache: facts.slabCaches[0]?.get('cache'),
    chosen: chosen?.get('comm'),
    chosenPid: chosen?.get('pid'),
    score: chosen?.get('score'),
    sysrq: oom.trigger?.order === -1 ? facts.invoked[0]?.map(() => true) : undefined,
    oomKillAllocatingTask: message?.value.includes('oom_kill_allocating_task') ? message.map(() => true) : undefined,
  });
  return Object.keys(details).length > 0 ? { details } : {};
}
