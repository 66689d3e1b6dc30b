import type { ByteSource } from './source.ts';

/** Bytes read ahead; pages that follow each other in memory do so in a file. */
const WINDOW = 1 << 17;

/** The same bytes through a window, so that one read of the file serves many small ones that follow each other. */
export function windowed(source: ByteSource): ByteSource {
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return {
    name: source.name,
    size: source.size,
    read(offset, length) {
      if (offset < start || offset + length > start + bytes.length) {
        start = offset;
        bytes = source.read(offset, Math.max(length, WINDOW));
      }
      return bytes.subarray(offset - start, offset - start + length);
    },
  };
}
