import { snappyFrames } from '../codec/snappy.ts';
import type { MemoryImage } from '../image/memory-image.ts';
import type { Extent } from '../image/sparse-memory.ts';
import { StructWriter } from '../image/struct-writer.ts';
import type { FileImage } from './file-image.ts';

const end = (image: MemoryImage): number => Math.max(...image.machine.ram.map((r) => r.end));
const littleEndian = { order: 'little', wordSize: 8, u64Align: 8 } as const;

const GIB4 = 2 ** 32;

/**
 * Physical memory as it is from `base`: offset = physical address - base. What lies between `hole` and 4 GiB is left out, so that
 * what lies above follows without a gap.
 */
export function rawImage(image: MemoryImage, base = 0, hole = GIB4): FileImage {
  const low = image.memory.extents(base, Math.min(hole, end(image))).map((e) => ({ offset: e.offset - base, data: e.data }));
  if (end(image) <= GIB4) return { size: end(image) - base, extents: low };
  const shift = base + GIB4 - hole;
  const high = image.memory.extents(GIB4, end(image)).map((e) => ({ offset: e.offset - shift, data: e.data }));
  return { size: end(image) - shift, extents: [...low, ...high] };
}

/** LiME: a header and the raw bytes for each range; the end address is inclusive. */
export function lime(image: MemoryImage): FileImage {
  const extents: Extent[] = [];
  let at = 0;
  for (const r of image.machine.ram) {
    const head = new StructWriter(littleEndian, 32)
      .text(0, 'EMiL', 4)
      .u32(4, 1)
      .u64(8, r.start)
      .u64(16, r.end - 1);
    extents.push({ offset: at, data: head.bytes });
    for (const e of image.memory.extents(r.start, r.end)) extents.push({ offset: at + 32 + e.offset - r.start, data: e.data });
    at += 32 + r.end - r.start;
  }
  return { size: at, extents };
}

/** AVML version 2: LiME's header with another magic, the body in snappy frames, eight bytes more after each. */
export function avml(image: MemoryImage): FileImage {
  const parts = image.machine.ram.flatMap((r) => {
    const head = new StructWriter(littleEndian, 32).text(0, 'AVML', 4).u32(4, 2).u64(8, r.start).u64(16, r.end);
    return [head.bytes, snappyFrames(image.memory.get(r.start, r.end - r.start)), Buffer.alloc(8)];
  });
  const data = Buffer.concat(parts);
  return { size: data.length, extents: [{ offset: 0, data }] };
}

/** The s390 stand-alone dump: a page of header, all memory from 0, an end marker. */
export function s390Standalone(image: MemoryImage, options: { readonly endMarker?: boolean } = {}): FileImage {
  const size = end(image);
  const shape = { order: 'big', wordSize: 8, u64Align: 8 } as const;
  const h = new StructWriter(shape, 4096);
  h.u64(0, 0xa819_0173_618f_23fdn).u32(8, 5).u32(12, 4096).u32(16, 4).u32(20, 4096);
  h.u64(24, size)
    .u64(32, 0)
    .u64(40, size)
    .u32(48, size / 4096);
  h.u64(56, 0xd000_0000_0000_0000n).u64(64, 1).u32(72, 2).u32(80, 2).u64(84, size);
  h.bytes[92] = 0;
  h.u16(93, 2).u16(95, 2);
  const extents: Extent[] = [{ offset: 0, data: h.bytes }];
  for (const e of image.memory.extents(0, size)) extents.push({ offset: 4096 + e.offset, data: e.data });
  if (options.endMarker === false) return { size: 4096 + size, extents };
  const marker = new StructWriter(shape, 16).text(0, 'DUMP_END', 8).u64(8, 0xd000_0000_0000_1000n);
  return { size: 4096 + size + 16, extents: [...extents, { offset: 4096 + size, data: marker.bytes }] };
}
