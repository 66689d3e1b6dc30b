/**
 * The same pieces up to an interrupt (Ctrl-C), which ends what never ends by itself: what came is told then. A second one ends the program.
 * @param isExpected an interrupt is how it ends; else reading it stopped, which is an error of its last piece
 */
export async function* untilInterrupted(chunks: AsyncIterable<Buffer>, isExpected: boolean): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let wake: () => void = () => undefined;
  const interrupt = (): void => wake();
  process.once('SIGINT', interrupt);
  try {
    for (;;) {
      // one that lived on would keep every piece that ever won against it
      const interrupted = new Promise<undefined>((resolve) => {
        wake = () => resolve(undefined);
      });
      const got = await Promise.race([iterator.next(), interrupted]);
      if (got === undefined && !isExpected) throw new Error('interrupted');
      if (got === undefined || got.done) return;
      yield got.value;
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
}
