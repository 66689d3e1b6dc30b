import type { Kernel } from './kernel.ts';
import { isReadable } from './virtual.ts';

/** More roots than any kernel has: 2^(MAX_PHYSMEM_BITS 52 - SECTION_SIZE_BITS 27) sections, 128 and more of them a page. */
const MAX_ROOTS = 1 << 18;

/**
 * Reads what makedumpfile reads before it comes to the log (initial() → get_mem_map()): the map of online nodes and the sparse
 * memory model's sections. The log does not need it, but a trimmed dump that peers shall open does.
 */
export function readPeerPages({ info, memory }: Kernel): void {
  const nodes = info.symbol('node_online_map');
  if (nodes !== undefined) memory.read(nodes, Math.min(info.size('nodemask_t') ?? 128, memory.pageSize));
  const sections = info.symbol('mem_section');
  const roots = info.length('mem_section') ?? 0;
  if (sections === undefined || roots === 0 || roots > MAX_ROOTS) return;
  touchRoots(sections);
  // since 4.15 the array is allocated: depending on the release the symbol is its address or that of the pointer to it
  const pointer = memory.word(sections);
  if (pointer !== undefined && pointer !== 0n) touchRoots(pointer);

  function touchRoots(array: bigint): void {
    const { bytes, state } = memory.read(array, roots * memory.wordSize);
    if (!isReadable(state)) return;
    for (let i = 0; i < roots; i++) {
      const root = memory.wordAt(bytes, i * memory.wordSize);
      if (root !== 0n) memory.read(root - (root % BigInt(memory.pageSize)), memory.pageSize);
    }
  }
}
