import { type Deadline, isOver } from '../../dump/open/deadline.ts';
import { allowed, type Growth } from '../../dump/open/growth.ts';

/** How much of an archive is believed. */
export interface Limits {
  /** Names in it and in the archives in it. */
  readonly members: number;
  /** Archives within archives. */
  readonly depth: number;
  /** Dumps and logs that are kept. */
  readonly kept: number;
  /** Bytes of those on the disk. */
  readonly stored: Growth;
  /** Bytes that are decompressed to find them, zeros among them. */
  readonly passed: Growth;
}

/** An sos report has some 20,000 names and unpacks to some 20 times its size; a dump of a machine that did nothing to 600 times. */
export const LIMITS: Limits = {
  members: 500_000,
  depth: 3,
  kept: 10_000,
  stored: { floor: 1 << 30, ratio: 300 },
  passed: { floor: 2 ** 33, ratio: 700 },
};

/** An archive asks for more than any honest one: reading it stops here. */
export class LimitError extends Error {
  override name = 'LimitError';
}

/** Counts what one archive and those in it cost. Each takes or throws. */
export class Budget {
  #members = 0;
  #kept = 0;
  #passed = 0;

  /** @param size bytes of the outermost archive */
  constructor(
    readonly limits: Limits,
    readonly size: number,
    readonly deadline?: Deadline | undefined,
  ) {}

  /** Looking for what an archive holds ends with the time that there is. */
  #inTime(): void {
    if (isOver(this.deadline)) throw new LimitError(`after ${this.deadline?.seconds} s (--max-time)`);
  }

  member(): void {
    this.#inTime();
    if (++this.#members > this.limits.members) throw new LimitError(`it has more than ${this.limits.members} names`);
  }

  keep(): void {
    if (++this.#kept > this.limits.kept) throw new LimitError(`it holds more than ${this.limits.kept} dumps and logs`);
  }

  /** @param stored bytes on the disk by now */
  store(stored: number): void {
    if (stored > allowed(this.limits.stored, this.size))
      throw new LimitError(`what is in it takes more than ${this.limits.stored.ratio} times its size`);
  }

  pass(bytes: number): void {
    this.#inTime();
    this.#passed += bytes;
    if (this.#passed > allowed(this.limits.passed, this.size))
      throw new LimitError(`it unpacks to more than ${this.limits.passed.ratio} times its size`);
  }
}
