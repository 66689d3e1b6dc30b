import { createHash } from 'node:crypto';
import { fstatSync, statSync } from 'node:fs';
import { chunksOf, openFile } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/head.ts';
import { sniff } from '../../dump/sniff.ts';
import { MOST_BYTES } from '../../fleet/queue/job.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { isSpoken } from '../../read/inputs/prose.ts';
import type { Prepared } from './content.ts';

/** A log up to this size is kept in memory until the server has it, and read from its file once. */
const SMALL_BYTES = 1 << 20;
/** A dozen lines, and as many as tell a log that opens with those of other programs; of one that goes on so the whole machinery finds out what it is. */
const FIRST_LINES = [1 << 10, 1 << 12];

/**
 * A file that is surely a log, as it stands: most are, and opening one as a log to be read takes as long as shipping four.
 * @returns undefined where it may be anything else, or is not there
 */
export function plainLog([file, ...others]: InputGroup): Prepared | undefined {
  if (file === undefined || others.length > 0 || Object.keys(file).length > 1) return undefined;
  const { name } = file;
  if (name === '-' || !statSync(name, { throwIfNoEntry: false })?.isFile()) return undefined;
  const source = openFile(name);
  const small = source.size <= SMALL_BYTES ? source.read(0, source.size) : undefined;
  const head = small ?? source.read(0, HEAD);
  if (
    source.size > MOST_BYTES ||
    sniff(head.subarray(0, HEAD)) !== undefined ||
    !FIRST_LINES.some((bytes) => isSpoken(head.subarray(0, bytes)))
  ) {
    source.close();
    return undefined;
  }
  const modified = Math.round(fstatSync(source.fd).mtimeMs * 1000);
  if (small !== undefined) source.close();
  const pieces = (): Iterable<Buffer> => (small === undefined ? chunksOf(source) : [small]);
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces()) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { id: hash.digest('hex'), bytes, input: name, modified, losses: [], pieces, close: async () => source.close() };
}
