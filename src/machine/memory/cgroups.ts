import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { type Known, row } from '../row.ts';
import { cgroupPath } from '../tasks/cgroup.ts';

/** A row of `cgroups`: memory of a control group, as of the last time that the kernel added it up. */
export interface CgroupRow {
  readonly path: string;
  readonly usageBytes: number;
  /** memory.max; absent where there is none. */
  readonly maxBytes: number;
  readonly highBytes: number;
  readonly swapBytes: number;
  readonly anonBytes: number;
  readonly fileBytes: number;
  readonly shmemBytes: number;
  readonly slabBytes: number;
  readonly oomKills: number;
}

const MAX_DEPTH = 64;
/** PAGE_COUNTER_MAX is LONG_MAX in pages: more than there is. */
const NO_LIMIT = 2 ** 48;

/** Groups with a memory controller, parents first. */
export function cgroupRows(kernel: KernelContext): Known<CgroupRow>[] {
  const root = kernel.word('root_mem_cgroup');
  return root ? [...below(kernel, kernel.struct('mem_cgroup', root), new Set(), 0)].map((memcg) => rowOf(kernel, memcg)) : [];
}

/** @param seen addresses of the groups so far: damaged lists lead back into the tree, again and again */
function* below(kernel: KernelContext, memcg: Struct, seen: Set<bigint>, depth: number): Generator<Struct> {
  if (seen.has(memcg.address)) return kernel.losses.stop('the tree of control groups loops');
  seen.add(memcg.address);
  yield memcg;
  const within = kernel.types.member('mem_cgroup', 'css')?.offset;
  if (within === undefined || depth > MAX_DEPTH) return;
  const children = list(kernel, memcg.at('css.children'), {
    what: 'a list of control groups',
    type: 'cgroup_subsys_state',
    member: 'sibling',
  });
  for (const css of children) yield* below(kernel, css.as('mem_cgroup', -within), seen, depth + 1);
}

function rowOf(kernel: KernelContext, memcg: Struct): Known<CgroupRow> {
  const page = kernel.memory.pageSize;
  const pages = (path: string): number | undefined => times(memcg.num(path), page);
  const limit = (path: string): number | null | undefined => {
    const n = memcg.num(path);
    return n !== undefined && n >= NO_LIMIT ? null : times(n, page);
  };
  const stat = (item: string): number | undefined => statOf(kernel, memcg, item);
  const kills = kernel.types.enumerator('memcg_memory_event', 'MEMCG_OOM_KILL');
  const slab = [stat('NR_SLAB_RECLAIMABLE_B'), stat('NR_SLAB_UNRECLAIMABLE_B')];
  return row<CgroupRow>({
    path: cgroupPath(memcg.follow('css.cgroup', 'cgroup')),
    usageBytes: pages('memory.usage'),
    maxBytes: limit('memory.max'),
    highBytes: memcg.has('memory.high') ? limit('memory.high') : limit('high'),
    swapBytes: pages('swap.usage'),
    anonBytes: times(stat('NR_ANON_MAPPED'), page),
    fileBytes: times(stat('NR_FILE_PAGES'), page),
    shmemBytes: times(stat('NR_SHMEM'), page),
    slabBytes: slab[0] === undefined || slab[1] === undefined ? undefined : slab[0] + slab[1],
    oomKills: kills === undefined ? null : memcg.num(`memory_events[${kills}]`),
  });
}

const times = (n: number | undefined, factor: number): number | undefined => (n === undefined ? undefined : n * factor);

/** A counter of the group and those below: an array in it (5.10), behind a pointer (6.1), since 6.11 through a table of indices. */
function statOf(kernel: KernelContext, memcg: Struct, item: string): number | undefined {
  const { types, memory, symbols } = kernel;
  let index = types.enumerator('node_stat_item', item) ?? types.enumerator('memcg_stat_item', item);
  if (index === undefined) return undefined;
  const table = symbols.address('mem_cgroup_stats_index');
  if (table !== undefined) {
    const mapped = memory.bytes(table + BigInt(index), 1)?.readInt8(0);
    if (mapped === undefined || mapped < 0) return undefined;
    index = mapped;
  }
  const isPointer = memcg.member('vmstats')?.kind === 'pointer';
  const stats = isPointer
    ? memcg.follow('vmstats', 'memcg_vmstats')?.num(`state[${index}]`)
    : memcg.num(memcg.has('vmstats.state') ? `vmstats.state[${index}]` : `vmstats[${index}]`);
  return stats === undefined ? undefined : Math.max(0, stats);
}
