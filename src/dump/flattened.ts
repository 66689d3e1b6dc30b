import { laterWins } from './flattened-index.ts';
import { Intervals } from './intervals.ts';
import { type ByteSource, InputError } from './source.ts';

export const FLATTENED_MAGIC = 'makedumpfile\0\0\0\0';
const HEADER = 4096;
/** A record: offset s64, size s64, both big endian whatever the machine, then `size` bytes. */
const RECORD = 16;
/** Record headers read ahead in one go: QEMU's buffers are small, so many headers lie in one such window. */
const WINDOW = 65536;

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
  const size = pieces.end(pieces.length - 1);
  return {
    name: source.name,
    size,
    complete,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const first = pieces.lastStartingBy(offset);
      if (first >= 0 && offset + wanted <= pieces.end(first))
        return source.read(pieces.offset(first) + (offset - pieces.start(first)), wanted);
      const result = Buffer.alloc(wanted); // gaps read as zeros, as in the sparse file it would become
      for (let i = Math.max(first, 0); i < pieces.length && pieces.start(i) < offset + wanted; i++) {
        const from = Math.max(pieces.start(i), offset);
        const to = Math.min(pieces.end(i), offset + wanted);
        if (to > from) source.read(pieces.offset(i) + (from - pieces.start(i)), to - from).copy(result, from - offset);
      }
      return result;
    },
  };
}

function indexRecords(source: ByteSource): { records: Intervals; complete: boolean } {
  const records = new Intervals();
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
    if (stored > 0) records.push(offset, offset + stored, filepos);
    at = filepos + size;
  }
  return { records, complete: false };
}
