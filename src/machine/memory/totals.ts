import type { KernelContext } from '../../kernel/context.ts';
import { wholeList } from '../../kernel/list.ts';
import { percpuCounter } from '../percpu-counter.ts';
import { type Known, row, sum } from '../row.ts';
import { swapAreas } from './swap.ts';
import { nodes } from './zones.ts';

/** A row of `kmem -i`: so many pages. */
export interface MemoryRow {
  readonly item: MemoryItem;
  readonly pages: number;
}

type MemoryItem =
  | 'totalMem'
  | 'free'
  | 'used'
  | 'shared'
  | 'buffers'
  | 'cached'
  | 'slab'
  | 'totalHuge'
  | 'hugeFree'
  | 'totalSwap'
  | 'swapUsed'
  | 'swapFree'
  | 'commitLimit'
  | 'committed'
  // beyond what crash shows
  | 'anonymous'
  | 'shmem'
  | 'mapped'
  | 'pageTables'
  | 'kernelStacks'
  | 'percpu';

/** Reads counters of the machine's memory: each undefined where it is not known. */
class MemoryCounters {
  readonly #kernel: KernelContext;

  constructor(kernel: KernelContext) {
    this.#kernel = kernel;
  }

  /** A counter of all nodes (enum node_stat_item), without what CPUs have not added yet. The first name that this kernel has. */
  node(...names: string[]): number | undefined {
    return this.#global('vm_node_stat', 'node_stat_item', names);
  }

  zone(...names: string[]): number | undefined {
    return this.#global('vm_zone_stat', 'zone_stat_item', names);
  }

  has(enumeration: 'node_stat_item' | 'zone_stat_item', name: string): boolean {
    return this.#kernel.types.enumerator(enumeration, name) !== undefined;
  }

  #global(symbol: string, enumeration: string, names: readonly string[]): number | undefined {
    const { types, symbols, memory } = this.#kernel;
    const item = names.map((name) => types.enumerator(enumeration, name)).find((value) => value !== undefined);
    const at = symbols.address(symbol);
    if (item === undefined || at === undefined) return undefined;
    const value = memory.word(at + BigInt(item * memory.wordSize));
    // a counter may be below zero for a moment
    return value === undefined ? undefined : Math.max(0, Number(BigInt.asIntN(8 * memory.wordSize, value)));
  }
}

export function memoryRows(kernel: KernelContext): Known<MemoryRow>[] {
  const counters = new MemoryCounters(kernel);
  const pageKb = kernel.memory.pageSize / 1024;
  const total = number(kernel.word('_totalram_pages') ?? kernel.word('totalram_pages'));
  const free = sum(nodes(kernel).flatMap(({ zones }) => zones.map((zone) => freeOf(kernel, zone.at('vm_stat')))));
  const swap = swapAreas(kernel);
  const totalSwap = sum(swap.map((area) => area.pages));
  const swapUsed = sum(swap.map((area) => area.inUse));
  const buffers = bufferPages(kernel);
  const files = counters.node('NR_FILE_PAGES');
  const swapCached = swapCachePages(kernel, counters);
  const huge = hugePages(kernel);
  const stacks = counters.has('node_stat_item', 'NR_KERNEL_STACK_KB')
    ? counters.node('NR_KERNEL_STACK_KB')
    : counters.zone('NR_KERNEL_STACK_KB');
  const items: Readonly<Record<MemoryItem, number | undefined>> = {
    totalMem: total,
    free,
    used: minus(total, free),
    shared: counters.node('NR_FILE_MAPPED'),
    buffers,
    cached: minus(files, swapCached, buffers),
    slab: sum([
      counters.node('NR_SLAB_RECLAIMABLE_B', 'NR_SLAB_RECLAIMABLE'), // _B since 5.9
      counters.node('NR_SLAB_UNRECLAIMABLE_B', 'NR_SLAB_UNRECLAIMABLE'),
    ]),
    totalHuge: huge.total,
    hugeFree: huge.free,
    totalSwap,
    swapUsed,
    swapFree: minus(totalSwap, swapUsed),
    commitLimit: commitLimit(kernel, total, huge.total, totalSwap, pageKb),
    committed: committed(kernel),
    anonymous: counters.node('NR_ANON_MAPPED'),
    shmem: counters.node('NR_SHMEM'),
    mapped: counters.node('NR_FILE_MAPPED'),
    pageTables: counters.has('node_stat_item', 'NR_PAGETABLE') ? counters.node('NR_PAGETABLE') : counters.zone('NR_PAGETABLE'),
    kernelStacks: stacks === undefined ? undefined : Math.ceil(stacks / pageKb),
    percpu: number(kernel.word('pcpu_nr_populated')),
  };
  return (Object.keys(items) as MemoryItem[]).map((item) => row<MemoryRow>({ item, pages: items[item] }));
}

const number = (word: bigint | undefined): number | undefined => (word === undefined ? undefined : Number(word));

function minus(from: number | undefined, ...numbers: readonly (number | undefined)[]): number | undefined {
  const taken = sum(numbers);
  return from === undefined || taken === undefined ? undefined : from - taken;
}

function freeOf(kernel: KernelContext, stats: bigint | undefined): number | undefined {
  const item = kernel.types.enumerator('zone_stat_item', 'NR_FREE_PAGES') ?? 0;
  const { memory } = kernel;
  const value = stats === undefined ? undefined : memory.word(stats + BigInt(item * memory.wordSize));
  return value === undefined ? undefined : Math.max(0, Number(BigInt.asIntN(8 * memory.wordSize, value)));
}

/** Pages of block devices' own mappings. */
function bufferPages(kernel: KernelContext): number | undefined {
  const at = kernel.word('blockdev_superblock');
  if (at === undefined) return undefined;
  const head = kernel.struct('super_block', at).at('s_inodes');
  const inodes = wholeList(kernel, head, { what: 'the list of block devices', type: 'inode', member: 'i_sb_list' });
  return inodes && sum(inodes.map((inode) => inode.follow('i_mapping', 'address_space')?.num('nrpages')));
}

/** NR_SWAPCACHE since 5.12 (b6038942480e); before, what the swap cache's own address spaces hold. */
function swapCachePages(kernel: KernelContext, counters: MemoryCounters): number | undefined {
  if (counters.has('node_stat_item', 'NR_SWAPCACHE')) return counters.node('NR_SWAPCACHE');
  const { symbols, memory, types } = kernel;
  const spaces = symbols.address('swapper_spaces');
  const lengths = symbols.address('nr_swapper_spaces');
  const size = types.size('address_space');
  if (spaces === undefined || lengths === undefined || size === undefined) return 0; // without CONFIG_SWAP
  const counts: (number | undefined)[] = [];
  for (let type = 0; type < MAX_SWAPFILES; type++) {
    const array = memory.word(spaces + BigInt(type * memory.wordSize));
    const length = memory.u32(lengths + BigInt(4 * type));
    if (array === undefined || length === undefined) return undefined;
    for (let i = 0; array !== 0n && i < Math.min(length, MAX_SPACES); i++) {
      counts.push(kernel.struct('address_space', array + BigInt(i * size)).num('nrpages'));
    }
  }
  return sum(counts);
}

/** Of 32 types some are taken by migration and device memory. */
const MAX_SWAPFILES = 23;
/** A space for each 64 MiB of swap. */
const MAX_SPACES = 1 << 16;

function hugePages(kernel: KernelContext): { readonly total: number | undefined; readonly free: number | undefined } {
  const { symbols, types } = kernel;
  const states = symbols.address('hstates');
  const size = types.size('hstate');
  if (states === undefined || size === undefined) return { total: 0, free: 0 }; // without CONFIG_HUGETLB_PAGE
  const count = Math.min(kernel.u32('hugetlb_max_hstate') ?? 0, 8);
  const all = Array.from({ length: count }, (_, i) => kernel.struct('hstate', states + BigInt(i * size)));
  const pages = (path: string): number | undefined =>
    sum(
      all.map((state) => {
        const order = state.num('order');
        const n = state.num(path);
        return order === undefined || n === undefined || order > 30 ? undefined : n * 2 ** order;
      }),
    );
  return { total: pages('nr_huge_pages'), free: pages('free_huge_pages') };
}

function commitLimit(
  kernel: KernelContext,
  total: number | undefined,
  huge: number | undefined,
  swap: number | undefined,
  pageKb: number,
): number | undefined {
  const kbytes = kernel.word('sysctl_overcommit_kbytes');
  const ratio = kernel.u32('sysctl_overcommit_ratio');
  if (kbytes === undefined || ratio === undefined || swap === undefined) return undefined;
  if (kbytes > 0n) return Number(kbytes) / pageKb + swap;
  return total === undefined || huge === undefined ? undefined : Math.floor(((total - huge) * ratio) / 100) + swap;
}

/** vm_committed_as, a percpu_counter: its count alone, as crash prints, may be far off. */
function committed(kernel: KernelContext): number | undefined {
  const counter = kernel.variable('vm_committed_as', 'percpu_counter');
  const count = percpuCounter(kernel, counter);
  return count === undefined ? undefined : Math.max(0, count);
}
