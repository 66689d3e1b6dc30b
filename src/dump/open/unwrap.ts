import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Wrapper } from '../sniff.ts';
import { InputError } from '../source.ts';
import { chunksOf, type OpenSource } from './file-source.ts';
import { Spool } from './spool.ts';

export interface Unwrapped {
  readonly source: OpenSource;
  /** Why the stream ended early, where it did; what came before is kept. */
  readonly cut: string | undefined;
}

/** Decompresses a whole file into a spool. @throws InputError where the program for it is not installed, or nothing came out */
export async function unwrap(source: OpenSource, wrapper: Wrapper): Promise<Unwrapped> {
  const spool = new Spool(source.name);
  try {
    const input = Readable.from(chunksOf(source));
    const cut = wrapper === 'gzip' ? await through(input, zlib.createGunzip(), spool) : await unwrapZstdOrXz(source, input, wrapper, spool);
    const unwrapped = spool.source();
    if (unwrapped.size > 0) return { source: unwrapped, cut };
    throw new InputError({
      file: source.name,
      sought: `${wrapper} data`,
      found: cut ?? 'nothing in it',
      hint: 'the file is damaged or was cut at its beginning',
    });
  } catch (error) {
    spool.close();
    throw error;
  }
}

async function unwrapZstdOrXz(source: OpenSource, input: Readable, wrapper: 'zstd' | 'xz', spool: Spool): Promise<string | undefined> {
  const native = (zlib as { createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress; // node 22.15, 23.8
  if (wrapper === 'zstd' && native) return through(input, native(), spool);
  return throughProgram(source, input, wrapper, spool);
}

/** Pipes through a decompressor; an error of it is how a cut stream shows, and no reason to lose what came before. */
async function through(input: Readable, decompressor: zlib.Gunzip, spool: Spool): Promise<string | undefined> {
  let cut: string | undefined;
  input.on('error', (error) => decompressor.destroy(error));
  try {
    for await (const chunk of input.pipe(decompressor)) spool.write(chunk as Buffer);
  } catch (error) {
    if (error instanceof InputError) throw error;
    cut = (error as Error).message;
  } finally {
    input.destroy();
  }
  return cut;
}

async function throughProgram(source: OpenSource, input: Readable, program: 'zstd' | 'xz', spool: Spool): Promise<string | undefined> {
  const child = spawn(program, ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const started = new Promise<void>((resolve, reject) => child.on('spawn', resolve).on('error', reject));
  try {
    await started;
  } catch (error) {
    throw new InputError(
      {
        file: source.name,
        sought: `the program ${program} to decompress it`,
        found: 'none',
        hint: `install ${program === 'xz' ? 'xz-utils' : 'zstd'}, or decompress the file first`,
      },
      { cause: error },
    );
  }
  let complaint = '';
  child.stderr.on('data', (d) => (complaint += complaint.length < 1000 ? d : ''));
  child.stdin.on('error', () => {}); // it stopped reading: its exit code says why
  input.pipe(child.stdin);
  const closed = once(child, 'close');
  for await (const chunk of child.stdout) spool.write(chunk as Buffer);
  const [code] = await closed;
  input.destroy();
  return code === 0 ? undefined : complaint.trim().split('\n').at(-1) || `${program} ended with ${code}`;
}
