import type { Architecture, KernelFacts, Translate, Translation } from './architecture.ts';
import { asPhysical } from './architecture.ts';
import { EXTENDED_LEVELS, pageTableWalk, tablesThenLowMemory } from './walk.ts';

/** 32-bit arm: low memory is linear from PAGE_OFFSET to where RAM begins, which VMCOREINFO does not say; vmalloc through tables. */
export const arm: Architecture = {
  machine: 'arm',
  wordSize: 4,
  *translations(facts) {
    const { info } = facts;
    const text = info.symbol('_stext') ?? info.symbol('swapper_pg_dir') ?? 0xc0008000n;
    // VMSPLIT_3G, 2G or 1G; the text lies a few MiB behind PAGE_OFFSET
    for (const pageOffset of new Set([text & 0xf0000000n, 0xc0000000n, 0x80000000n, 0x40000000n])) {
      if (pageOffset > text) continue;
      for (const physBase of physBases(facts, pageOffset)) yield withBase(facts, pageOffset, physBase);
    }
  },
};

/** Where RAM may begin: by the segments' own addresses, then each range's start (the lowest may be a boot ROM). */
function physBases({ dump }: KernelFacts, pageOffset: bigint): Set<bigint> {
  const mapped = [...dump.segments].filter((s) => s.vaddr >= pageOffset).map((s) => BigInt(s.paddr) - (s.vaddr - pageOffset));
  const starts = dump.ranges.slice(0, 64).map((r) => BigInt(r.start) & ~0xfffffn);
  return new Set([...mapped.filter((b) => b >= 0n), ...starts, 0x40000000n, 0x80000000n, 0x10000000n, 0n]);
}

function withBase(facts: KernelFacts, pageOffset: bigint, physBase: bigint): Translation {
  const linear: Translate = (v) => (v >= pageOffset && v < 0xf8000000n ? asPhysical(v - pageOffset + physBase) : undefined);
  return tablesThenLowMemory(facts, linear, facts.info.get('CONFIG_ARM_LPAE') === 'y' ? walkLpae : walkShort);
}

function walkLpae({ physical, reader }: KernelFacts, root: number): Translate {
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: EXTENDED_LEVELS,
    entrySize: 8,
    decode(entry, _level, last) {
      if ((entry & 1n) === 0n || (last && (entry & 3n) !== 3n)) return undefined;
      const address = entry & 0x000000fffffff000n;
      return last || (entry & 3n) === 1n ? { leaf: address } : { next: address };
    },
  });
}

/** The short-descriptor format: 1 MiB sections or 256-entry tables of 4 KiB (or 64 KiB) pages. */
function walkShort({ physical, reader }: KernelFacts, root: number): Translate {
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: [
      { shift: 20, bits: 12 },
      { shift: 12, bits: 8 },
    ],
    entrySize: 4,
    decode(entry, _level, last) {
      if (last)
        return (entry & 2n) !== 0n ? { leaf: entry & 0xfffff000n } : (entry & 3n) === 1n ? { leaf: entry & 0xffff0000n } : undefined;
      if ((entry & 3n) === 1n) return { next: entry & 0xfffffc00n };
      return (entry & 2n) !== 0n ? { leaf: entry & 0xfff00000n } : undefined;
    },
  });
}
