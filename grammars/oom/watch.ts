import type { Watch } from '../common/family.ts';
import type { Line, LogText } from '../common/line.ts';
import { MEMCG } from '../memcg/lines.ts';
import { FAILURES } from './failure-lines.ts';
import { KILLER, TASKS } from './kill-lines.ts';
import { LOWMEM } from './lowmem-lines.ts';
import { MEMORY } from './memory-lines.ts';

/** Tables whose rows mean something only behind their title. */
type Block = 'counters' | 'slabs' | 'sites';

/** What the lines of an open report have said so far. */
export interface OomState {
  /** The report is of a failed allocation; the OOM killer has no say in it. Undefined before the first line. */
  failure: boolean | undefined;
  killed: boolean;
  chosen: boolean;
  /** memory.oom.group: all tasks of a cgroup are killed. */
  group: boolean;
  /** A block of memory.stat has begun. */
  stats: boolean;
  ended: boolean;
  /** Android's killer has said whom it kills. */
  lowmem: boolean;
  panicked: boolean;
  block: Block | undefined;
  /** `oom-kill:constraint=…`, of which a kill has one. */
  summary: string | undefined;
  /** The last kill: whose limit it names, and when. */
  message: string;
  usec: number | undefined;
  readonly pids: Set<string>;
}

const FAILED: ReadonlySet<Line> = new Set(Object.values(FAILURES));
const PANICS: ReadonlySet<Line> = new Set([
  KILLER.out_of_memory,
  KILLER.out_of_memory_deadlock,
  KILLER.check_panic_on_oom,
  KILLER.check_panic_on_oom_compulsory,
]);
const KILLS: ReadonlySet<Line> = new Set([KILLER.__oom_kill_process, KILLER.oom_kill_process, KILLER.oom_kill_process_exiting]);
const BLOCKS: ReadonlyMap<Line, Block> = new Map<Line, Block>([
  [MEMORY.__show_mem, 'counters'],
  [MEMORY.show_free_areas, 'counters'],
  [MEMORY.dump_unreclaimable_slab, 'slabs'],
  [MEMORY.dump_unreclaimable_slab_cache, 'slabs'],
  [MEMORY.__show_mem_sites, 'sites'],
  [MEMORY.__show_mem_site, 'sites'],
]);

/** `Memory cgroup out of memory`; nothing on the second line of kernels until 5.0. */
export const messageOf = (text: string): string => text.slice(0, Math.max(text.search(/:? ?(?:Killed|[Kk]ill) process/), 0));
export const pidIn = (text: string): string => /(?:process|victim|pid:) ?(\d+)/.exec(text)?.[1] ?? '';
export const isPanic = (text: string): boolean => text.startsWith('Kernel panic - not syncing: ');

export const OOM_WATCH: Watch<OomState> = {
  start: () => ({
    failure: undefined,
    killed: false,
    chosen: false,
    group: false,
    stats: false,
    ended: false,
    lowmem: false,
    panicked: false,
    block: undefined,
    summary: undefined,
    message: '',
    usec: undefined,
    pids: new Set(),
  }),
  see(state, { text, record, line }: LogText) {
    if (line === undefined || line === TASKS.dump_task) return;
    state.failure ??= FAILED.has(line);
    if (line.shape !== undefined) return;
    state.block = BLOCKS.get(line);
    if (KILLS.has(line)) {
      if (line === KILLER.__oom_kill_process) state.killed = true;
      else state.chosen = true;
      state.message = messageOf(text);
      state.usec = record.usec;
      state.pids.add(pidIn(text));
    } else if (line === KILLER.dump_oom_victim) state.summary = text;
    else if (line === MEMCG.mem_cgroup_print_oom_group) state.group = true;
    else if (line === MEMCG.memory_stat_head) state.stats = true;
    else if (PANICS.has(line) && isPanic(text)) state.panicked = true;
    else if (line === KILLER.out_of_memory) state.ended = true;
    else if (line === LOWMEM.lowmem_shrink || line === LOWMEM.lowmem_shrink_sends) state.lowmem = state.ended = true;
    else if (line === MEMORY.__show_mem_pages && state.failure && / pages RAM$/.test(text)) state.ended = true;
  },
};
