import type { KernelContext } from '../../kernel/context.ts';
import { pageChunks, pageMap } from './pages.ts';

/** Pages of slabs that the dump lacks though none should be: who wrote it took them for something else. */
export interface SlabHoles {
  /** Slabs seen, and of them those whose first page is not in the dump. */
  readonly slabs: number;
  readonly headsMissing: number;
  /** Slabs of several pages, and of them those whose second page is not in the dump. */
  readonly multiPage: number;
  readonly secondsMissing: number;
  /** True where memory was larger than what is searched unasked. */
  readonly partial: boolean;
  /** What left them out, as far as that is known, and the mend. */
  readonly cause?: string | undefined;
}

/** 16 GiB of memory with pages of 4 KiB: a struct page a frame is read. */
const MAX_FRAMES = 1 << 22;

export function slabHoles(kernel: KernelContext): SlabHoles | undefined {
  const map = pageMap(kernel);
  const { types, memory } = kernel;
  const isSlab = slabTest(kernel);
  const flags = types.member('page', 'flags');
  const head = types.enumerator('pageflags', 'PG_head');
  if (!map || !isSlab || !flags || head === undefined) return undefined;
  const { dump } = kernel.kernel;
  const holds = (frame: number): boolean => dump.holds(frame * memory.pageSize);
  let [frames, slabs, headsMissing, multiPage, secondsMissing] = [0, 0, 0, 0, 0];
  for (const { bytes, firstFrame } of pageChunks(kernel, map)) {
    const count = Math.floor(bytes.length / map.size);
    for (let i = 0; i < count; i++) {
      const at = i * map.size;
      if (!isSlab(bytes, at)) continue;
      slabs++;
      if (!holds(firstFrame + i)) headsMissing++;
      const low = memory.reader.u32(bytes, at + flags.offset + (memory.reader.order === 'big' && flags.size === 8 ? 4 : 0));
      if (((low >>> head) & 1) === 0) continue;
      multiPage++;
      if (!holds(firstFrame + i + 1)) secondsMissing++;
    }
    frames += count;
    if (frames >= MAX_FRAMES) break;
  }
  const found = { slabs, headsMissing, multiPage, secondsMissing, partial: frames >= MAX_FRAMES };
  return { ...found, cause: causeOf(kernel, found) };
}

/** How a slab's first page is known. */
export function slabTest({ types, memory, kernel }: KernelContext): ((page: Buffer, at: number) => boolean) | undefined {
  const { reader } = memory;
  // since 6.10 (46df8e73a4a3) a page type, in its upper byte since 6.12
  const stated = kernel.info.number('PAGE_SLAB_MAPCOUNT_VALUE');
  const type = types.member('page', 'page_type');
  if (stated !== undefined && type) {
    const value = Number(BigInt.asUintN(32, stated));
    const shift = (value & 0xffffff) === 0 ? 24 : 0;
    return (page, at) => reader.u32(page, at + type.offset) >>> shift === value >>> shift;
  }
  const bit = types.enumerator('pageflags', 'PG_slab');
  const flags = types.member('page', 'flags');
  if (bit === undefined || !flags) return undefined;
  const offset = flags.offset + (reader.order === 'big' && flags.size === 8 ? 4 : 0);
  return (page, at) => ((reader.u32(page, at + offset) >>> bit) & 1) === 1;
}

/** A slab or two may have been freed while the dump was written. */
const SOME = 0.02;

function causeOf({ types }: KernelContext, { slabs, headsMissing, multiPage, secondsMissing }: SlabHoles): string | undefined {
  // a wrong filter takes some slabs for something else; who keeps only what was asked for leaves out most
  if (headsMissing > slabs / 2) return 'most slabs are not in the dump: it seems to be trimmed to what its log or its inspection needs';
  if (secondsMissing > SOME * multiPage && types.has('page', 'compound_info')) {
    return (
      'makedumpfile up to 1.7.9 leaves out the second page of every slab of several pages on kernels since 7.1 (d50569612c29); ' +
      'a makedumpfile with f50c015, or a dump level without 8, keeps them'
    );
  }
  if (headsMissing > SOME * slabs) {
    return 'the makedumpfile that wrote this dump is older than its kernel and takes slabs for something else (since 6.10 they are a page type): a newer one keeps them';
  }
  return undefined;
}
