import { deflateSync } from 'node:zlib';
import type { MemoryImage } from '../image/memory-image.ts';
import { type Shape, StructWriter } from '../image/struct-writer.ts';
import { type FileImage, fromBuffer } from './file-image.ts';

export interface LkcdOptions {
  readonly kind: 'lkcd';
  readonly version?: number;
  /** How page n is stored: the list's n-th, modulo its length. */
  readonly codecs?: readonly ('raw' | 'gzip' | 'rle')[];
  /** Where the first page stands; since version 9 the header says so. */
  readonly firstPage?: number;
  readonly endMarker?: boolean;
}

const HEADER = 824;

/** LKCD: a header, then each page that is not zeros behind a header of its own, the last page first. */
export function lkcd(image: MemoryImage, options: LkcdOptions): FileImage {
  const { machine } = image;
  const { pageSize } = machine;
  const version = options.version ?? 8;
  const first = options.firstPage ?? 65536;
  const shape: Shape = { order: machine.shape.order, wordSize: 8, u64Align: 8 };
  const codecs = options.codecs ?? ['gzip', 'raw', 'rle'];
  const end = machine.ram.at(-1)!.end;
  const addresses = image.memory.extents(0, end).flatMap(({ offset, data }) => pagesOf(offset, data.length, pageSize));
  const parts = [...new Set(addresses)].reverse().map((address, i) => {
    const data = image.memory.get(address, pageSize);
    const codec = codecs[i % codecs.length]!;
    const encoded = codec === 'gzip' ? deflateSync(data) : codec === 'rle' ? rle(data) : data;
    const isSmaller = encoded.length < pageSize;
    return pageOf(shape, address, isSmaller ? encoded : data, isSmaller ? 2 : 1);
  });
  const head = new StructWriter(shape, first).u64(0, 0xa819_0173_618f_23edn).u32(8, version).u32(12, HEADER).u32(16, 31).u32(20, pageSize);
  head.u64(24, end).u64(32, 0).u64(40, end).u32(48, parts.length).text(52, 'builder', 256);
  if (version >= 9) head.u64(HEADER - 8, first);
  return fromBuffer(Buffer.concat([head.bytes, ...parts, ...(options.endMarker === false ? [] : [pageOf(shape, 0, Buffer.alloc(0), 4)])]));
}

const pagesOf = (offset: number, length: number, pageSize: number): number[] =>
  Array.from({ length: Math.ceil(length / pageSize) }, (_, i) => Math.floor(offset / pageSize + i) * pageSize);

const pageOf = (shape: Shape, address: number, data: Buffer, flags: number): Buffer =>
  Buffer.concat([new StructWriter(shape, 16).u64(0, address).u32(8, data.length).u32(12, flags).bytes, data]);

/** Runs of four and more as 0, count, byte; a zero by itself as 0 0. */
function rle(data: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < data.length; ) {
    let n = 1;
    while (n < 255 && data[at + n] === data[at]) n++;
    if (n > 3) out.push(0, n, data[at]!);
    else for (let i = 0; i < n; i++) out.push(...(data[at] === 0 ? [0, 0] : [data[at]!]));
    at += n;
  }
  return Buffer.from(out);
}
