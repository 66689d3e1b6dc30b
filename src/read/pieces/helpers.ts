import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isSea } from 'node:sea';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Piece, PiecedLog, PieceRead } from './piece.ts';
import type { PieceHelpers } from './put-together.ts';

/** Threads at most: who puts the pieces together keeps up with no more. */
const MOST_THREADS = 8;
/** Beside the chunk that this is part of. Node 20 loads no TypeScript into a thread, and the single executable has no files: there are none. */
const WORKER = new URL('./log-worker.mjs', import.meta.url);

/** Two CPUs of a virtual machine are often one core: on two, two threads took a fifth to a third longer than one (50 to 200 MB of log). */
const CPUS_A_THREAD = 2;

/** Threads that can help to read one log: none on fewer than four CPUs, in a thread, and where there is no file for them. */
export function helpersAtHand(): number {
  if (!isMainThread || isSea() || import.meta.url.endsWith('.ts') || !existsSync(WORKER)) return 0;
  return Math.max(0, Math.min(Math.floor(availableParallelism() / CPUS_A_THREAD), MOST_THREADS) - 1);
}

/** Threads that read pieces of one log. One that cannot be started or dies is gone, and its piece with it. */
export class Helpers implements PieceHelpers {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, number>();
  readonly #read = new Map<number, PieceRead>();
  #wake: () => void = () => undefined;

  constructor(
    readonly count: number,
    log: PiecedLog,
  ) {
    for (let n = 0; n < count; n++) this.#hire(log);
  }

  get isIdle(): boolean {
    return this.#idle.length > 0;
  }

  give(piece: Piece): void {
    const worker = this.#idle.pop();
    if (worker === undefined) return;
    this.#busy.set(worker, piece.index);
    worker.postMessage(piece);
  }

  /** Whether a thread is at that piece. */
  reads(index: number): boolean {
    return [...this.#busy.values()].includes(index);
  }

  /** The piece, where it was read; it is kept no longer. */
  take(index: number): PieceRead | undefined {
    const read = this.#read.get(index);
    this.#read.delete(index);
    return read;
  }

  /** Resolves when a piece was read, or a thread has ended. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async end(): Promise<void> {
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    this.#busy.clear();
    this.#read.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #hire(log: PiecedLog): void {
    let worker: Worker;
    try {
      worker = new Worker(WORKER, { workerData: log });
    } catch {
      return; // no more threads are to be had
    }
    worker.on('message', (read: PieceRead) => {
      const index = this.#busy.get(worker);
      if (index === undefined) return;
      this.#busy.delete(worker);
      this.#read.set(index, read);
      this.#idle.push(worker);
      this.#wake();
    });
    const gone = (): void => {
      this.#busy.delete(worker);
      if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
      this.#wake();
    };
    worker.on('error', gone); // whatever it is, the log is read without it
    worker.on('messageerror', gone);
    worker.on('exit', gone);
    this.#idle.push(worker);
  }
}
