import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { sum } from '../row.ts';
import type { SlabFields } from './slab-fields.ts';

/** Objects of a slab are counted in 15 bits. */
const MAX_OBJECTS = 1 << 16;
const MAX_SLABS = 1 << 16;

/** Free objects that CPUs hold back. kmem_cache_cpu, up to 6.19: the slab in use, whose free objects are on the CPU's own list, and a chain of partial ones. */
export function cpuFree(kernel: KernelContext, cache: Struct, { type, cpuMember }: SlabFields): number | undefined {
  if (!cache.has('cpu_slab')) return 0; // gone in 7.0 (32c894c7274b)
  const pointer = cache.ptr('cpu_slab');
  if (pointer === undefined) return undefined;
  const counts: (number | undefined)[] = [];
  for (const cpu of kernel.cpus.possible) {
    const at = kernel.cpus.address(pointer, cpu);
    if (at === undefined) return undefined;
    const own = kernel.struct('kmem_cache_cpu', at);
    const slab = own.follow(cpuMember, type);
    if (slab) counts.push(sum([minusUsed(slab), freelist(kernel, cache, own.ptr('freelist'))?.size]));
    else if (own.ptr(cpuMember) === undefined) counts.push(undefined);
    if (own.has('partial')) counts.push(partialChain(own, type));
  }
  return sum(counts);
}

function minusUsed(slab: Struct): number | undefined {
  const objects = slab.num('objects');
  const used = slab.num('inuse');
  return objects === undefined || used === undefined ? undefined : objects - used;
}

function partialChain(cpu: Struct, type: string): number | undefined {
  let free: number | undefined = 0;
  let slab = cpu.follow('partial', type);
  for (let n = 0; slab && free !== undefined; n++) {
    if (n > MAX_SLABS) return undefined;
    free = sum([free, minusUsed(slab)]);
    slab = slab.follow('next', type);
  }
  return cpu.ptr('partial') === undefined ? undefined : free;
}

/**
 * Objects on a freelist, each of which holds the next one's address: as it is, or hardened (CONFIG_SLAB_FREELIST_HARDENED). Undefined
 * where it leads out of the dump.
 */
export function freelist(kernel: KernelContext, cache: Struct, first: bigint | undefined): Set<bigint> | undefined {
  const { memory } = kernel;
  const offset = cache.num('offset');
  const secret = cache.has('random') ? cache.big('random') : 0n;
  if (first === undefined || offset === undefined || secret === undefined) return undefined;
  const seen = new Set<bigint>();
  for (let at = first; at !== 0n; ) {
    if (seen.has(at) || seen.size > MAX_OBJECTS) return undefined;
    seen.add(at);
    const slot = at + BigInt(offset);
    const stored = memory.word(slot);
    if (stored === undefined) return undefined;
    at = cache.has('random') ? nextOf(stored, secret, slot, memory.wordSize, (address) => isPlausible(kernel, address)) : stored;
  }
  return seen;
}

/** Mixed with the slot's address, its bytes swapped since 5.7 (1ad53d9fa3f6); which, shows in what comes out. */
function nextOf(stored: bigint, secret: bigint, slot: bigint, wordSize: 4 | 8, isGood: (address: bigint) => boolean): bigint {
  const swapped = stored ^ secret ^ byteSwapped(slot, wordSize);
  if (swapped === 0n || isGood(swapped)) return swapped;
  const plain = stored ^ secret ^ slot;
  return plain === 0n || isGood(plain) ? plain : swapped;
}

const isPlausible = (kernel: KernelContext, address: bigint): boolean => kernel.memory.bytes(address, 1) !== undefined;

function byteSwapped(word: bigint, wordSize: 4 | 8): bigint {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(word);
  return wordSize === 8 ? b.readBigUInt64BE() : BigInt(b.readUInt32BE(0));
}
