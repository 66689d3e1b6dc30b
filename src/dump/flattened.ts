import { lastStartingBy } from './intervals.ts';
import { type ByteSource, InputError } from './source.ts';

export const FLATTENED_MAGIC = 'makedumpfile\0\0\0\0';
const HEADER = 4096;
/** A record: offset s64, size s64, both big endian whatever the machine, then `size` bytes. */
const RECORD = 16;
/** Record headers read ahead in one go: QEMU's buffers are small, so many headers lie in one such window. */
const WINDOW = 65536;

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly filepos: number;
}

export interface FlattenedSource extends ByteSource {
  /** False where the stream has no end marker: the transfer was cut. What came before it is good. */
  readonly complete: boolean;
}

/**
 * A flattened dump (makedumpfile -F, QEMU's kdump formats) as the file it stands for, without rearranging it: one pass over the
 * record headers builds an index, in which a later record wins over an earlier one (makedumpfile writes header and bitmap last).
 */
export function openFlattened(source: ByteSource): FlattenedSource {
  const { records, complete } = indexRecords(source);
  if (records.length === 0) {
    throw new InputError({
      file: source.name,
      sought: 'a record of a flattened dump',
      found: 'none',
      offset: HEADER,
      hint: 'the stream was cut after its header',
    });
  }
  const pieces = laterWins(records);
  const size = pieces.at(-1)!.end;
  return {
    name: source.name,
    size,
    complete,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const first = lastStartingBy(pieces, offset);
      const only = pieces[first];
      if (only && offset + wanted <= only.end) return source.read(only.filepos + (offset - only.start), wanted);
      const result = Buffer.alloc(wanted); // gaps read as zeros, as in the sparse file it would become
      for (let i = Math.max(first, 0); i < pieces.length && pieces[i]!.start < offset + wanted; i++) {
        const { start, end, filepos } = pieces[i]!;
        const from = Math.max(start, offset);
        const to = Math.min(end, offset + wanted);
        if (to > from) source.read(filepos + (from - start), to - from).copy(result, from - offset);
      }
      return result;
    },
  };
}

function indexRecords(source: ByteSource): { records: Piece[]; complete: boolean } {
  const records: Piece[] = [];
  let window: Buffer = Buffer.alloc(0);
  let windowAt = 0;
  let at = HEADER;
  while (at + RECORD <= source.size) {
    if (at < windowAt || at + RECORD > windowAt + window.length) {
      windowAt = at;
      window = source.read(at, WINDOW);
      if (window.length < RECORD) break;
    }
    const offset = Number(window.readBigInt64BE(at - windowAt));
    const size = Number(window.readBigInt64BE(at - windowAt + 8));
    if (offset === -1) return { records, complete: true };
    if (offset < 0) break; // damaged: everything up to here is good
    if (size <= 0 || offset + size > Number.MAX_SAFE_INTEGER) break; // damaged: everything up to here is good
    const filepos = at + RECORD;
    const stored = Math.min(size, source.size - filepos);
    if (stored > 0) records.push({ start: offset, end: offset + stored, filepos });
    at = filepos + size;
  }
  return { records, complete: false };
}

/**
 * Resolves overlaps in file order. Records come nearly sorted, so it is a sort, a sweep and, where records do overlap, cuts of the
 * few pieces concerned.
 */
function laterWins(records: readonly Piece[]): Piece[] {
  const order = records.map((piece, rank) => ({ piece, rank })).sort((a, b) => a.piece.start - b.piece.start || a.rank - b.rank);
  const result: (Piece & { readonly rank: number })[] = [];
  for (const { piece, rank } of order) {
    const tails: (Piece & { readonly rank: number })[] = [];
    let { start } = piece;
    for (let top = result.at(-1); top && top.end > start; top = result.at(-1)) {
      if (top.rank > rank) {
        start = top.end; // the older record shows only behind the newer one
        break;
      }
      result.pop();
      const after = Math.max(top.start, piece.end);
      if (top.end > after) tails.unshift({ ...top, start: after, filepos: top.filepos + (after - top.start) });
      if (top.start < start) {
        result.push({ ...top, end: start });
        break;
      }
    }
    if (start < piece.end) result.push({ start, end: piece.end, filepos: piece.filepos + (start - piece.start), rank });
    result.push(...tails);
  }
  return result;
}
