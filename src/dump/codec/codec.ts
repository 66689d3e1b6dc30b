import { inflateRawSync, inflateSync } from 'node:zlib';
import { decodeLzo } from './lzo.ts';
import { decodeSnappy } from './snappy.ts';
import { decodeZstd } from './zstd.ts';

/** Bits of page_desc.flags and of disk_dump_header.status (makedumpfile diskdump_mod.h). */
export const COMPRESSED = { zlib: 0x1, lzo: 0x2, snappy: 0x4, zstd: 0x20 } as const;

/** The codecs that a flags word names, for people. */
export const codecNames = (flags: number): string[] => Object.entries(COMPRESSED).flatMap(([name, bit]) => (flags & bit ? [name] : []));

/**
 * One page out of its stored form. The page's own flags decide; no bit means stored as it is.
 * @param size bytes of a page
 * @returns undefined where the data does not decode to exactly one page
 */
export function decodePage(data: Buffer, flags: number, size: number): Buffer | undefined {
  if (flags & COMPRESSED.zlib) return inflate(data, size);
  if (flags & COMPRESSED.lzo) return decodeLzo(data, size);
  if (flags & COMPRESSED.snappy) return decodeSnappy(data, size);
  if (flags & COMPRESSED.zstd) return decodeZstd(data, size);
  return data.length === size ? data : undefined;
}

function inflate(data: Buffer, size: number): Buffer | undefined {
  for (const decode of [inflateSync, inflateRawSync]) {
    try {
      const page = decode(data, { maxOutputLength: size });
      if (page.length === size) return page;
    } catch {
      // not this one; some writers leave out the zlib header
    }
  }
  return undefined;
}
