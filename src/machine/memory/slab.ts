import type { KernelContext } from '../../kernel/context.ts';
import { list, wholeList } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row, sum } from '../row.ts';
import { sheafObjects } from './sheaves.ts';
import { cpuFree } from './slab-cpu.ts';
import { slabFields } from './slab-fields.ts';

/** A row of `kmem -s`. */
export interface SlabRow {
  readonly cache: string;
  readonly name: string;
  readonly objectSize: number;
  /** Objects that are not free on their slabs, as crash counts. */
  readonly allocated: number;
  readonly total: number;
  readonly slabs: number;
  /** Bytes of one slab. */
  readonly slabBytes: number;
  /** Of the allocated ones those that CPUs and nodes keep at hand in sheaves, since 6.18: nobody uses them. */
  readonly cached: number;
  /** Those in the sheaves that could be read, where not all could but some. */
  readonly cachedAtLeast: number;
}

/** MAX_NUMNODES. */
const MAX_NODES = 64;

/** All caches, in the order of the kernel's list. */
export function slabRows(kernel: KernelContext): Known<SlabRow>[] {
  return [...caches(kernel)].map((cache) => slabRow(kernel, cache));
}

/** A cache by all its slabs. */
export interface LargeCache {
  readonly name: string;
  readonly bytes: number;
}

/** The caches that take the most memory; their slabs are counted by the kernel, none is looked at. */
export function largestCaches(kernel: KernelContext, most: number): LargeCache[] {
  return [...caches(kernel)]
    .flatMap((cache): LargeCache[] => {
      const name = cache.text('name');
      const slabs = sum(nodesOf(kernel, cache).map(({ node }) => node.num('nr_slabs')));
      const each = bytesOfSlab(kernel, cache);
      return name === undefined || !slabs || each === undefined ? [] : [{ name, bytes: slabs * each }];
    })
    .filter(({ bytes }) => Number.isSafeInteger(bytes))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, most);
}

const caches = (kernel: KernelContext): Iterable<Struct> =>
  list(kernel, kernel.symbols.address('slab_caches'), { what: 'the list of slab caches', type: 'kmem_cache', member: 'list' });

/** struct kmem_cache_order_objects: the order of its slabs above the number of objects. */
function bytesOfSlab(kernel: KernelContext, cache: Struct): number | undefined {
  const oo = cache.num('oo.x');
  return oo === undefined ? undefined : 2 ** (oo >>> 16) * kernel.memory.pageSize;
}

/** One cache. */
export function slabRow(kernel: KernelContext, cache: Struct): Known<SlabRow> {
  const fields = slabFields(kernel.types);
  const perNode = nodesOf(kernel, cache);
  const total = sum(perNode.map(({ node }) => node.num('total_objects')));
  const partial = sum(perNode.map(({ node }) => partialFree(kernel, node, fields)));
  const sheaves = sheafObjects(kernel, cache, barnsOf(kernel, cache));
  const free = sum([cpuFree(kernel, cache, fields), partial]);
  return row<SlabRow>({
    cache: hex(cache.address),
    name: cache.text('name'),
    objectSize: cache.num('object_size'),
    allocated: total === undefined || free === undefined ? undefined : Math.max(0, total - free),
    total,
    slabs: sum(perNode.map(({ node }) => node.num('nr_slabs'))),
    slabBytes: bytesOfSlab(kernel, cache),
    cached: sheaves === undefined ? null : sheaves.isAll ? sheaves.counted : undefined,
    cachedAtLeast: sheaves === undefined || sheaves.isAll || sheaves.counted === 0 ? null : sheaves.counted,
  });
}

/** Barns of sheaves, of each node. */
export const barnsOf = (kernel: KernelContext, cache: Struct): Struct[] => nodesOf(kernel, cache).flatMap(({ barn }) => barn ?? []);

interface CacheNode {
  readonly node: Struct;
  readonly barn: Struct | undefined;
}

/** kmem_cache.node[]; since 7.1 (5ba6bc27b1f9) per_node[], which holds the node's barn of sheaves too. The arrays are declared too long. */
function nodesOf(kernel: KernelContext, cache: Struct): CacheNode[] {
  const count = Math.min(kernel.u32('nr_node_ids') ?? 1, MAX_NODES);
  const isPerNode = cache.has('per_node');
  const found: CacheNode[] = [];
  for (let i = 0; i < count; i++) {
    const path = isPerNode ? `per_node[${i}].node` : `node[${i}]`;
    const node = cache.follow(path, 'kmem_cache_node');
    if (!node) continue;
    // 6.18 (2d517aa09bbc): the barn belongs to the node
    const barn = isPerNode
      ? cache.follow(`per_node[${i}].barn`, 'node_barn')
      : node.has('barn')
        ? node.follow('barn', 'node_barn')
        : undefined;
    found.push({ node, barn });
  }
  return found;
}

/** Free objects on the node's slabs that are partly free. */
function partialFree(kernel: KernelContext, node: Struct, { type, listMember }: ReturnType<typeof slabFields>): number | undefined {
  const slabs = wholeList(kernel, node.at('partial'), { what: 'a list of partial slabs', type, member: listMember });
  return (
    slabs &&
    sum(
      slabs.map((slab) => {
        const objects = slab.num('objects');
        const used = slab.num('inuse');
        return objects === undefined || used === undefined ? undefined : objects - used;
      }),
    )
  );
}
