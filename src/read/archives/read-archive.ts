import { decompress } from '../../dump/open/decompress.ts';
import { chunksOf, type OpenSource } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/head.ts';
import { unwrap } from '../../dump/open/unwrap.ts';
import { wrappedHead } from '../../dump/open/wrapped-head.ts';
import { type Sniffed, sniff, type Wrapper } from '../../dump/sniff.ts';
import type { Visit } from './entry.ts';
import type { Budget } from './limits.ts';
import { read7z } from './read-7z.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

/**
 * Visits every member of an archive, in its order.
 * @returns why it is damaged or ended early, where it is; what came before was visited
 * @throws InputError where a program for it is not installed, LimitError of the budget, what `visit` throws
 */
export async function readArchive(source: OpenSource, budget: Budget, visit: Visit): Promise<string | undefined> {
  const found = sniff(source.read(0, HEAD));
  if (found?.kind === 'wrapper') return throughWrapper(source, found.wrapper, budget, visit);
  return readPlain(source, found, budget, visit);
}

async function readPlain(source: OpenSource, found: Sniffed | undefined, budget: Budget, visit: Visit): Promise<string | undefined> {
  switch (found?.kind === 'archive' ? found.archive : undefined) {
    case 'tar':
      return readTar(chunksOf(source), visit);
    case 'zip':
      return readZip(source, visited(budget, visit));
    case '7z':
      return read7z(source, visited(budget, visit));
    case undefined:
      return 'there is no archive in it';
  }
}

/** A tar is read as it is decompressed: what nobody wants of it is not kept. */
async function throughWrapper(source: OpenSource, wrapper: Wrapper, budget: Budget, visit: Visit): Promise<string | undefined> {
  const inner = sniff(wrappedHead(source, wrapper).read(0, HEAD));
  if (inner?.kind === 'archive' && inner.archive === 'tar') {
    const unpacking = decompress(source, wrapper);
    const damage = await readTar(counted(unpacking.chunks, budget), visit);
    return unpacking.cut ?? damage;
  }
  const { source: unwrapped, cut } = await unwrap(source, wrapper, { deadline: budget.deadline });
  try {
    const damage = await readArchive(unwrapped, budget, visit);
    return cut ?? damage;
  } finally {
    unwrapped.close();
  }
}

const visited =
  (budget: Budget, visit: Visit): Visit =>
  (entry) =>
    visit(entry.kind === 'file' ? { ...entry, chunks: counted(entry.chunks, budget) } : entry);

async function* counted(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    budget.pass(chunk.length);
    yield chunk;
  }
}
