import type { Extent } from '../image/sparse-memory.ts';
import { type FileImage, readAt } from './file-image.ts';

export interface FlattenOptions {
  /** Bytes a record; makedumpfile's are as long as its buffers. */
  readonly record?: number;
  /** Records in another order than the file's. */
  readonly order?: 'forward' | 'reverse' | 'interleaved';
  /** Writes the first block with rubbish first and right at the end, as makedumpfile rewrites its header. */
  readonly rewriteHeader?: boolean;
  readonly end?: 'makedumpfile' | 'qemu' | 'missing';
}

/** `makedumpfile -F`: a stream of "write these bytes there". Always big endian; what no record writes reads as zeros. */
export function flatten(file: FileImage, options: FlattenOptions = {}): FileImage {
  const step = options.record ?? 65536;
  const pieces: { offset: number; data: Buffer }[] = [];
  for (const e of file.extents) {
    for (let at = 0; at < e.data.length; at += step) pieces.push({ offset: e.offset + at, data: e.data.subarray(at, at + step) });
  }
  const last = pieces.reduce((n, p) => Math.max(n, p.offset + p.data.length), 0);
  // A hole at the end still makes the file as long as it is.
  if (last < file.size) pieces.push({ offset: file.size - 1, data: Buffer.alloc(1) });
  // The containers' extents are disjoint, so that any order gives the same file.
  const half = pieces.length >> 1;
  if (options.order === 'reverse') pieces.reverse();
  if (options.order === 'interleaved')
    pieces.push(...pieces.splice(0).flatMap((_, i, all) => (i % 2 ? [] : all.slice(i, i + 2).reverse())));
  if (options.rewriteHeader) {
    pieces.splice(half, 0, { offset: 0, data: Buffer.alloc(4096, 0xa5) });
    pieces.push({ offset: 0, data: readAt(file, 0, 4096) });
  }
  const head = Buffer.alloc(4096);
  head.write('makedumpfile', 0, 'latin1');
  head.writeBigInt64BE(1n, 16);
  head.writeBigInt64BE(1n, 24);
  const extents: Extent[] = [{ offset: 0, data: head }];
  let at = head.length;
  const record = (offset: number, size: number): Buffer => {
    const b = Buffer.alloc(16);
    b.writeBigInt64BE(BigInt(offset), 0);
    b.writeBigInt64BE(BigInt(size), 8);
    return b;
  };
  for (const p of pieces) {
    extents.push({ offset: at, data: record(p.offset, p.data.length) }, { offset: at + 16, data: p.data });
    at += 16 + p.data.length;
  }
  if (options.end !== 'missing') {
    extents.push({ offset: at, data: record(-1, options.end === 'qemu' ? -1 : 0) });
    at += 16;
  }
  return { size: at, extents };
}
