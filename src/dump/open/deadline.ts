import type { ByteSource } from '../source.ts';
import { InputError } from '../source.ts';

/** When reading is to end. Plain data: the threads of a process share it. */
export interface Deadline {
  /** As the user said it. */
  readonly seconds: number;
  /** Milliseconds since 1970, by a clock that is never set. */
  readonly endsAt: number;
  /** @tested the clock, where it is not the real one */
  readonly now?: (() => number) | undefined;
}

/** The same in all threads: each begins at an origin of its own. */
const clock = (): number => performance.timeOrigin + performance.now();

export const deadlineIn = (seconds: number): Deadline => ({ seconds, endsAt: clock() + seconds * 1000 });

export const isOver = (deadline: Deadline | undefined): boolean => deadline !== undefined && (deadline.now ?? clock)() >= deadline.endsAt;

/** Milliseconds that are left. */
export const leftOf = ({ endsAt, now = clock }: Deadline): number => Math.max(0, endsAt - now());

/** What stopped it, to be followed by how far it came. */
export const stoppedAfter = ({ seconds }: Deadline): string => `stopped after ${seconds} s (--max-time)`;

/** Time ran out while a dump was read. What was read before is good. */
export class TimeUp extends InputError {
  /** For who has read some of it. */
  readonly loss: string;

  constructor(file: string, deadline: Deadline, bytes: number) {
    const loss = `reading ${stoppedAfter(deadline)}: ${megabytes(bytes)} MB read`;
    super({ file, sought: 'to read it to its end', found: loss, hint: 'a longer --max-time reads more' });
    this.loss = loss;
  }
}

/** The same bytes until time is up; then reading throws. @throws TimeUp */
export function timed<Source extends ByteSource>(source: Source, deadline: Deadline | undefined): Source {
  if (deadline === undefined) return source;
  let bytes = 0;
  const check = (): void => {
    if (isOver(deadline)) throw new TimeUp(source.name, deadline, bytes);
  };
  const { readInto } = source;
  return {
    ...source,
    read(offset, length) {
      check();
      const read = source.read(offset, length);
      bytes += read.length;
      return read;
    },
    ...(readInto && {
      readInto(offset: number, into: Buffer) {
        check();
        const read = readInto(offset, into);
        bytes += read;
        return read;
      },
    }),
  };
}

/** Bytes as millions: `0.07`, `12.5`. */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);
