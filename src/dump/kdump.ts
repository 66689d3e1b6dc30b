import { type ByteOrder, readerFor } from './bytes.ts';
import { COMPRESSED, codecNames } from './codec/codec.ts';
import { loadZstd } from './codec/zstd.ts';
import type { Dump, DumpDetails, PageStart, PhysicalRange } from './dump.ts';
import { DESCRIPTOR, dataEnd } from './kdump-end.ts';
import { type KdumpHeader, machineOfUtsname, readKdumpHeader, STATUS_INCOMPLETE } from './kdump-header.ts';
import { KdumpPages, layoutOf } from './kdump-pages.ts';
import { readNotes } from './notes.ts';
import { copyPages, type PageOr } from './paged.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';
import { windowed } from './window.ts';

/** makedumpfile's kdump-compressed format, header versions 1 to 6 (and diskdump's older 0), as QEMU writes it too. */
export async function openKdump(source: ByteSource): Promise<Dump> {
  const header = readKdumpHeader(source);
  if (header.status & COMPRESSED.zstd || firstPageIsZstd(source, header)) await loadZstd();
  return kdumpDump(source, header);
}

function firstPageIsZstd(source: ByteSource, header: KdumpHeader): boolean {
  const descriptor = source.read(layoutOf(header, source).descriptors, DESCRIPTOR);
  return descriptor.length === DESCRIPTOR && (readerFor(header.order).u32(descriptor, 12) & COMPRESSED.zstd) !== 0;
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
    // what begins a page of another size than the block's lies within one
    starts: blockSize === 4096 ? () => startsOf(pages, origin) : undefined,
    readPhysical(paddr, into) {
      // many pages in a row lie in a row in the file too
      const isLong = into.length > MANY * blockSize;
      const descriptors = isLong ? windowed(source) : source;
      const data = isLong ? windowed(source) : source;
      const pageOf = (pfn: number): PageOr => (pfn >= layout.bits ? 'missing' : pages.page(pfn, descriptors, data));
      return copyPages(paddr - origin, into, blockSize, pageOf);
    },
  };
}

function* startsOf(pages: KdumpPages, origin: number): Generator<PageStart> {
  for (const { pfn, bytes } of pages.starts()) yield { paddr: origin + pfn * pages.header.blockSize, bytes };
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
  const { bitmap2, descriptors, bits } = layout;
  if (header.bitmapBlocks === 0 && bits === 0) return undefined; // nobody claims that there is anything
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
