import type { MemoryImage } from '../image/memory-image.ts';
import { type Shape, StructWriter } from '../image/struct-writer.ts';

export interface HeaderCounts {
  readonly version: number;
  readonly status: number;
  readonly blockSize: number;
  readonly subBlocks: number;
  readonly bitmapBlocks: number;
  readonly max: number;
  readonly ram: number;
  readonly written: number;
  readonly qemu: boolean;
}

/** struct disk_dump_header. */
export function firstHeader(shape: Shape, image: MemoryImage, c: HeaderCounts): Buffer {
  const { machine } = image;
  const w = new StructWriter(shape, shape.wordSize === 8 ? 464 : 452);
  w.text(0, 'KDUMP   ', 8).u32(8, c.version);
  const uts = ['Linux', image.nodename, machine.release, image.version, machine.utsMachine, '(none)'];
  uts.forEach((s, i) => {
    if (!c.qemu || i === 4) w.text(12 + i * 65, s, 64);
  });
  const times = shape.wordSize === 8 ? 408 : 404;
  if (!c.qemu) w.word(times, 1_795_379_260).word(times + shape.wordSize, 250_000);
  let at = times + 2 * shape.wordSize;
  // max_mapnr is 32 bits wide; what does not fit is found in the sub header since version 6.
  for (const v of [c.status, c.blockSize, c.subBlocks, c.bitmapBlocks, Math.min(c.max, 0xffff_ffff), c.ram, 0, c.written, 0, 2]) {
    w.u32(at, v);
    at += 4;
  }
  return w.bytes;
}

interface Span {
  readonly offset: number;
  readonly size: number;
}

export interface SubHeaderFacts {
  readonly version: number;
  readonly padded: boolean;
  readonly size: number;
  readonly physBase: bigint;
  readonly dumpLevel: number;
  readonly split: number;
  readonly start: number;
  readonly end: number;
  readonly max: number;
  readonly vmcoreinfo: Span | undefined;
  readonly note: Span | undefined;
}

/** Offsets of kdump_sub_header: 64 bit; 32 bit with u64 on any multiple of 4 (i386, QEMU); 32 bit with u64 on multiples of 8. */
const LAYOUTS = {
  wide: { level: 8, split: 12, start: 16, end: 24, info: [32, 40], note: [48, 56], start64: 80, end64: 88, max64: 96 },
  packed: { level: 4, split: 8, start: 12, end: 16, info: [20, 28], note: [32, 40], start64: 56, end64: 64, max64: 72 },
  padded: { level: 4, split: 8, start: 12, end: 16, info: [24, 32], note: [40, 48], start64: 72, end64: 80, max64: 88 },
} as const;

/** struct kdump_sub_header; fields newer than the version stay zero. */
export function subHeader(shape: Shape, f: SubHeaderFacts): Buffer {
  const l = LAYOUTS[shape.wordSize === 8 ? 'wide' : f.padded ? 'padded' : 'packed'];
  const w = new StructWriter(shape, f.size).word(0, f.physBase);
  if (f.version >= 1) w.u32(l.level, f.dumpLevel);
  if (f.version >= 2) w.u32(l.split, f.split).word(l.start, f.start).word(l.end, f.end);
  if (f.version >= 3 && f.vmcoreinfo) w.u64(l.info[0], f.vmcoreinfo.offset).word(l.info[1], f.vmcoreinfo.size);
  if (f.version >= 4 && f.note) w.u64(l.note[0], f.note.offset).word(l.note[1], f.note.size);
  if (f.version >= 6) w.u64(l.start64, f.start).u64(l.end64, f.end).u64(l.max64, f.max);
  return w.bytes;
}
