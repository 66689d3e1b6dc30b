import { constants, inflateRawSync, inflateSync } from 'node:zlib';
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

/** What is looked at of a page of which only the start is wanted, bytes; and how much of its zlib data gives as much. */
const START = 64;
const ZLIB_START = 512;

/**
 * The first bytes of a page, 64 or more, for who looks at a million pages: a third of the cost of the whole.
 * @returns undefined where they do not decode
 */
export function decodeStart(data: Buffer, flags: number, size: number): Buffer | undefined {
  if (flags & COMPRESSED.zlib) return inflateStart(data, size);
  if (flags & COMPRESSED.lzo) return decodeLzo(data, size, START);
  if (flags & COMPRESSED.snappy) return decodeSnappy(data, size, START);
  return decodePage(data, flags, size);
}

function inflateStart(data: Buffer, size: number): Buffer | undefined {
  if (data.length <= ZLIB_START) return inflate(data, size);
  try {
    const start = inflateSync(data.subarray(0, ZLIB_START), {
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: 2048,
      maxOutputLength: size,
    });
    if (start.length >= START) return start;
  } catch {
    // without the zlib header
  }
  return inflate(data, size);
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
