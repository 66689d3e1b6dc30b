import { FLATTENED_MAGIC } from './flattened.ts';
import type { Extent } from './kdump-write.ts';

const HEADER = 4096;
const RECORD_HEAD = 16;
/** makedumpfile.h: TYPE_FLAT_HEADER, VERSION_FLAT_HEADER. */
const TYPE = 1n;
const VERSION = 1n;

/** A sparse file as makedumpfile -F writes it, for ways that know no holes: what is between the extents takes no room. */
export function* flattened(extents: readonly Extent[]): Generator<Buffer> {
  const header = Buffer.alloc(HEADER);
  header.write(FLATTENED_MAGIC, 'latin1');
  header.writeBigInt64BE(TYPE, 16);
  header.writeBigInt64BE(VERSION, 24);
  yield header;
  for (const { offset, data } of extents) {
    if (data.length === 0) continue; // a record of no bytes ends reading
    yield head(BigInt(offset), BigInt(data.length));
    yield data;
  }
  yield head(-1n, -1n);
}

function head(offset: bigint, size: bigint): Buffer {
  const bytes = Buffer.alloc(RECORD_HEAD);
  bytes.writeBigInt64BE(offset, 0);
  bytes.writeBigInt64BE(size, 8);
  return bytes;
}
