import type { KernelContext } from '../../kernel/context.ts';

/** Where a word stands in memory. */
interface Finding {
  readonly physical: number;
  readonly value: bigint;
}

export interface Search {
  readonly findings: readonly Finding[];
  /** Pages looked at, and of the ranges those that are not in the dump. */
  readonly pages: number;
  readonly absent: number;
  /** It stopped at the limit. */
  readonly isCut: boolean;
}

/** 1 TiB in pages of 4 KiB: what a forged header claims is not walked. */
const MAX_PAGES = 1 << 28;

/**
 * Each aligned word of the dump's memory that equals a value: all pages are read, past the cache.
 * @param ignore bits that may differ
 */
export function searchWords({ kernel, memory }: KernelContext, value: bigint, ignore: bigint, most: number): Search {
  const { dump } = kernel;
  const { pageSize, wordSize, reader } = memory;
  const findings: Finding[] = [];
  let [pages, absent] = [0, 0];
  const wanted = value & ~ignore;
  const low = Number(wanted & 0xffffffffn);
  const lowAt = reader.order === 'big' && wordSize === 8 ? 4 : 0;
  const isExact = (ignore & 0xffffffffn) === 0n;
  const page = Buffer.allocUnsafe(pageSize);
  for (const { start, end } of dump.ranges) {
    for (let at = Math.ceil(start / pageSize) * pageSize; at + pageSize <= end; at += pageSize) {
      if (pages + absent >= MAX_PAGES) return { findings, pages, absent, isCut: true };
      if (!dump.holds(at) || dump.readPhysical(at, page) !== 'present') {
        absent++;
        continue;
      }
      pages++;
      for (let i = 0; i < pageSize; i += wordSize) {
        // half of a word tells most apart without making a bigint
        if (isExact && reader.u32(page, i + lowAt) !== low) continue;
        const word = wordSize === 8 ? reader.u64(page, i) : BigInt(reader.u32(page, i));
        if ((word & ~ignore) !== wanted) continue;
        if (findings.length >= most) return { findings, pages, absent, isCut: true };
        findings.push({ physical: at + i, value: word });
      }
    }
  }
  return { findings, pages, absent, isCut: false };
}
