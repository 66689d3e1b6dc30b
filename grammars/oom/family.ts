import type { Family, Head } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { startOf } from '../common/table.ts';
import { MEMCG } from '../memcg/lines.ts';
import { FAILURES } from './failure-lines.ts';
import { KILLER, TASKS } from './kill-lines.ts';
import { LOWMEM } from './lowmem-lines.ts';
import { MEMORY } from './memory-lines.ts';
import { isPanic, messageOf, OOM_WATCH, type OomState, pidIn } from './watch.ts';

/** Microseconds within which one cgroup's tasks are all killed. */
const GROUP_USEC = 1_000_000;

/** Lines that only the OOM killer prints: no failed allocation has them. */
const OF_KILLS: ReadonlySet<Line> = new Set<Line>([...Object.values(KILLER), ...Object.values(TASKS), ...Object.values(MEMCG)]);
const PANICS = [KILLER.out_of_memory, KILLER.out_of_memory_deadlock, KILLER.check_panic_on_oom_compulsory, KILLER.check_panic_on_oom].map(
  (row) => new RegExp(`^${startOf(row).source}`),
);
const OF_LOWMEM: ReadonlySet<Line> = new Set(Object.values(LOWMEM));
const TASK_ROW = new RegExp(`^${startOf(TASKS.dump_task).source}`);

const sameGroup = (state: OomState, text: string, usec: number | undefined): boolean =>
  ['', state.message].includes(messageOf(text)) && (usec === undefined || state.usec === undefined || usec - state.usec < GROUP_USEC);

/**
 * A kill line ends the report before it, unless that has its victim already: until 5.0 the choice and the kill are two lines, and
 * memory.oom.group kills many.
 */
function takesKill({ line }: Head, text: string, usec: number | undefined, state: OomState): boolean {
  if (state.failure) return false;
  if (line === KILLER.__oom_kill_process) return !state.killed || (state.group && sameGroup(state, text, usec));
  return !state.killed && !state.chosen;
}

/** Out of memory: mm/oom_kill.c, mm/memcontrol.c, mm/page_alloc.c, mm/vmalloc.c, mm/cma.c. */
export const oom: Family<OomState> = {
  name: 'oom',
  lines: [
    ...Object.values(KILLER),
    ...Object.values(TASKS),
    ...Object.values(MEMORY),
    ...Object.values(FAILURES),
    ...Object.values(MEMCG),
    ...Object.values(LOWMEM),
  ],
  forms: [
    { name: 'invoked' },
    { name: 'kill', needs: 'nothing' },
    { name: 'summary', needs: 'nothing' },
    { name: 'reap', joinsOnly: true },
    // its head is not in the log: what only the OOM killer prints, and what others print as well
    { name: 'torn', needs: 'nothing' },
    { name: 'rest', tentative: true, unclaimed: true, absorbs: ['oom/torn'] },
    { name: 'failure' },
    { name: 'region', needs: 'nothing' },
    { name: 'lowmem', needs: 'nothing' },
    { name: 'slab', needs: 'nothing' },
  ],
  watch: OOM_WATCH,
  admits(row, text, _lines, { failure, block, stats, pids, lowmem }) {
    if (OF_LOWMEM.has(row)) return lowmem;
    if (failure && OF_KILLS.has(row)) return false;
    switch (row) {
      case MEMORY.show_free_areas:
        return block === 'counters' || /^ ?active_(?:anon|file):/.test(text);
      case MEMORY.dump_unreclaimable_slab_cache:
        return block === 'slabs';
      case MEMORY.__show_mem_site:
        return block === 'sites';
      case MEMCG.memory_stat_format:
        return stats;
      case KILLER.oom_reap_task_mm:
      case KILLER.oom_reap_task:
        return pids.has(pidIn(text));
      default:
        return true;
    }
  },
  rows: (text, _lines, { failure }) => (text.charCodeAt(0) === 91 && !failure && TASK_ROW.test(text) ? TASKS.dump_task : undefined),
  // The reaper, a thread of its own, names the victim's pid.
  joins(head, { text, record: { usec } }, lines, sameCaller, state) {
    if (head.family.name === 'oom' && head.form.name === 'reap') return state.pids.has(pidIn(text));
    if (!sameCaller) return false;
    if (head.family.name !== 'oom') return !state.failure && isPanic(text) && PANICS.some((panic) => panic.test(text)) ? true : undefined;
    switch (head.form.name) {
      case 'kill':
        return takesKill(head, text, usec, state);
      case 'summary':
        return !state.failure && !state.killed && !state.ended && (state.summary ?? text) === text;
      case 'torn':
        // the group of a victim is named behind its kill
        return !state.failure && (head.line === MEMCG.mem_cgroup_print_oom_group || !(state.killed || state.ended));
      case 'slab':
        return state.failure === true;
      case 'failure':
        // no address range left, and then the vmalloc that wanted one
        return lines.length === 1 && lines[0]?.line === FAILURES.alloc_vmap_area && head.line === FAILURES.warn_alloc_vmalloc;
      default:
        return false;
    }
  },
  goesOn: (_lines, { panicked, killed, ended }) => panicked || !(killed || ended),
};
