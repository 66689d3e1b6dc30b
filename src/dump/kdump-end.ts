import type { Reader } from './bytes.ts';
import { COMPRESSED } from './codec/codec.ts';
import type { ByteSource } from './source.ts';

/** page_desc of makedumpfile's diskdump_mod.h: offset u64, size u32, flags u32, page_flags u64. */
export const DESCRIPTOR = 24;
/** Bytes of the table's end that are looked at: the last pages may all share the page of zeros, which stands first. */
const WINDOW = 32768;
/** Codecs, and the bits that makedumpfile sets beside them (DUMP_DH_COMPRESSED_INCOMPLETE, DUMP_DH_EXCLUDED_VMEMMAP). */
const FLAGS = Object.values(COMPRESSED).reduce((all, flag) => all | flag, 0x18);

export interface DataEnd {
  /** Descriptors in the table. */
  readonly pages: number;
  /** Offset at which the file must end, or later. */
  readonly end: number;
}

/**
 * Where the data of the last pages ends, from the end of the descriptor table alone: no header says how many there are, and counting
 * bits would read the bitmap whole. The table ends where the data begins, and that is where the first page lies, or a page of zeros
 * before it.
 * @returns undefined where the descriptors do not say
 */
export function dataEnd(source: ByteSource, reader: Reader, table: number, blockSize: number): DataEnd | undefined {
  const first = source.read(table, DESCRIPTOR);
  const start = first.length === DESCRIPTOR ? reader.size(first, 0) : Number.NaN;
  if (!(start >= table + DESCRIPTOR) || !Number.isFinite(start)) return undefined;
  if (start > source.size) return { pages: Math.floor((start - table) / DESCRIPTOR), end: start };
  const from = Math.max(0, Math.floor((start - table - blockSize - WINDOW) / DESCRIPTOR));
  const window = source.read(table + from * DESCRIPTOR, start - table - from * DESCRIPTOR);
  // a thousand of them are read, of which most of these lines' time went into the checks of a Buffer's methods
  const view = new DataView(window.buffer, window.byteOffset, window.length);
  const isLittle = reader.order === 'little';
  let end = start;
  let pages = 0;
  for (let at = 0; at + DESCRIPTOR <= window.length; at += DESCRIPTOR) {
    const offset = Number(view.getBigUint64(at, isLittle));
    const size = view.getUint32(at + 8, isLittle);
    const behind = table + from * DESCRIPTOR + at + DESCRIPTOR;
    // behind the table comes the page of zeros
    if (size === 0 || size > blockSize || offset < behind || (view.getUint32(at + 12, isLittle) & ~FLAGS) !== 0) break;
    if (!Number.isSafeInteger(offset)) return undefined;
    pages = from + at / DESCRIPTOR + 1;
    end = Math.max(end, offset + size);
  }
  return pages > 0 ? { pages, end } : undefined;
}
