import type { Architecture, KernelFacts, Translate, Translation } from './architecture.ts';
import { asPhysical } from './architecture.ts';
import { EXTENDED_LEVELS, pageTableWalk, tablesThenLowMemory } from './walk.ts';

/** PAGE_OFFSET by VMSPLIT_*: 3G, 3G_OPT, 2G, 2G_OPT, 1G. */
const SPLITS = [0xc0000000n, 0xb0000000n, 0x80000000n, 0x78000000n, 0x40000000n];
/** Low memory ends where vmalloc space begins, 128 MiB below the top (VMALLOC_RESERVE). */
const LOWMEM_END = 0xf8000000n;

/** i386: low memory is linear from PAGE_OFFSET; the rest through 2 levels, or 3 with PAE. */
export const i386: Architecture = {
  machine: 'i386',
  wordSize: 4,
  *translations(facts) {
    const text = facts.info.symbol('_stext') ?? facts.info.symbol('swapper_pg_dir') ?? 0xc1000000n;
    for (const offset of SPLITS) if (text >= offset) yield withOffset(facts, offset);
  },
};

function withOffset(facts: KernelFacts, pageOffset: bigint): Translation {
  const linear: Translate = (v) => (v >= pageOffset && v < LOWMEM_END ? asPhysical(v - pageOffset) : undefined);
  return tablesThenLowMemory(facts, linear, facts.info.get('CONFIG_X86_PAE') === 'y' ? walkPae : walkTwoLevels);
}

function walkTwoLevels({ physical, reader }: KernelFacts, root: number): Translate {
  const levels = [
    { shift: 22, bits: 10 },
    { shift: 12, bits: 10 },
  ];
  return pageTableWalk({
    physical,
    reader,
    root,
    levels,
    entrySize: 4,
    decode(entry, _level, last) {
      if ((entry & 1n) === 0n) return undefined;
      const large = !last && (entry & 0x80n) !== 0n;
      // PSE-36: a 4 MiB page keeps physical bits 32 to 39 in bits 13 to 20
      if (large) return { leaf: (entry & 0xffc00000n) | (((entry >> 13n) & 0xffn) << 32n) };
      return last ? { leaf: entry & 0xfffff000n } : { next: entry & 0xfffff000n };
    },
  });
}

function walkPae({ physical, reader }: KernelFacts, root: number): Translate {
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: EXTENDED_LEVELS,
    entrySize: 8,
    decode(entry, level, last) {
      if ((entry & 1n) === 0n) return undefined;
      const address = entry & 0x000ffffffffff000n;
      return last || (level === 1 && (entry & 0x80n) !== 0n) ? { leaf: address } : { next: address };
    },
  });
}
