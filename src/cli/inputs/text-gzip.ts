import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

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
