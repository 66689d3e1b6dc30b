import type { Readable, Transform } from 'node:stream';

/**
 * What a decompressor makes of an input. An error is how a cut or damaged stream shows, and no reason to lose what came before.
 * @param end told why it ended early, where it did
 */
export async function* through(input: Readable, decompressor: Transform, end: { cut: string | undefined }): AsyncGenerator<Buffer> {
  input.on('error', (error) => decompressor.destroy(error));
  const output = input.pipe(decompressor)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await output.next().catch((error: Error) => {
        end.cut = error.message;
        return { done: true, value: undefined } as const;
      });
      if (done) return;
      yield value as Buffer;
    }
  } finally {
    input.destroy();
    decompressor.destroy();
  }
}
