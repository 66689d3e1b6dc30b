import { type ByteOrder, type Reader, readerFor } from './bytes.ts';
import type { Machine } from './dump.ts';
import { type ByteSource, InputError } from './source.ts';

/** disk_dump_header and kdump_sub_header of makedumpfile's diskdump_mod.h, in one value. */
export interface KdumpHeader {
  readonly version: number;
  readonly order: ByteOrder;
  /** Word size of the header, bytes: that of the dumped machine. */
  readonly wordSize: 4 | 8;
  readonly utsname: { readonly nodename: string; readonly release: string; readonly version: string; readonly machine: string };
  readonly timestamp: number;
  readonly status: number;
  readonly blockSize: number;
  readonly subHeaderBlocks: number;
  readonly bitmapBlocks: number;
  /** Page frames that the bitmaps speak of. */
  readonly maxMapnr: number;
  readonly cpus: number;
  readonly physBase: bigint;
  readonly dumpLevel: number | undefined;
  /** Page frames that a member of a --split set holds; end exclusive. */
  readonly split: { readonly start: number; readonly end: number } | undefined;
  readonly vmcoreinfo: Extent | undefined;
  readonly notes: Extent | undefined;
}

interface Extent {
  readonly offset: number;
  readonly size: number;
}

/** What makedumpfile sets where it ran out of space (DUMP_DH_COMPRESSED_INCOMPLETE). */
export const STATUS_INCOMPLETE = 0x8;

const UTS_LENGTH = 65;

/** @throws InputError where no word size and byte order makes sense of the header */
export function readKdumpHeader(source: ByteSource): KdumpHeader {
  const head = source.read(0, 4096);
  const fail = (sought: string, found: string, offset: number): never => {
    throw new InputError({ file: source.name, sought, found, offset, hint: 'the dump was cut or overwritten at its beginning' });
  };
  if (head.length < 464) fail('a kdump header of 464 bytes', `a file of ${head.length}`, 0);
  const layouts: { order: ByteOrder; wordSize: 4 | 8 }[] = [
    { order: 'little', wordSize: 8 },
    { order: 'little', wordSize: 4 },
    { order: 'big', wordSize: 8 },
    { order: 'big', wordSize: 4 },
  ];
  const candidates = layouts
    .filter((l) => plausible(head, l.order, l.wordSize))
    // a block size of 4096 byte-swapped passes as 1 MiB, so the machine's name decides where several layouts fit
    .sort((a, b) => agreement(head, b) - agreement(head, a));
  const layout = candidates[0] ?? fail('a kdump header', 'no word size and byte order that makes sense of it', 8);
  return parse(source, head, layout.order, layout.wordSize);
}

const fieldsAt = (wordSize: 4 | 8) =>
  wordSize === 8
    ? { seconds: 408, status: 424, block: 428, sub: 432, bitmap: 436, mapnr: 440, cpus: 460 }
    : { seconds: 404, status: 412, block: 416, sub: 420, bitmap: 424, mapnr: 428, cpus: 448 };

function plausible(head: Buffer, order: ByteOrder, wordSize: 4 | 8): boolean {
  const r = readerFor(order);
  const at = fieldsAt(wordSize);
  const block = r.u32(head, at.block);
  const bitmapBytes = r.u32(head, at.bitmap) * block;
  return (
    r.u32(head, 8) <= 6 &&
    block >= 512 &&
    block <= 1 << 20 &&
    (block & (block - 1)) === 0 &&
    r.u32(head, at.sub) < 1 << 20 &&
    // nothing in it: what it says of the machine counts all the same
    (bitmapBytes > 0 || (r.u32(head, at.mapnr) === 0 && agreement(head, { order, wordSize }) === 3)) &&
    bitmapBytes * 8 >= Math.min(r.u32(head, at.mapnr), 0xffffffff)
  );
}

/** utsname.machine → what lastkmsg calls the machine. QEMU fills in only this field of utsname. */
const MACHINES: ReadonlyMap<string, { machine: Machine; wordSize: 4 | 8; order: ByteOrder }> = new Map(
  Object.entries({
    x86_64: { machine: 'x86_64', wordSize: 8, order: 'little' },
    i386: { machine: 'i386', wordSize: 4, order: 'little' },
    i486: { machine: 'i386', wordSize: 4, order: 'little' },
    i586: { machine: 'i386', wordSize: 4, order: 'little' },
    i686: { machine: 'i386', wordSize: 4, order: 'little' },
    aarch64: { machine: 'arm64', wordSize: 8, order: 'little' },
    aarch64_be: { machine: 'arm64', wordSize: 8, order: 'big' },
    ppc64le: { machine: 'ppc64', wordSize: 8, order: 'little' },
    ppc64: { machine: 'ppc64', wordSize: 8, order: 'big' },
    ppc: { machine: 'ppc', wordSize: 4, order: 'big' },
    s390x: { machine: 's390x', wordSize: 8, order: 'big' },
    riscv64: { machine: 'riscv64', wordSize: 8, order: 'little' },
    loongarch64: { machine: 'loongarch64', wordSize: 8, order: 'little' },
    ia64: { machine: 'ia64', wordSize: 8, order: 'little' },
    mips64: { machine: 'mips64', wordSize: 8, order: 'big' },
  }),
);

const machineName = (head: Buffer): string => cString(head, 12 + 4 * UTS_LENGTH, UTS_LENGTH);

export function machineOfUtsname(name: string): Machine | undefined {
  return MACHINES.get(name)?.machine ?? (/^armv\d/.test(name) ? 'arm' : undefined);
}

function agreement(head: Buffer, layout: { order: ByteOrder; wordSize: 4 | 8 }): number {
  const name = machineName(head);
  const known = MACHINES.get(name) ?? (/^armv\d/.test(name) ? { wordSize: 4, order: name.endsWith('b') ? 'big' : 'little' } : undefined);
  // QEMU writes the header of a ppc64le guest in big endian: word size weighs more than order
  return known ? (known.wordSize === layout.wordSize ? 2 : 0) + (known.order === layout.order ? 1 : 0) : 0;
}

function parse(source: ByteSource, head: Buffer, order: ByteOrder, wordSize: 4 | 8): KdumpHeader {
  const r = readerFor(order);
  const at = fieldsAt(wordSize);
  const version = r.u32(head, 8);
  const blockSize = r.u32(head, at.block);
  const mapnr32 = r.u32(head, at.mapnr);
  const sub = Buffer.alloc(104);
  source.read(blockSize, 104).copy(sub);
  const subHeaderBlocks = r.u32(head, at.sub);
  const layout = subLayout(r, sub, wordSize, { version, blockSize, subHeaderBlocks, mapnr32 });
  const word = (offset: number): number => (wordSize === 8 ? r.size(sub, offset) : r.u32(sub, offset));
  const extent = (offset: number, size: number): Extent | undefined => {
    const found = { offset: r.size(sub, offset), size: word(size) };
    return found.offset > 0 && found.size > 0 && found.offset + found.size <= source.size ? found : undefined;
  };
  const uts = (i: number) => cString(head, 12 + i * UTS_LENGTH, UTS_LENGTH);
  return {
    version,
    order,
    wordSize,
    utsname: { nodename: uts(1), release: uts(2), version: uts(3), machine: uts(4) },
    timestamp: wordSize === 8 ? r.size(head, at.seconds) : r.u32(head, at.seconds),
    status: r.u32(head, at.status),
    blockSize,
    subHeaderBlocks,
    bitmapBlocks: r.u32(head, at.bitmap),
    // 0 where the sub header is lost
    maxMapnr: (version >= 6 ? r.size(sub, layout.mapnr64) : 0) || mapnr32,
    cpus: r.u32(head, at.cpus),
    physBase: wordSize === 8 ? r.u64(sub, 0) : BigInt(r.u32(sub, 0)),
    dumpLevel: version >= 1 ? r.u32(sub, layout.dumpLevel) : undefined,
    split:
      version >= 2 && r.u32(sub, layout.split) !== 0
        ? version >= 6
          ? { start: r.size(sub, layout.start64), end: r.size(sub, layout.start64 + 8) }
          : { start: word(layout.start), end: word(layout.start + wordSize) }
        : undefined,
    vmcoreinfo: version >= 3 ? extent(layout.vmcoreinfo, layout.vmcoreinfo + 8) : undefined,
    notes: version >= 4 ? extent(layout.note, layout.note + 8) : undefined,
  };
}

interface SubLayout {
  readonly dumpLevel: number;
  readonly split: number;
  readonly start: number;
  readonly vmcoreinfo: number;
  readonly note: number;
  readonly start64: number;
  readonly mapnr64: number;
}

const WIDE: SubLayout = { dumpLevel: 8, split: 12, start: 16, vmcoreinfo: 32, note: 48, start64: 80, mapnr64: 96 };
const PACKED: SubLayout = { dumpLevel: 4, split: 8, start: 12, vmcoreinfo: 20, note: 32, start64: 56, mapnr64: 72 };
/** arm and mips align a u64 to 8 bytes, i386 and QEMU to 4. */
const PADDED: SubLayout = { dumpLevel: 4, split: 8, start: 12, vmcoreinfo: 24, note: 40, start64: 72, mapnr64: 88 };

function subLayout(
  r: Reader,
  sub: Buffer,
  wordSize: 4 | 8,
  header: { version: number; blockSize: number; subHeaderBlocks: number; mapnr32: number },
): SubLayout {
  if (wordSize === 8) return WIDE;
  const offset = r.size(sub, PACKED.vmcoreinfo);
  const size = r.u32(sub, PACKED.vmcoreinfo + 8);
  if (offset === 0 && size === 0) {
    // no VMCOREINFO: both layouts read 0 there; the one whose 64-bit count repeats the 32-bit one is right
    return header.version >= 6 && r.size(sub, PADDED.mapnr64) === header.mapnr32 && r.size(sub, PACKED.mapnr64) !== header.mapnr32
      ? PADDED
      : PACKED;
  }
  const end = header.blockSize * (1 + header.subHeaderBlocks);
  return offset > header.blockSize && offset + size <= end ? PACKED : PADDED;
}

const cString = (b: Buffer, at: number, length: number): string => b.toString('latin1', at, at + length).replace(/\0.*$/s, '');
