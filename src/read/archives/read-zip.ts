import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type Entry as ZipEntry, type ZipFile } from 'yauzl';
import { chunksOf } from '../../dump/open/file-source.ts';
import type { ByteSource } from '../../dump/source.ts';
import type { Entry, Visit } from './entry.ts';
import { salvageZip } from './salvage-zip.ts';

/**
 * Reads a zip, by its directory or, where that is lost, from its beginning.
 * @returns why it is damaged, where it is; what could be read was visited
 * @throws what `visit` throws
 */
export async function readZip(source: ByteSource, visit: Visit): Promise<string | undefined> {
  let zip: ZipFile;
  try {
    zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, { decodeStrings: false, autoClose: false });
  } catch (error) {
    await salvageZip(source, visit);
    return messageOf(error);
  }
  let damage: string | undefined;
  const entries = zip.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const next = await entries.next().catch((error: unknown) => {
      damage ??= messageOf(error);
      return { done: true, value: undefined } as const;
    });
    if (next.done) return damage;
    await visit(
      entryOf(zip, next.value, (error) => {
        damage ??= messageOf(error);
      }),
    );
  }
}

/** Bits of a Unix mode, where the zip was made on Unix (`version made by`, upper byte 3). */
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;

function entryOf(zip: ZipFile, entry: ZipEntry, damaged: (error: unknown) => void): Entry {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const type = entry.versionMadeBy >> 8 === 3 ? (entry.externalFileAttributes >>> 16) & S_IFMT : 0;
  if (name.endsWith('/')) return { kind: 'directory', name };
  if (type === S_IFLNK) return { kind: 'other', name, what: 'links' };
  if (type !== 0 && type !== S_IFREG) return { kind: 'other', name, what: 'devices' };
  if (entry.isEncrypted()) return { kind: 'other', name, what: 'encrypted files' };
  if (!entry.canDecodeFileData()) return { kind: 'other', name, what: 'files in a compression that is not read' };
  return { kind: 'file', name, mtime: entry.getLastModDate().getTime() * 1000, chunks: contentOf(zip, entry, damaged) };
}

/** Damage ends a member, not its archive. */
async function* contentOf(zip: ZipFile, entry: ZipEntry, damaged: (error: unknown) => void): AsyncGenerator<Buffer> {
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    yield* stream;
  } catch (error) {
    damaged(error);
  } finally {
    stream?.destroy();
  }
}

/** The archive's bytes as the library asks for them. */
class SourceReader extends RandomAccessReader {
  constructor(readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunksOf(partOf(this.source, start, end)), { objectMode: false });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    const bytes = this.source.read(position, length);
    bytes.copy(buffer, offset);
    callback(bytes.length < length ? new Error('unexpected end of the file') : null);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

/** @param end where it ends, in bytes from the beginning of the whole */
const partOf = (source: ByteSource, start: number, end: number): ByteSource => ({
  name: source.name,
  size: Math.max(0, Math.min(end, source.size) - start),
  read: (offset, length) => source.read(start + offset, Math.min(length, end - start - offset)),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
