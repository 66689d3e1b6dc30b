import { type ByteOrder, readerFor } from './bytes.ts';
import { COMPRESSED, codecNames, decodePage } from './codec/codec.ts';
import { loadZstd } from './codec/zstd.ts';
import type { Dump, DumpDetails, PhysicalRange } from './dump.ts';
import { KdumpBitmap } from './kdump-bitmap.ts';
import { DESCRIPTOR, dataEnd } from './kdump-end.ts';
import { type KdumpHeader, machineOfUtsname, readKdumpHeader, STATUS_INCOMPLETE } from './kdump-header.ts';
import { readNotes } from './notes.ts';
import { type PageState, worse } from './page-state.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';
import { windowed } from './window.ts';

/** makedumpfile's kdump-compressed format, header versions 1 to 6 (and diskdump's older 0), as QEMU writes it too. */
export async function openKdump(source: ByteSource): Promise<Dump> {
  const header = readKdumpHeader(source);
  if (header.status & COMPRESSED.zstd || firstPageIsZstd(source, header)) await loadZstd();
  return kdumpDump(source, header);
}

/** Where the parts of the file are, from the header alone. */
interface Layout {
  readonly bitmap1: number;
  readonly bitmap2: number;
  readonly descriptors: number;
  readonly bits: number;
}

function layoutOf(header: KdumpHeader, source: ByteSource): Layout {
  const bitmap1 = (1 + header.subHeaderBlocks) * header.blockSize;
  const bytes = header.bitmapBlocks * header.blockSize;
  // one bitmap only where half of the space could not hold a bit for every page (very old dumps, whole dumps)
  const single = header.maxMapnr > bytes * 4;
  const bitmap2 = single ? bitmap1 : bitmap1 + Math.floor(header.bitmapBlocks / 2) * header.blockSize;
  const stored = Math.max(0, Math.min(bitmap1 + bytes, source.size) - bitmap2) * 8;
  return { bitmap1, bitmap2, descriptors: bitmap1 + bytes, bits: Math.min(header.maxMapnr, stored) };
}

function firstPageIsZstd(source: ByteSource, header: KdumpHeader): boolean {
  const descriptor = source.read(layoutOf(header, source).descriptors, DESCRIPTOR);
  return descriptor.length === DESCRIPTOR && (readerFor(header.order).u32(descriptor, 12) & COMPRESSED.zstd) !== 0;
}

/** Page frames of one kdump file, as physical memory starting at `origin` (0, or phys_base for makedumpfile's arm dumps). */
class KdumpPages {
  readonly layout: Layout;
  /** Frames in the file. */
  readonly stored: KdumpBitmap;
  /** Frames that are RAM. */
  readonly ram: KdumpBitmap;
  readonly #u32: (b: Buffer, at: number) => number;
  readonly #size: (b: Buffer, at: number) => number;

  constructor(
    readonly source: ByteSource,
    readonly header: KdumpHeader,
  ) {
    this.layout = layoutOf(header, source);
    const { bitmap1, bitmap2, bits } = this.layout;
    this.stored = new KdumpBitmap(source, bitmap2, header.split ? Math.min(bits, header.split.end) : bits, header.split?.start ?? 0);
    this.ram = new KdumpBitmap(source, bitmap1, bits);
    const reader = readerFor(header.order);
    this.#u32 = reader.u32;
    this.#size = reader.size;
  }

  /** @param descriptors @param data the file, or a window on it */
  page(pfn: number, descriptors = this.source, data = this.source): Buffer | Exclude<PageState, 'present'> {
    if (!this.stored.has(pfn)) return pfn < this.layout.bits && !this.#isOthers(pfn) && this.ram.has(pfn) ? 'excluded' : 'missing';
    const { blockSize } = this.header;
    const descriptor = descriptors.read(this.layout.descriptors + this.stored.rank(pfn) * DESCRIPTOR, DESCRIPTOR);
    if (descriptor.length < DESCRIPTOR) return 'missing';
    const offset = this.#size(descriptor, 0);
    const size = this.#u32(descriptor, 8);
    if (size > blockSize || size === 0) return 'damaged';
    if (offset + size > this.source.size) return 'missing';
    return decodePage(data.read(offset, size), this.#u32(descriptor, 12), blockSize) ?? 'damaged';
  }

  /** Pages outside of a split member's range are in another file, not excluded. */
  #isOthers(pfn: number): boolean {
    const { split } = this.header;
    return split !== undefined && (pfn < split.start || pfn >= split.end);
  }
}

function kdumpDump(source: ByteSource, header: KdumpHeader): Dump {
  const pages = new KdumpPages(source, header);
  const dump = withOrigin(pages, 0);
  // makedumpfile counts an arm dump's page frames from phys_base, QEMU from 0, and the file does not say which: both are offered
  const origin = dump.machine === 'arm' || (dump.machine === undefined && header.wordSize === 4) ? Number(header.physBase) : 0;
  return origin > 0 && origin < 2 ** 40 ? { ...dump, alternative: withOrigin(pages, origin) } : dump;
}

/** Pages from which on reading ahead pays. */
const MANY = 8;

function withOrigin(pages: KdumpPages, origin: number): Dump {
  const { header, source, layout } = pages;
  const { blockSize } = header;
  const order: ByteOrder = header.order;
  return {
    container: `kdump-compressed v${header.version}`,
    byteOrder: header.utsname.machine === 'ppc64le' ? 'little' : order, // QEMU writes big-endian headers for ppc64le
    machine: machineOfUtsname(header.utsname.machine),
    blockSize,
    notes: header.notes ? readNotes(source, header.notes.offset, header.notes.size, readerFor(order)) : [],
    vmcoreinfoText: header.vmcoreinfo ? source.read(header.vmcoreinfo.offset, Math.min(header.vmcoreinfo.size, 1 << 20)) : undefined,
    ranges: rangesOf(pages, origin),
    segments: NO_SEGMENTS,
    physBase: BigInt.asIntN(64, header.physBase),
    details: detailsOf(pages),
    holds: (paddr) => pages.stored.has(Math.floor((paddr - origin) / blockSize)),
    nextHeld(paddr) {
      const pfn = pages.stored.next(Math.max(0, Math.floor((paddr - origin) / blockSize)));
      return pfn === undefined ? undefined : Math.max(paddr, origin + pfn * blockSize);
    },
    readPhysical(paddr, into) {
      let state: PageState = 'present';
      // many pages in a row lie in a row in the file too
      const isLong = into.length > MANY * blockSize;
      const descriptors = isLong ? windowed(source) : source;
      const data = isLong ? windowed(source) : source;
      for (let done = 0; done < into.length; ) {
        const at = paddr - origin + done;
        const within = ((at % blockSize) + blockSize) % blockSize;
        const length = Math.min(blockSize - within, into.length - done);
        const page =
          at < 0 || Math.floor(at / blockSize) >= layout.bits ? 'missing' : pages.page(Math.floor(at / blockSize), descriptors, data);
        if (typeof page === 'string') {
          into.fill(0, done, done + length);
          state = worse(state, page);
        } else page.copy(into, done, within, within + length);
        done += length;
      }
      return state;
    },
  };
}

/** One range from the first frame to the last: holes are left to `holds`, so that no bitmap is read whole for its own sake. */
function rangesOf(pages: KdumpPages, origin: number): PhysicalRange[] {
  const { blockSize, split } = pages.header;
  const end = split ? Math.min(split.end, pages.layout.bits) : pages.layout.bits;
  const start = split?.start ?? 0;
  return end > start ? [{ start: origin + start * blockSize, end: origin + end * blockSize }] : [];
}

function detailsOf(pages: KdumpPages): DumpDetails {
  const { header, source, layout } = pages;
  const descriptor = source.read(layout.descriptors, DESCRIPTOR);
  const first = descriptor.length === DESCRIPTOR ? readerFor(header.order).u32(descriptor, 12) : 0;
  const codecs = codecNames(header.status | first);
  const warnings: string[] = [];
  if (layout.bits < header.maxMapnr) warnings.push(`the bitmap ends with the file, at page frame ${layout.bits} of ${header.maxMapnr}`);
  return {
    compression: codecs.join('+') || 'none',
    dumpLevel: header.dumpLevel,
    split: header.split ? { members: 1, frames: [header.split], of: header.maxMapnr } : undefined,
    incomplete: header.status & STATUS_INCOMPLETE ? 'makedumpfile marked it incomplete (it ran out of space)' : cutAt(pages),
    utsname: header.utsname.machine || header.utsname.release ? header.utsname : undefined,
    timestamp: header.timestamp || undefined,
    cpus: header.cpus || undefined,
    warnings,
  };
}

/** Where the file ends too early, and what it should hold there. */
function cutAt({ source, header, layout, stored }: KdumpPages): string | undefined {
  const { bitmap2, descriptors } = layout;
  if (descriptors > source.size) return `the file ends at ${source.size}, in its bitmap (${bitmap2}–${descriptors})`;
  if (descriptors + DESCRIPTOR > source.size)
    return stored.next(0) === undefined ? undefined : `the file ends at ${source.size}, before the table of its pages`;
  const whole = dataEnd(source, readerFor(header.order), descriptors, header.blockSize);
  if (whole === undefined || whole.end <= source.size) return undefined;
  const percent = Math.floor((100 * source.size) / whole.end);
  return `the file ends at ${source.size}, the last of its ${whole.pages} pages at ${whole.end} (${percent} % are there)`;
}

/** What members of one set have in common: all that tells the dump they were made of. */
export function kdumpIdentity(source: ByteSource): string | undefined {
  try {
    const { version, order, wordSize, utsname, timestamp, blockSize, maxMapnr, cpus, split } = readKdumpHeader(source);
    return split && JSON.stringify([version, order, wordSize, utsname, timestamp, blockSize, maxMapnr, cpus]);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
