import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import type { ByteSource } from '../source.ts';
import { through } from './through.ts';

/** Bits of a member's flags (RFC 1952). */
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;
const FIXED_HEADER = 10;
const TRAILER = 8;
const CHUNK = 1 << 18;
/** A name or comment longer than this is none. */
const MAX_TEXT = 4096;
/** Members with nothing in them; more are there to keep us busy. */
const MAX_EMPTY = 1000;

/**
 * The content of a gzip file, member by member. What stands behind the last one is no reason to lose anything, which node's own
 * decompressor does: it drops what it has not yet handed on when it meets such bytes.
 * @param end told why it ended early, where it did
 */
export async function* gunzip(source: ByteSource, end: { cut: string | undefined }): AsyncGenerator<Buffer> {
  let empty = 0;
  for (let at = 0; at < source.size && empty < MAX_EMPTY; ) {
    const data = headerEnd(source, at);
    if (data === undefined) {
      if (at === 0) end.cut = 'no gzip header';
      return; // padding, or something that was put behind it
    }
    const raw = zlib.createInflateRaw();
    let crc = 0;
    let size = 0;
    for await (const piece of through(Readable.from(chunksFrom(source, data)), raw, end)) {
      crc = zlib.crc32(piece, crc);
      size = (size + piece.length) % 2 ** 32;
      yield piece;
    }
    if (end.cut !== undefined) return;
    at = data + raw.bytesWritten;
    const trailer = source.read(at, TRAILER);
    if (trailer.length < TRAILER) end.cut = 'unexpected end of file';
    else if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size) end.cut = 'incorrect data check';
    if (end.cut !== undefined) return;
    if (size === 0) empty++;
    at += TRAILER;
    if (empty === MAX_EMPTY) end.cut = `${MAX_EMPTY} members with nothing in them`;
  }
}

function* chunksFrom(source: ByteSource, from: number): Generator<Buffer> {
  for (let at = from; at < source.size; ) {
    const chunk = source.read(at, CHUNK);
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

/** Where a member's data begins; undefined where no member does. */
function headerEnd(source: ByteSource, at: number): number | undefined {
  const head = source.read(at, FIXED_HEADER);
  if (head.length < FIXED_HEADER || head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return undefined;
  const flags = head[3]!;
  let data = at + FIXED_HEADER;
  if (flags & FLAG.extra) {
    const length = source.read(data, 2);
    if (length.length < 2) return undefined;
    data += 2 + length.readUInt16LE(0);
  }
  for (const flag of [FLAG.name, FLAG.comment]) {
    if (!(flags & flag)) continue;
    const nul = source.read(data, MAX_TEXT).indexOf(0);
    if (nul < 0) return undefined;
    data += nul + 1;
  }
  return flags & FLAG.headerCrc ? data + 2 : data;
}
