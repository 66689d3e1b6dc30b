import { sniff } from '../sniff.ts';
import type { ByteSource } from '../source.ts';
import { HEAD } from './head.ts';
import { wrappedHead } from './wrapped-head.ts';

/** Compression within compression happens (a .tar.gz in an .xz); deeper is an attack. */
const MAX_WRAPPERS = 3;

/** Whether bytes are files in one file, through any compression. */
export function isArchive(source: ByteSource, depth = 0): boolean {
  const found = sniff(source.read(0, HEAD));
  if (found?.kind !== 'wrapper') return found?.kind === 'archive';
  return depth < MAX_WRAPPERS && isArchive(wrappedHead(source, found.wrapper), depth + 1);
}
