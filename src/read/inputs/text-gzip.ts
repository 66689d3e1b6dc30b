import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { inflatePart } from '../../text/pstore/inflate.ts';

/** `1f 8b`: a rotated log (`kern.log.2.gz`). */
export const isCompressed = (head: Buffer): boolean => head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** The bytes inside a gzip stream; where it is cut short, what could be read, then the error. */
export async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** Parts of pstore are kilobytes. */
const PART_LIMIT = 64 << 20;

/** The text of a compressed pstore part; nothing where it cannot be read. */
export async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > PART_LIMIT) return;
    pieces.push(Buffer.from(chunk));
  }
  const text = inflatePart(Buffer.concat(pieces));
  if (text !== undefined) yield text;
}
