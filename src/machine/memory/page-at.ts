import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { pageMap } from './pages.ts';

/** A page frame's struct page; undefined where no section of memory has the frame, or the kernel's memory model is another. */
export function pageOf(kernel: KernelContext, frame: number): Struct | undefined {
  const map = pageMap(kernel);
  const section = map?.sections.find(({ firstFrame, frames }) => frame >= firstFrame && frame < firstFrame + frames);
  return map && section && kernel.struct('page', section.at + BigInt((frame - section.firstFrame) * map.size));
}

/** The first page of what a page is part of; the page itself where it stands alone; undefined where that is not known. */
export function headOf(page: Struct): Struct | undefined {
  const member = page.has('compound_info') ? 'compound_info' : 'compound_head'; // renamed in 7.1
  const info = page.ptr(member);
  if (info === undefined) return undefined;
  if ((info & 1n) === 0n) return page;
  // since 7.1 the mask that makes the first page's address of this one's, where the size of struct page is a power of two
  const below = BigInt.asUintN(64, -(info - 1n));
  const isMask = member === 'compound_info' && (below & (below - 1n)) === 0n;
  return page.objects.memory.word(info - 1n) !== undefined && !isMask
    ? page.as('page', Number(info - 1n - page.address))
    : isMask
      ? page.as('page', Number((page.address & (info - 1n)) - page.address))
      : undefined;
}

/** Names of the flags that are set, as the kernel's enum has them, without PG_. */
export function pageFlagNames(kernel: KernelContext, flags: bigint): string[] {
  const seen = new Map<number, string>();
  for (const name of FLAGS) {
    const bit = kernel.types.enumerator('pageflags', `PG_${name}`);
    if (bit !== undefined && !seen.has(bit)) seen.set(bit, name);
  }
  return [...seen].filter(([bit]) => ((flags >> BigInt(bit)) & 1n) === 1n).map(([, name]) => name);
}

/** What `crash` shows of them; further names of a bit mean something only to one user of pages. */
const FLAGS =
  'locked writeback referenced uptodate dirty lru head waiters active workingset slab error owner_priv_1 arch_1 reserved private private_2 mappedtodisk reclaim swapbacked unevictable mlocked hwpoison'.split(
    ' ',
  );
