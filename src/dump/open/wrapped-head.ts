import { spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';
import type { Wrapper } from '../sniff.ts';
import type { ByteSource } from '../source.ts';

/** Compressed bytes looked at: more than one block of zstd, whose blocks are 128 KiB of content. */
const WINDOW = 1 << 18;
/** Enough for the headers of a dump with the largest pages. */
const HEAD = 1 << 17;

/**
 * The first bytes inside a compressed file, out of its own first bytes; nothing where they do not decompress, or the program for it
 * is not there: opening the file in earnest will say so.
 */
export function wrappedHead(source: ByteSource, wrapper: Wrapper): ByteSource {
  const bytes = inside(source.read(0, WINDOW), wrapper).subarray(0, HEAD);
  return { name: source.name, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

function inside(bytes: Buffer, wrapper: Wrapper): Buffer {
  if (wrapper !== 'gzip') return spawnSync(wrapper, ['-dc'], { input: bytes, maxBuffer: 1 << 30 }).stdout ?? Buffer.alloc(0);
  try {
    return zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
