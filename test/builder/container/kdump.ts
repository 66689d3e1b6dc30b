import { CODEC_FLAG, type Codec, encodePage } from '../codec/codec.ts';
import type { MemoryImage } from '../image/memory-image.ts';
import type { Extent } from '../image/sparse-memory.ts';
import { alignUp, type Order, StructWriter } from '../image/struct-writer.ts';
import { elfNotes } from './elf.ts';
import type { FileImage } from './file-image.ts';
import { firstHeader, subHeader } from './kdump-header.ts';

export interface KdumpOptions {
  readonly kind: 'kdump';
  /** header_version, 0 to 6. */
  readonly version?: number;
  /** Page n is stored with codec n modulo the list's length. */
  readonly codecs?: readonly Codec[];
  /** Default: the machine's page size. QEMU takes 64 KiB on arm64 and ppc64 whatever the kernel's. */
  readonly blockSize?: number;
  /** Pages of zeros: left out (dump level 1), stored once and shared, or stored each. */
  readonly zeroPages?: 'exclude' | 'share' | 'store';
  /** Further pages to leave out. */
  readonly exclude?: (paddr: number) => boolean;
  /** u64 fields aligned to 8 in a 32-bit sub header (ARM, MIPS); QEMU packs them. Default: the machine's way. */
  readonly padded?: boolean;
  /** ARM files of makedumpfile count page frames from phys_base. */
  readonly fromPhysBase?: boolean;
  /** As QEMU writes it: utsname.machine only, timestamp 0, both bitmaps equal. */
  readonly qemu?: boolean;
  /** One bitmap instead of two. */
  readonly singleBitmap?: boolean;
  /** Byte order of the container, where it is not the machine's (QEMU on ppc64le). */
  readonly order?: Order;
  /** status bit 8: makedumpfile ran out of space. */
  readonly incomplete?: boolean;
  readonly vmcoreinfoNote?: boolean;
  /** Number of files of a --split set. */
  readonly split?: number;
  /** Puts each page's data at this multiple of its frame number: sparse files of any size. */
  readonly spread?: number;
  /** Every frame up to here is "in the file", its descriptor a hole unless the image has the page. */
  readonly claimFrames?: number;
}

interface Page {
  readonly pfn: number;
  readonly data: Buffer;
}

/** The dump as kdump-compressed files: one, or the members of a split set. */
export function kdump(image: MemoryImage, options: KdumpOptions): FileImage[] {
  const blockSize = options.blockSize ?? image.machine.pageSize;
  const base = options.fromPhysBase ? Number(image.machine.physBase) : 0;
  const zero = Buffer.alloc(blockSize);
  const ram: number[] = [];
  const pages: Page[] = [];
  for (const range of image.machine.ram) {
    for (let at = range.start; at < range.end; at += blockSize) {
      const pfn = (at - base) / blockSize;
      ram.push(pfn);
      if (options.exclude?.(at)) continue;
      const data = image.memory.has(at, blockSize) ? image.memory.get(at, blockSize) : zero;
      if ((options.zeroPages ?? 'exclude') === 'exclude' && data.equals(zero)) continue;
      pages.push({ pfn, data });
    }
  }
  const max = Math.max((ram.at(-1) ?? 0) + 1, options.claimFrames ?? 0);
  const parts = options.split ?? 1;
  return Array.from({ length: parts }, (_, i) => {
    const start = i === 0 ? 0 : pages[Math.floor((pages.length * i) / parts)]!.pfn;
    const end = i === parts - 1 ? max : pages[Math.floor((pages.length * (i + 1)) / parts)]!.pfn;
    return member(image, options, { ram, pages, max, start, end, blockSize });
  });
}

function member(
  image: MemoryImage,
  options: KdumpOptions,
  d: { ram: number[]; pages: Page[]; max: number; start: number; end: number; blockSize: number },
): FileImage {
  const { machine } = image;
  const shape = { ...machine.shape, order: options.order ?? machine.shape.order };
  const version = options.version ?? 6;
  const codecs = options.codecs ?? ['zlib'];
  const padded = options.padded ?? (shape.wordSize === 4 && shape.u64Align === 8 && !options.qemu);
  const notes =
    version >= 4
      ? elfNotes(image, options.vmcoreinfoNote === undefined ? {} : { vmcoreinfoNote: options.vmcoreinfoNote })
      : Buffer.alloc(0);
  const text = Buffer.from(options.vmcoreinfoNote === false ? '' : image.vmcoreinfo, 'latin1');
  const area = version >= 4 ? notes : version === 3 ? text : Buffer.alloc(0);
  const subSize = shape.wordSize === 8 ? 104 : padded ? 96 : 80;
  const areaAt = d.blockSize + subSize;
  const subBlocks = Math.ceil((subSize + area.length) / d.blockSize);

  const half = Math.ceil(d.max / 8 / d.blockSize);
  const bitmapBlocks = options.singleBitmap ? half : 2 * half;
  const present = options.claimFrames ? undefined : d.pages.map((p) => p.pfn);
  const inFile = bitmap(present, d.max, half * d.blockSize);
  const inRam = options.qemu || options.claimFrames ? inFile : bitmap(d.ram, d.max, half * d.blockSize);
  const bitmapAt = (1 + subBlocks) * d.blockSize;
  const descAt = bitmapAt + bitmapBlocks * d.blockSize;

  const mine = d.pages.filter((p) => p.pfn >= d.start && p.pfn < d.end);
  const slots = options.claimFrames ?? mine.length;
  const extents: Extent[] = [];
  let dataAt = alignUp(descAt + slots * 24, options.spread ? d.blockSize : 8);
  const dataStart = dataAt;
  let shared: Buffer | undefined;
  mine.forEach(({ pfn, data }, i) => {
    const slot = options.claimFrames ? pfn : i;
    const zeros = options.zeroPages === 'share' && data.every((b) => b === 0);
    if (zeros && shared) {
      extents.push({ offset: descAt + slot * 24, data: shared });
      return;
    }
    const codec = codecs[i % codecs.length]!;
    const encoded = encodePage(codec, data);
    const stored = encoded ?? data;
    if (options.spread) dataAt = dataStart + pfn * options.spread;
    const desc = new StructWriter(shape, 24)
      .u64(0, dataAt)
      .u32(8, stored.length)
      .u32(12, encoded ? CODEC_FLAG[codec] : 0).bytes;
    if (zeros) shared = desc;
    extents.push({ offset: descAt + slot * 24, data: desc }, { offset: dataAt, data: stored });
    dataAt += stored.length;
  });

  const status = CODEC_FLAG[codecs[0]!] | (options.incomplete ? 8 : 0);
  const counts = { max: d.max, ram: d.ram.length, written: mine.length, subBlocks, bitmapBlocks, blockSize: d.blockSize };
  const vmcoreinfoAt = version === 3 ? areaAt : areaAt + area.indexOf('OSRELEASE=');
  const sub = subHeader(shape, {
    version,
    padded,
    size: subSize,
    physBase: machine.physBase,
    dumpLevel: (options.zeroPages ?? 'exclude') === 'exclude' ? (options.exclude ? 31 : 1) : 0,
    split: options.split ? 1 : 0,
    start: options.split ? d.start : 0,
    end: options.split ? d.end : 0,
    max: d.max,
    vmcoreinfo: text.length ? { offset: vmcoreinfoAt, size: text.length } : undefined,
    note: notes.length ? { offset: areaAt, size: notes.length } : undefined,
  });
  const head = firstHeader(shape, image, { version, status, ...counts, qemu: options.qemu ?? false });
  const bitmaps = options.singleBitmap ? [inFile] : [inRam, inFile];
  return {
    size: dataAt,
    extents: [
      { offset: 0, data: head },
      { offset: d.blockSize, data: sub },
      { offset: areaAt, data: area },
      { offset: bitmapAt, data: Buffer.concat(bitmaps) },
      ...extents,
    ],
  };
}

/** LSB first on every machine. Without a list, every bit below `max`. */
function bitmap(pfns: readonly number[] | undefined, max: number, bytes: number): Buffer {
  const out = Buffer.alloc(bytes);
  if (pfns) for (const pfn of pfns) out[pfn >> 3]! |= 1 << (pfn & 7);
  else {
    out.fill(0xff, 0, max >> 3);
    if (max & 7) out[max >> 3] = (1 << (max & 7)) - 1;
  }
  return out;
}
