import type { OpenSource } from './file-source.ts';

/** Bytes in memory, read as a file is. */
export function bytesSource(name: string, bytes: Uint8Array): OpenSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number): number => (Number.isSafeInteger(offset) && offset >= 0 ? offset : buffer.length);
  return {
    name,
    size: buffer.length,
    close: () => undefined,
    read: (offset, length) => buffer.subarray(at(offset), at(offset) + Math.max(0, length)),
  };
}
