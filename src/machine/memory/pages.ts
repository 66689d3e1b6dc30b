import type { KernelContext } from '../../kernel/context.ts';

/** Where struct page of a page frame is: the sparse memory model, which every kernel of 64 bits has. */
export interface PageMap {
  /** Bytes of a struct page. */
  readonly size: number;
  /** Stretches of page frames whose struct pages follow each other. */
  readonly sections: readonly { readonly firstFrame: number; readonly frames: number; readonly at: bigint }[];
}

/** SECTION_IS_ONLINE and others, in the low bits of section_mem_map; six of them in 6.x. */
const SECTION_FLAGS = 0x3fn;
const SECTION_HAS_MEM_MAP = 2n;
const MAX_ROOTS = 1 << 16;

export function pageMap(kernel: KernelContext): PageMap | undefined {
  const { types, memory } = kernel;
  const size = types.size('page');
  const sectionSize = types.size('mem_section');
  const bits = Number(kernel.kernel.info.number('SECTION_SIZE_BITS') ?? 0n);
  const roots = kernel.word('mem_section');
  if (size === undefined || !sectionSize || bits < 20 || bits > 40 || !roots) return undefined;
  const frames = 2 ** bits / memory.pageSize;
  const perRoot = Math.floor(memory.pageSize / sectionSize);
  const end = kernel.kernel.dump.ranges.at(-1)?.end ?? 0;
  const sections: { firstFrame: number; frames: number; at: bigint }[] = [];
  const count = Math.min(Math.ceil(end / 2 ** bits), MAX_ROOTS * perRoot);
  for (let i = 0; i < count; i++) {
    const root = memory.word(roots + BigInt(Math.floor(i / perRoot) * memory.wordSize));
    const map = root ? kernel.struct('mem_section', root + BigInt((i % perRoot) * sectionSize)).ptr('section_mem_map') : undefined;
    if (map === undefined || (map & SECTION_HAS_MEM_MAP) === 0n) continue;
    // the address that frame 0 would have
    sections.push({ firstFrame: i * frames, frames, at: (map & ~SECTION_FLAGS) + BigInt(i * frames * size) });
  }
  return { size, sections };
}

/** Bytes of struct page read at once. */
const CHUNK = 1 << 18;

/** All struct pages in order, a buffer of some at a time; what of them is not in the dump is skipped. */
export function* pageChunks(
  { memory }: KernelContext,
  { size, sections }: PageMap,
): Generator<{ readonly bytes: Buffer; readonly firstFrame: number; readonly at: bigint }> {
  const perChunk = Math.floor(CHUNK / size);
  for (const { firstFrame, frames, at } of sections) {
    for (let done = 0; done < frames; ) {
      const want = Math.min(perChunk, frames - done);
      const bytes = memory.table(at + BigInt(done * size), want * size);
      const whole = Math.floor(bytes.length / size);
      if (whole > 0) yield { bytes, firstFrame: firstFrame + done, at: at + BigInt(done * size) };
      // past a page that is not there
      done += whole > 0 ? whole : Math.max(1, Math.floor(memory.pageSize / size));
    }
  }
}
