import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Wrapper } from '../sniff.ts';
import { type ByteSource, InputError } from '../source.ts';
import { chunksOf } from './file-source.ts';
import { gunzip } from './gunzip.ts';
import { through } from './through.ts';

/** A compressed file's content as it comes. */
export interface Decompression {
  readonly chunks: AsyncIterable<Buffer>;
  /** Why the stream ended early, where it did: known once the chunks were read. What came before is good. */
  readonly cut: string | undefined;
}

/** What a Debian package calls the programs that node has no library for. */
const PACKAGES: Readonly<Record<Exclude<Wrapper, 'gzip'>, string>> = {
  xz: 'xz-utils',
  lzma: 'xz-utils',
  zstd: 'zstd',
  bzip2: 'bzip2',
  lz4: 'lz4',
  lzop: 'lzop',
  uncompress: 'gzip',
};

/** @throws InputError out of the chunks, where the program for it is not installed */
export function decompress(source: ByteSource, wrapper: Wrapper): Decompression {
  const native = (zlib as { createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress; // node 22.15, 23.8
  const end: { cut: string | undefined } = { cut: undefined };
  const chunks =
    wrapper === 'gzip'
      ? gunzip(source, end)
      : wrapper === 'zstd' && native
        ? through(Readable.from(chunksOf(source)), native(), end)
        : throughProgram(source.name, Readable.from(chunksOf(source)), wrapper, end);
  return {
    chunks,
    get cut() {
      return end.cut;
    },
  };
}

async function* throughProgram(
  name: string,
  input: Readable,
  program: Exclude<Wrapper, 'gzip'>,
  end: { cut: string | undefined },
): AsyncGenerator<Buffer> {
  const child = spawn(program, ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const started = new Promise<void>((resolve, reject) => child.on('spawn', resolve).on('error', reject));
  try {
    await started;
  } catch (error) {
    throw new InputError(
      {
        file: name,
        sought: `the program ${program} to decompress it`,
        found: 'none',
        hint: `install ${PACKAGES[program]}, or decompress the file first`,
      },
      { cause: error },
    );
  }
  let complaint = '';
  child.stderr.on('data', (d) => (complaint += complaint.length < 1000 ? d : ''));
  child.stdin.on('error', () => {}); // it stopped reading: its exit code says why
  input.pipe(child.stdin);
  const closed = once(child, 'close');
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const [code] = await closed;
    if (code !== 0) end.cut = complaint.trim().split('\n').at(-1) || `${program} ended with ${code}`;
  } finally {
    input.destroy();
    child.kill(); // where nobody reads to the end
  }
}
