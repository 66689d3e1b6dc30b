import { statSync } from 'node:fs';
import { openFlattened } from '../flattened.ts';
import { kdumpIdentity } from '../kdump.ts';
import { sniff } from '../sniff.ts';
import { type ByteSource, InputError } from '../source.ts';
import { type OpenSource, openFile } from './file-source.ts';
import { HEAD } from './head.ts';
import { wrappedHead } from './wrapped-head.ts';

/** Which set a file belongs to, if any: members of a --split set share the beginning of their headers. Cheap; never throws. */
export function splitIdentity(path: string): string | undefined {
  let source: OpenSource;
  try {
    const stat = statSync(path);
    if (!stat.isFile() && !stat.isBlockDevice()) return undefined; // a pipe that was opened has been read
    source = openFile(path);
  } catch {
    return undefined; // opening it in earnest will say why
  }
  try {
    return identityOf(source);
  } finally {
    source.close();
  }
}

/** The same of bytes that are open. */
export function identityOf(source: ByteSource): string | undefined {
  const outer = sniff(source.read(0, HEAD));
  const head = outer?.kind === 'wrapper' ? wrappedHead(source, outer.wrapper) : source;
  const found = head === source ? outer : sniff(head.read(0, HEAD));
  if (found?.kind !== 'dump') return undefined;
  if (found.format === 'flattened' && head === source && source.size <= SMALL) return flattenedIdentity(source);
  return found.format === 'kdump' ? kdumpIdentity(head) : undefined;
}

/**
 * Flattened streams are gone through to find their header: larger ones are not worth that, as makedumpfile writes no flattened members,
 * only a pipe around it does.
 */
const SMALL = 256 << 20;

function flattenedIdentity(source: ByteSource): string | undefined {
  try {
    return kdumpIdentity(openFlattened(source));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
