import { sniff } from '../sniff.ts';
import type { ByteSource } from '../source.ts';
import { HEAD } from './head.ts';

/** Compression within compression happens (a .tar.gz in an .xz); deeper is an attack. */
const MAX_WRAPPERS = 3;

/** Whether bytes are files in one file, through any compression. */
export async function isArchive(source: ByteSource, depth = 0): Promise<boolean> {
  const found = sniff(source.read(0, HEAD));
  if (found?.kind !== 'wrapper') return found?.kind === 'archive';
  if (depth === MAX_WRAPPERS) return false;
  const { wrappedHead } = await import('./wrapped-head.ts'); // decompressors: few files need them
  return isArchive(wrappedHead(source, found.wrapper), depth + 1);
}
