import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { type FileImage, fromBuffer, toBuffer } from './file-image.ts';

export type Wrapper = 'gzip' | 'xz' | 'zstd' | 'bzip2' | 'lz4' | 'lzma' | 'lzop' | 'uncompress';

/** The whole file compressed; undefined where the program for it is not installed. */
export function wrap(file: FileImage, by: Wrapper): FileImage | undefined {
  const bytes = toBuffer(file);
  if (by === 'gzip') return fromBuffer(gzipSync(bytes, { level: 1 }));
  if (by === 'uncompress') return fromBuffer(compress(bytes));
  const run = spawnSync(by, by === 'lz4' ? ['-c', '-1'] : ['-q', '-c', '-1'], { input: bytes, maxBuffer: 1 << 28 });
  return run.status === 0 ? fromBuffer(run.stdout) : undefined;
}

/** compress(1)'s form, by its simplest means: each byte as it is in 9 bits, the table emptied before codes grow longer. */
function compress(bytes: Buffer): Buffer {
  const out = [0x1f, 0x9d, 0x90];
  let [bits, have] = [0, 0];
  const put = (code: number): void => {
    bits |= code << have;
    for (have += 9; have >= 8; have -= 8, bits >>>= 8) out.push(bits & 0xff);
  };
  // 240 codes, of which the last says to begin anew, are a whole number of the groups of eight that compress writes
  bytes.forEach((byte, i) => {
    put(byte);
    if (i % 239 === 238) put(256);
  });
  return Buffer.from(have > 0 ? [...out, bits & 0xff] : out);
}
