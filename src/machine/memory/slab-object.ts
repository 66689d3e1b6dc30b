import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { sheavesOf } from './sheaves.ts';
import { barnsOf } from './slab.ts';
import { freelist } from './slab-cpu.ts';
import { slabFields } from './slab-fields.ts';

/** The object of a slab that an address lies in. */
export interface SlabObject {
  readonly cache: Struct;
  readonly slab: Struct;
  /** Where the slab's memory begins. */
  readonly memory: bigint;
  readonly objects: number | undefined;
  readonly inUse: number | undefined;
  /** Where the object begins; undefined between the last one and the end of the slab. */
  readonly object: bigint | undefined;
  /** Undefined where a list of free objects leads out of the dump. */
  readonly isFree: boolean | undefined;
}

/** SLAB_RED_ZONE moves the objects by a margin. */
const margin = (cache: Struct): number => (cache.has('red_left_pad') ? (cache.num('red_left_pad') ?? 0) : 0);

/**
 * @param head the slab's first page @param start where its memory begins
 * @returns undefined where the slab names no cache that can be read
 */
export function slabObjectAt(kernel: KernelContext, head: Struct, start: bigint, address: bigint): SlabObject | undefined {
  const { type } = slabFields(kernel.types);
  const slab = head.as(type);
  const cache = slab.follow('slab_cache', 'kmem_cache');
  const size = cache?.num('size');
  if (!cache || !size) return undefined;
  const objects = slab.num('objects');
  const first = start + BigInt(margin(cache));
  const index = Number(address - first) / size;
  const object = objects !== undefined && index >= 0 && index < objects ? first + BigInt(Math.floor(index) * size) : undefined;
  const isFree = object === undefined ? undefined : isObjectFree(kernel, cache, slab, object);
  return { cache, slab, memory: start, objects, inUse: slab.num('inuse'), object, isFree };
}

/** On the slab's own list, on that of a CPU that allocates from it, or at hand in a sheaf. */
function isObjectFree(kernel: KernelContext, cache: Struct, slab: Struct, object: bigint): boolean | undefined {
  const lists = [freelist(kernel, cache, slab.ptr('freelist')), ...cpuLists(kernel, cache, slab)];
  if (lists.some((list) => list?.has(object))) return true;
  const sheaf = inSheaf(kernel, cache, object);
  if (sheaf) return true;
  return lists.includes(undefined) || sheaf === undefined ? undefined : false;
}

function cpuLists(kernel: KernelContext, cache: Struct, slab: Struct): (Set<bigint> | undefined)[] {
  if (!cache.has('cpu_slab')) return []; // gone in 7.0 (32c894c7274b)
  const pointer = cache.ptr('cpu_slab');
  if (pointer === undefined) return [undefined];
  const { cpuMember } = slabFields(kernel.types);
  return kernel.cpus.possible.flatMap((cpu) => {
    const at = kernel.cpus.address(pointer, cpu);
    const own = at === undefined ? undefined : kernel.struct('kmem_cache_cpu', at);
    const current = own?.ptr(cpuMember);
    if (current === undefined) return [undefined];
    return current === slab.address ? [freelist(kernel, cache, own?.ptr('freelist'))] : [];
  });
}

/** A sheaf holds a few dozen objects. */
const MAX_IN_SHEAF = 1 << 12;

function inSheaf(kernel: KernelContext, cache: Struct, object: bigint): boolean | undefined {
  if (!cache.has('cpu_sheaves')) return false;
  const sheaves = sheavesOf(kernel, cache, barnsOf(kernel, cache));
  let isKnown = true;
  for (const sheaf of sheaves) {
    const size = sheaf?.num('size');
    const at = sheaf?.at('objects');
    if (size === undefined || at === undefined || size > MAX_IN_SHEAF) isKnown = false;
    for (let i = 0; at !== undefined && i < Math.min(size ?? 0, MAX_IN_SHEAF); i++) {
      const held = kernel.memory.word(at + BigInt(i * kernel.memory.wordSize));
      if (held === object) return true;
      if (held === undefined) isKnown = false;
    }
  }
  return isKnown ? false : undefined;
}
