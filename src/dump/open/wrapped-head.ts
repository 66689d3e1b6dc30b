import { spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';
import type { Wrapper } from '../sniff.ts';
import type { ByteSource } from '../source.ts';

/** Compressed bytes looked at: more than one block of zstd, whose blocks are 128 KiB of content. */
const WINDOW = 1 << 18;
/** Enough for the headers of a dump with the largest pages. */
const HEAD = 1 << 17;
/** Compressed bytes that give as much of most files; of a bomb 16 MB. */
const FEW = 1 << 14;
const MAX_OUTPUT = 1 << 25;

/**
 * The first bytes inside a compressed file, out of its own first bytes; nothing where they do not decompress, or the program for it
 * is not there: opening the file in earnest will say so.
 */
export function wrappedHead(source: ByteSource, wrapper: Wrapper): ByteSource {
  const bytes = insideHead(source.read(0, WINDOW), wrapper);
  return { name: source.name, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** The same of compressed bytes, however many there are; they may end anywhere. */
export function insideHead(bytes: Buffer, wrapper: Wrapper): Buffer {
  if (wrapper !== 'gzip') {
    // what is more than is looked at ends the program
    const { stdout } = spawnSync(wrapper, ['-dc'], { input: bytes, maxBuffer: 2 * HEAD, stdio: ['pipe', 'pipe', 'ignore'] });
    return (stdout ?? Buffer.alloc(0)).subarray(0, HEAD);
  }
  const few = gunzipped(bytes.subarray(0, FEW));
  const more = few.length < HEAD && bytes.length > FEW ? gunzipped(bytes) : few;
  return (more.length > few.length ? more : few).subarray(0, HEAD);
}

/** As much of a gzip stream as is there; nothing where it is none, or expands to more than anybody needs of a head. */
function gunzipped(bytes: Buffer): Buffer {
  try {
    return zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: MAX_OUTPUT });
  } catch {
    return Buffer.alloc(0);
  }
}
