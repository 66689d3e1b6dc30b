import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { chunksOf } from '../../dump/open/file-source.ts';
import type { ByteSource } from '../../dump/source.ts';
import type { Visit } from './entry.ts';

/** PKWARE's APPNOTE 4.3.7: signature, sizes and names of a local file header. */
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const ENCRYPTED = 1;
/** Sizes follow the data, in a descriptor of 12 to 24 bytes (4.3.9). */
const HAS_DESCRIPTOR = 8;
const DESCRIPTOR_BYTES = 24;

/** Visits the members of a zip that was cut before its directory: each begins with a header of its own. @throws what `visit` throws */
export async function salvageZip(source: ByteSource, visit: Visit): Promise<void> {
  for (let at = 0; ; ) {
    const header = source.read(at, LOCAL_BYTES);
    if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL) return;
    const flags = header.readUInt16LE(6);
    const method = header.readUInt16LE(8);
    const name = source.read(at + LOCAL_BYTES, header.readUInt16LE(26)).toString('utf8');
    const data = at + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    const size = (flags & HAS_DESCRIPTOR) !== 0 ? undefined : sizeOf(header, source);
    // where nothing says how long it is, only its own end does
    if ((flags & ENCRYPTED) !== 0 || (method !== 0 && method !== 8) || (method === 0 && size === undefined)) {
      await visit({ kind: 'other', name, what: (flags & ENCRYPTED) !== 0 ? 'encrypted files' : 'files in a compression that is not read' });
      if (size === undefined) return;
      at = data + size;
      continue;
    }
    const content = new Content(source, data, size ?? source.size - data, method === 8);
    await visit(name.endsWith('/') ? { kind: 'directory', name } : { kind: 'file', name, chunks: content });
    at = size === undefined ? nextHeader(source, data + (await content.end())) : data + size;
    if (at <= data - LOCAL_BYTES) return;
  }
}

/** Bytes in the archive; undefined where they stand in the zip64 field, which a cut archive is not worth. */
function sizeOf(header: Buffer, source: ByteSource): number {
  const size = header.readUInt32LE(18);
  return size === 0xffffffff ? source.size : size;
}

/** The header that follows a member's descriptor. */
function nextHeader(source: ByteSource, end: number): number {
  const after = source.read(end, DESCRIPTOR_BYTES + 4).indexOf('PK\x03\x04', 0, 'latin1');
  return after < 0 ? source.size : end + after;
}

/** One member's content, and where it ends. */
class Content implements AsyncIterable<Buffer> {
  readonly #input: Readable;
  readonly #inflate = createInflateRaw();
  #ended = false;

  constructor(
    source: ByteSource,
    start: number,
    readonly length: number,
    readonly deflated: boolean,
  ) {
    const part: ByteSource = {
      name: source.name,
      size: Math.min(length, source.size - start),
      read: (offset, n) => source.read(start + offset, Math.min(n, length - offset)),
    };
    this.#input = Readable.from(chunksOf(part), { objectMode: false });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const stream = this.deflated ? this.#input.pipe(this.#inflate) : this.#input;
    const output = stream.iterator({ destroyOnReturn: false });
    for (;;) {
      const { done, value } = await output.next().catch(() => ({ done: true, value: undefined }) as const);
      if (done) break;
      yield value as Buffer;
    }
    this.#ended = true;
  }

  /** Bytes that it takes in the archive, read on to its end where it was left before. */
  async end(): Promise<number> {
    if (!this.#ended) for await (const _chunk of this);
    this.#input.destroy();
    return this.#inflate.bytesWritten;
  }
}
