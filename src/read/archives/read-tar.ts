import { once } from 'node:events';
import { Parser, type ReadEntry } from 'tar';
import type { Entry, Visit } from './entry.ts';

/**
 * Reads a tar of any flavour (ustar, GNU, pax) as it comes.
 * @returns why it is damaged or ended early, where it is; what could be read was visited
 * @throws what `visit` throws
 */
export async function readTar(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, visit: Visit): Promise<string | undefined> {
  let damage: string | undefined;
  let failure: { readonly error: unknown } | undefined;
  let visits = Promise.resolve();
  const parser = new Parser({
    onReadEntry: (entry) => {
      visits = visits
        .then(() => (failure ? undefined : visit(entryOf(entry))))
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .then(() => void entry.resume());
    },
    onwarn: (_code, message) => {
      damage ??= String(message);
    },
  });
  // what the parser does not hand out: sparse files as GNU tar -S writes them, and tar's own notes
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    if (entry.type !== 'SparseFile') return;
    visits = visits
      .then(() => visit({ kind: 'other', name: entry.path, what: 'sparse files' }))
      .catch((error) => {
        failure ??= { error };
      });
  });
  let isWhole = false;
  parser.on('eof', () => {
    isWhole = true;
  });
  let bytes = 0;
  for await (const chunk of chunks) {
    if (failure) break;
    bytes += chunk.length;
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
  const ended = once(parser, 'end');
  parser.end();
  await ended;
  await visits;
  if (failure) throw failure.error;
  // the parser says nothing of a header that is not all there
  return damage ?? (isWhole || bytes % BLOCK === 0 ? undefined : `it ends within a header, at ${bytes}`);
}

const BLOCK = 512;

/** GNU tar -S in pax form: the file begins with a map of its holes. */
const PAX_SPARSE = /(?:^|\/)GNUSparseFile\.\d+\//;

function entryOf(entry: ReadEntry): Entry {
  const name = entry.path;
  switch (entry.type) {
    case 'File':
    case 'OldFile':
    case 'ContiguousFile':
      if (PAX_SPARSE.test(name)) return { kind: 'other', name, what: 'sparse files' };
      return {
        kind: 'file',
        name,
        mtime: entry.mtime === undefined ? undefined : entry.mtime.getTime() * 1000,
        chunks: entry,
      };
    case 'Directory':
    case 'GNUDumpDir':
      return { kind: 'directory', name };
    case 'Link':
    case 'SymbolicLink':
      return { kind: 'other', name, what: 'links' };
    default:
      return { kind: 'other', name, what: 'devices' };
  }
}
