import { readerFor } from './bytes.ts';
import { decodePage, decodeStart } from './codec/codec.ts';
import { KdumpBitmap } from './kdump-bitmap.ts';
import { DESCRIPTOR } from './kdump-end.ts';
import type { KdumpHeader } from './kdump-header.ts';
import type { PageOr } from './paged.ts';
import type { ByteSource } from './source.ts';
import { windowed } from './window.ts';

/** Where the parts of the file are, from the header alone. */
interface Layout {
  readonly bitmap1: number;
  readonly bitmap2: number;
  readonly descriptors: number;
  readonly bits: number;
}

export function layoutOf(header: KdumpHeader, source: ByteSource): Layout {
  const bitmap1 = (1 + header.subHeaderBlocks) * header.blockSize;
  const bytes = header.bitmapBlocks * header.blockSize;
  // one bitmap only where half of the space could not hold a bit for every page (very old dumps, whole dumps)
  const single = header.maxMapnr > bytes * 4;
  const bitmap2 = single ? bitmap1 : bitmap1 + Math.floor(header.bitmapBlocks / 2) * header.blockSize;
  const stored = Math.max(0, Math.min(bitmap1 + bytes, source.size) - bitmap2) * 8;
  return { bitmap1, bitmap2, descriptors: bitmap1 + bytes, bits: Math.min(header.maxMapnr, stored) };
}

/** Page frames of one kdump file. */
export class KdumpPages {
  readonly layout: Layout;
  /** Frames in the file. */
  readonly stored: KdumpBitmap;
  /** Frames that are RAM. */
  readonly ram: KdumpBitmap;
  readonly #u32: (b: Buffer, at: number) => number;
  readonly #size: (b: Buffer, at: number) => number;
  /** Who writes a page of zeros once points back to it from every other: the page last pointed back to, decoded or damaged. */
  #shared: { readonly offset: number; readonly page: PageOr } | undefined;
  #farthest = 0;

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
  page(pfn: number, descriptors = this.source, data = this.source): PageOr {
    if (!this.stored.has(pfn)) return pfn < this.layout.bits && !this.#isOthers(pfn) && this.ram.has(pfn) ? 'excluded' : 'missing';
    const { blockSize } = this.header;
    const descriptor = descriptors.read(this.layout.descriptors + this.stored.rank(pfn) * DESCRIPTOR, DESCRIPTOR);
    if (descriptor.length < DESCRIPTOR) return 'missing';
    const offset = this.#size(descriptor, 0);
    const size = this.#u32(descriptor, 8);
    if (offset === 0 && size === 0) return 'missing'; // never written: the space ran out
    if (size > blockSize || size === 0) return 'damaged';
    if (offset === this.#shared?.offset) return this.#shared.page;
    if (offset + size > this.source.size) return 'missing';
    const page = decodePage(data.read(offset, size), this.#u32(descriptor, 12), blockSize) ?? 'damaged';
    if (offset < this.#farthest) this.#shared = { offset, page };
    this.#farthest = Math.max(this.#farthest, offset);
    return page;
  }

  /** The first bytes of every page in the file, ascending; of a page that others share, once or twice. */
  *starts(): Generator<{ readonly pfn: number; readonly bytes: Buffer }> {
    const descriptors = windowed(this.source);
    const data = windowed(this.source);
    let [at, farthest, shared] = [this.layout.descriptors, 0, 0];
    for (let pfn = this.stored.next(0); pfn !== undefined; pfn = this.stored.next(pfn + 1), at += DESCRIPTOR) {
      const descriptor = descriptors.read(at, DESCRIPTOR);
      if (descriptor.length < DESCRIPTOR) return;
      const offset = this.#size(descriptor, 0);
      const size = this.#u32(descriptor, 8);
      if (offset === shared || size > this.header.blockSize || offset + size > this.source.size) continue;
      if (offset < farthest) shared = offset;
      farthest = Math.max(farthest, offset);
      const bytes = decodeStart(data.read(offset, size), this.#u32(descriptor, 12), this.header.blockSize);
      if (bytes) yield { pfn, bytes };
    }
  }

  /** Pages outside of a split member's range are in another file, not excluded. */
  #isOthers(pfn: number): boolean {
    const { split } = this.header;
    return split !== undefined && (pfn < split.start || pfn >= split.end);
  }
}
