import { spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';

/** Node has a zstd encoder from 22.15. */
type ZstdCompress = (b: Buffer) => Buffer;
const compress = (zlib as unknown as { zstdCompressSync?: ZstdCompress }).zstdCompressSync;

/** One frame around `input`: by Node's encoder where there is one, else made of stored and run-length blocks. */
export const zstdFrame = (input: Buffer): Buffer => (compress ? compress(input) : storedFrame(input));

/** A frame of run-length blocks for runs, stored blocks for the rest. Single segment, content size in two bytes. */
function storedFrame(input: Buffer): Buffer {
  if (input.length < 256 || input.length > 65791) throw new RangeError(`a page of ${input.length} bytes`);
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 0]);
  head.writeUInt16LE(input.length - 256, 5);
  const blocks: { type: number; size: number; body: Buffer }[] = [];
  let stored = 0;
  const flush = (to: number) => {
    if (to > stored) blocks.push({ type: 0, size: to - stored, body: input.subarray(stored, to) });
  };
  for (let at = 0; at < input.length; ) {
    let end = at + 1;
    while (end < input.length && input[end] === input[at]) end++;
    if (end - at >= 16) {
      flush(at);
      blocks.push({ type: 1, size: end - at, body: input.subarray(at, at + 1) });
      stored = end;
    }
    at = end;
  }
  flush(input.length);
  const parts = blocks.flatMap(({ type, size, body }, i) => {
    const b = Buffer.alloc(3);
    b.writeUIntLE((i === blocks.length - 1 ? 1 : 0) | (type << 1) | (size << 3), 0, 3);
    return [b, body];
  });
  return Buffer.concat([head, ...parts]);
}

/** What the zstd program makes of it: entropy-coded blocks. Undefined where the program is not installed. */
export function zstdByProgram(input: Buffer): Buffer | undefined {
  const run = spawnSync('zstd', ['-q', '-c', '--no-check'], { input });
  return run.status === 0 ? run.stdout : undefined;
}
