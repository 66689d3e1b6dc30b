import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { type FileImage, fromBuffer, toBuffer } from './file-image.ts';

export type Wrapper = 'gzip' | 'xz' | 'zstd' | 'bzip2' | 'lz4';

/** The whole file compressed; undefined where the program for it is not installed. */
export function wrap(file: FileImage, by: Wrapper): FileImage | undefined {
  const bytes = toBuffer(file);
  if (by === 'gzip') return fromBuffer(gzipSync(bytes, { level: 1 }));
  const run = spawnSync(by, by === 'lz4' ? ['-c', '-1'] : ['-q', '-c', '-1'], { input: bytes, maxBuffer: 1 << 28 });
  return run.status === 0 ? fromBuffer(run.stdout) : undefined;
}
