import { type Deadline, isOver, leftOf, megabytes, stoppedAfter } from '../../dump/open/deadline.ts';
import { InputError } from '../../dump/source.ts';

/** Time ran out. Its message says how far reading came. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/**
 * The same pieces until time is up. The first is always given: of each input that is begun something is known.
 * @param size bytes of all, where that is known
 * @param isExpected it goes on for ever, and this is how it ends; else what is left is an error of its last piece
 * @throws Stopped out of the pieces
 */
export async function* untilDeadline(
  chunks: AsyncIterable<Buffer>,
  deadline: Deadline,
  size: number | undefined,
  isExpected: boolean,
): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (;;) {
      const isWhole = bytes === size;
      const got = await (bytes === 0 || isWhole ? iterator.next() : inTime(iterator, deadline));
      if (got === undefined && isExpected) return;
      const of = size === undefined ? '' : ` of ${megabytes(size)}`;
      if (got === undefined) throw new Stopped(`${stoppedAfter(deadline)}: ${megabytes(bytes)}${of} MB read`);
      if (got.done) return;
      yield got.value;
      bytes += got.value.length;
    }
  } finally {
    // not waited for: a piece that never comes may be pending
    iterator.return?.()?.catch(() => undefined);
  }
}

/** The least that the first bytes of a pipe are waited for, in milliseconds: its writer has to start too. */
const FIRST_MS = 1000;

/** The first piece of a pipe. @throws InputError where none comes in time */
export async function firstInTime(name: string, iterator: AsyncIterator<Buffer>, deadline: Deadline): Promise<IteratorResult<Buffer>> {
  const got = await raced(iterator.next(), Math.max(FIRST_MS, leftOf(deadline)));
  if (got !== undefined) return got;
  throw new InputError({ file: name, sought: 'a dump or a log', found: `nothing yet: ${stoppedAfter(deadline)}` });
}

/** The next piece; undefined where time is up. */
const inTime = (iterator: AsyncIterator<Buffer>, deadline: Deadline): Promise<IteratorResult<Buffer> | undefined> =>
  isOver(deadline) ? Promise.resolve(undefined) : raced(iterator.next(), leftOf(deadline));

/** Longest time that node's timers know. */
const MOST_MS = 2 ** 31 - 1;

async function raced<T>(next: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.min(ms, MOST_MS));
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}
