import type { Job } from '../../fleet/queue/job.ts';
import type { Read } from '../../fleet/queue/work.ts';
import type { Limits, ReadRequest } from './limits.ts';
import { type Handed, ReaderProcess } from './reader-process.ts';

/**
 * Inputs that one process reads: what it may have leaked ends with it. The first hundreds take twice as long as those after them, a second
 * in all, until V8 has compiled what they need.
 */
const MOST_INPUTS = 10_000;
/** Part of its memory with which it is begun anew: what the inputs before left is not the next one's fault. */
const FULL = 0.75;
/** Inputs after which that is looked at: it takes as long as a tenth of a small log. */
const SOMETIMES = 16;
/** Bytes of an input that is handed over as a whole, while the one before is read. */
const SMALL_BYTES = 128 << 10;

/** Reads any number of inputs, in their order, by one process at a time. That may die of any. */
export class Reader {
  #process: ReaderProcess | undefined;
  /** Until all of the input before is handed over. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly limits: Limits) {}

  /**
   * Reads one input.
   * @param bytes from the beginning each time
   * @throws what `bytes` throws: then nothing was read
   */
  async read(job: Job, bytes: () => AsyncIterable<Uint8Array>): Promise<Read> {
    for (;;) {
      const handed = this.#turn.then(() => this.#hand(job, bytes()));
      this.#turn = handed.catch(() => undefined);
      const read = await (await handed).read;
      // what died was at the one before
      if (read !== undefined) return read;
    }
  }

  /** Starts its process, which takes some tenths of a second, before there is something to read. */
  warm(): void {
    this.#ready();
  }

  close(): void {
    this.#process?.kill('it is not needed any more');
  }

  async #hand({ id, bytes: length, input, host, modified }: Job, bytes: AsyncIterable<Uint8Array>): Promise<Handed> {
    const request: ReadRequest = { id, input, host, modified };
    if (length > SMALL_BYTES) return this.#ready().askInPieces(request, length, bytes);
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    return { read: this.#ready().ask(request, pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)) };
  }

  #ready(): ReaderProcess {
    if (this.#process !== undefined && this.#isUsedUp(this.#process)) this.#process.end();
    if (this.#process === undefined || this.#process.isOver) this.#process = new ReaderProcess(this.limits);
    return this.#process;
  }

  #isUsedUp(process: ReaderProcess): boolean {
    const { answered } = process;
    if (answered >= MOST_INPUTS) return true;
    return answered > 0 && answered % SOMETIMES === 0 && process.residentMb > this.limits.memoryMb * FULL;
  }
}
