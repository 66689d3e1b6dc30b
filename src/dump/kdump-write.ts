import { deflateSync } from 'node:zlib';
import type { ByteOrder } from './bytes.ts';
import { COMPRESSED } from './codec/codec.ts';
import type { Note } from './dump.ts';

/** What goes into a small kdump-compressed file. */
export interface KdumpContent {
  readonly order: ByteOrder;
  readonly wordSize: 4 | 8;
  /** arm and mips align a u64 to 8 bytes; decides the layout of a 32-bit sub header. */
  readonly padded: boolean;
  /** Bytes; the page size of the dumped kernel. */
  readonly pageSize: number;
  readonly utsname: {
    readonly sysname: string;
    readonly nodename: string;
    readonly release: string;
    readonly version: string;
    readonly machine: string;
  };
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly cpus: number;
  readonly physBase: bigint;
  readonly vmcoreinfo: string;
  /** Besides VMCOREINFO's, which is made here. */
  readonly notes: readonly Note[];
  /** Page frame number and content, ascending. */
  readonly pages: readonly { readonly pfn: number; readonly bytes: Buffer }[];
}

const HEADER_VERSION = 6;
/** makedumpfile -d 31: of pages of zeros one is stored, and nothing that the log does not need. */
const DUMP_LEVEL = 31;
const DESCRIPTOR = 24;

/** Bytes at an offset of a file; between two there are zeros. */
export interface Extent {
  readonly offset: number;
  readonly data: Buffer;
}

/**
 * A kdump-compressed file, header version 6, zlib pages, as extents in order: the bitmaps of a machine of terabytes are large and
 * nearly all zeros. Pages of the same content share its data, as makedumpfile does for zeros; frames not given are marked as no RAM,
 * so that no reader takes them for zeros.
 */
export function writeKdump(content: KdumpContent): Extent[] {
  const { pageSize: block, pages } = content;
  const put = new Writer(content.order, content.wordSize);
  const notes = notesArea(content, put);
  const sub = subHeader(content, put, block, notes);
  const maxMapnr = (pages.at(-1)?.pfn ?? 0) + 1;
  const bitmapBytes = Math.ceil(maxMapnr / 8 / block) * block;
  put.u64(sub, subFields(content).mapnr64, BigInt(maxMapnr));
  const header = diskDumpHeader(content, put, {
    subBlocks: sub.length / block,
    bitmapBlocks: (2 * bitmapBytes) / block,
    maxMapnr,
    written: pages.length,
  });
  const ram = header.length + sub.length;
  const stored = ram + bitmapBytes;
  const descriptors = stored + bitmapBytes;
  const bits = bitmap(pages, block);
  const moved = (to: number): Extent[] => bits.map(({ offset, data }) => ({ offset: to + offset, data }));
  return [
    { offset: 0, data: Buffer.concat([header, sub]) },
    ...moved(ram),
    ...moved(stored),
    { offset: descriptors, data: Buffer.concat(pageData(pages, put, block, descriptors)) },
  ];
}

/** The blocks of a bitmap in which a bit is set. */
function bitmap(pages: KdumpContent['pages'], block: number): Extent[] {
  const blocks: Extent[] = [];
  for (const { pfn } of pages) {
    const byte = Math.floor(pfn / 8);
    const offset = byte - (byte % block);
    if (blocks.at(-1)?.offset !== offset) blocks.push({ offset, data: Buffer.alloc(block) });
    blocks.at(-1)!.data[byte - offset]! |= 1 << (pfn & 7);
  }
  return blocks;
}

/** Integers in the order and word size of the dumped machine. */
class Writer {
  constructor(
    readonly order: ByteOrder,
    readonly wordSize: 4 | 8,
  ) {}

  u32(b: Buffer, at: number, value: number): void {
    if (this.order === 'little') b.writeUInt32LE(value >>> 0, at);
    else b.writeUInt32BE(value >>> 0, at);
  }

  u64(b: Buffer, at: number, value: bigint): void {
    if (this.order === 'little') b.writeBigUInt64LE(BigInt.asUintN(64, value), at);
    else b.writeBigUInt64BE(BigInt.asUintN(64, value), at);
  }

  word(b: Buffer, at: number, value: bigint): void {
    if (this.wordSize === 8) this.u64(b, at, value);
    else this.u32(b, at, Number(BigInt.asUintN(32, value)));
  }
}

function diskDumpHeader(
  { wordSize, utsname, timestamp, cpus, pageSize }: KdumpContent,
  put: Writer,
  counts: { subBlocks: number; bitmapBlocks: number; maxMapnr: number; written: number },
): Buffer {
  const b = Buffer.alloc(pageSize);
  b.write('KDUMP   ', 0, 'latin1');
  put.u32(b, 8, HEADER_VERSION);
  for (const [i, s] of [utsname.sysname, utsname.nodename, utsname.release, utsname.version, utsname.machine].entries()) {
    b.write(s.slice(0, 64), 12 + i * 65, 'latin1');
  }
  const wide = wordSize === 8;
  put.word(b, wide ? 408 : 404, BigInt(Math.floor(timestamp)));
  const base = wide ? 424 : 412;
  const fields = [COMPRESSED.zlib, pageSize, counts.subBlocks, counts.bitmapBlocks, Math.min(counts.maxMapnr, 0xffffffff)];
  for (const [i, value] of fields.entries()) put.u32(b, base + i * 4, value);
  put.u32(b, base + 28, counts.written);
  put.u32(b, base + 36, cpus);
  return b;
}

const subFields = ({ wordSize, padded }: KdumpContent) =>
  wordSize === 8
    ? { dumpLevel: 8, vmcoreinfo: 32, note: 48, mapnr64: 96, size: 104 }
    : padded
      ? { dumpLevel: 4, vmcoreinfo: 24, note: 40, mapnr64: 88, size: 96 }
      : { dumpLevel: 4, vmcoreinfo: 20, note: 32, mapnr64: 72, size: 80 };

function subHeader(content: KdumpContent, put: Writer, block: number, notes: { readonly area: Buffer; readonly textAt: number }): Buffer {
  const at = subFields(content);
  // behind the fields, in the same blocks, and aligned as notes are in an ELF file
  const notesAt = Math.ceil(at.size / 16) * 16;
  const b = Buffer.alloc(Math.ceil((notesAt + notes.area.length) / block) * block);
  put.word(b, 0, content.physBase);
  put.u32(b, at.dumpLevel, DUMP_LEVEL);
  put.u64(b, at.vmcoreinfo, BigInt(block + notesAt + notes.textAt));
  put.word(b, at.vmcoreinfo + 8, BigInt(content.vmcoreinfo.length));
  put.u64(b, at.note, BigInt(block + notesAt));
  put.word(b, at.note + 8, BigInt(notes.area.length));
  notes.area.copy(b, notesAt);
  return b;
}

function notesArea(content: KdumpContent, put: Writer): { area: Buffer; textAt: number } {
  const others = content.notes.filter((n) => n.name !== 'VMCOREINFO').map((n) => note(put, n));
  const text = Buffer.from(content.vmcoreinfo, 'latin1');
  const last = note(put, { name: 'VMCOREINFO', type: 0, desc: text });
  const before = others.reduce((sum, n) => sum + n.length, 0);
  return { area: Buffer.concat([...others, last]), textAt: before + 24 };
}

function note(put: Writer, { name, type, desc }: Note): Buffer {
  const nameSize = name.length + 1;
  const descAt = 12 + Math.ceil(nameSize / 4) * 4;
  const b = Buffer.alloc(descAt + Math.ceil(desc.length / 4) * 4);
  put.u32(b, 0, nameSize);
  put.u32(b, 4, desc.length);
  put.u32(b, 8, type);
  b.write(name, 12, 'latin1');
  desc.copy(b, descAt);
  return b;
}

function pageData(pages: KdumpContent['pages'], put: Writer, block: number, at: number): Buffer[] {
  const descriptors = Buffer.alloc(pages.length * DESCRIPTOR);
  const offsets = new Map<string, number>();
  const data: Buffer[] = [];
  let end = at + descriptors.length;
  pages.forEach(({ bytes }, i) => {
    const packed = deflateSync(bytes);
    const small = packed.length < block;
    const stored = small ? packed : bytes;
    const key = stored.toString('latin1');
    let offset = offsets.get(key);
    if (offset === undefined) {
      offset = end;
      offsets.set(key, offset);
      data.push(stored);
      end += stored.length;
    }
    put.u64(descriptors, i * DESCRIPTOR, BigInt(offset));
    put.u32(descriptors, i * DESCRIPTOR + 8, stored.length);
    put.u32(descriptors, i * DESCRIPTOR + 12, small ? COMPRESSED.zlib : 0);
  });
  return [descriptors, ...data];
}
