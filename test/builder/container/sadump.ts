import type { MemoryImage } from '../image/memory-image.ts';
import type { Extent } from '../image/sparse-memory.ts';
import { StructWriter } from '../image/struct-writer.ts';
import type { FileImage } from './file-image.ts';

export interface SadumpOptions {
  readonly kind: 'sadump';
  readonly version?: 0 | 1;
  /** Bytes of a block. */
  readonly blockSize?: number;
  /** 1 for the first member of a disk set, … */
  readonly diskSet?: number;
  /** Pages of RAM that the firmware leaves out. */
  readonly exclude?: (paddr: number) => boolean;
}

const shape = { order: 'little', wordSize: 8, u64Align: 8 } as const;
const SUB_BLOCKS = 1;

/** A sadump in one partition: partition header, dump header, sub header, bitmaps of RAM and of what is stored, pages as they are. */
export function sadump(image: MemoryImage, options: SadumpOptions): FileImage {
  const block = options.blockSize ?? 4096;
  const ram = image.machine.ram.flatMap((r) => Array.from({ length: (r.end - r.start) / block }, (_, i) => r.start / block + i));
  const stored = ram.filter((pfn) => !options.exclude?.(pfn * block));
  const max = ram.at(-1)! + 1;
  const bitmapBlocks = Math.ceil(max / 8 / block);
  const bitmapAt = (2 + SUB_BLOCKS) * block;
  const dataAt = bitmapAt + 2 * bitmapBlocks * block;

  const partition = new StructWriter(shape, block)
    .text(0, 'sadump\0\0', 8)
    .u32(8, 1)
    .u32(152, options.diskSet ?? 0);
  for (let at = 168, n = 0x1234_5678; at < block; at += 4) {
    partition.u32(at, n);
    n = Math.imul(n + 7, 11) >>> 0;
  }
  const version = options.version ?? 1;
  const head = new StructWriter(shape, block).text(0, 'sadump\0\0', 8).u32(8, version);
  head.u16(16, 2026);
  [11, 22, 20, 26, 5].forEach((v, i) => {
    head.u8(18 + i, v);
  });
  const counts = [block, 0, SUB_BLOCKS, bitmapBlocks, bitmapBlocks, version ? 0 : max, ram.length, 0, stored.length, 0, 2];
  counts.forEach((v, i) => {
    head.u32(40 + 4 * i, v);
  });
  if (version) head.u64(88, max).u64(96, ram.length).u64(104, 0).u64(112, stored.length);
  const pages: Extent[] = stored.map((pfn, i) => ({ offset: dataAt + i * block, data: image.memory.get(pfn * block, block) }));
  return {
    size: dataAt + stored.length * block,
    extents: [
      { offset: 0, data: partition.bytes },
      { offset: block, data: head.bytes },
      { offset: bitmapAt, data: bitmap(ram, bitmapBlocks * block) },
      { offset: bitmapAt + bitmapBlocks * block, data: bitmap(stored, bitmapBlocks * block) },
      ...pages,
    ],
  };
}

/** The first frame is the highest bit. */
function bitmap(frames: readonly number[], bytes: number): Buffer {
  const out = Buffer.alloc(bytes);
  for (const pfn of frames) out[pfn >> 3]! |= 0x80 >> (pfn & 7);
  return out;
}
