import { Worker } from 'node:worker_threads';

/** What became of a task: what the worker answered, or what the worker died of. */
export type Outcome<Result> =
  | { readonly index: number; readonly died: false; readonly result: Result }
  | { readonly index: number; readonly died: true; readonly why: string };

export interface PoolOptions {
  /** The module that calls `serve()`. */
  readonly worker: URL;
  /** Threads, at most. */
  readonly size: number;
  /** Megabytes of heap that a worker may use; one that needs more dies, and its task with it. */
  readonly heapMb: number;
  /** Give outcomes in the order of the tasks, not as they are done. */
  readonly inOrder?: boolean | undefined;
  /** Ends the threads, and gives no more outcomes. */
  readonly signal?: AbortSignal | undefined;
  /** Told when a task is done, in the order in which that happens. */
  readonly onDone?: (() => void) | undefined;
}

/** Tasks that are begun or done and not yet taken: what is waiting in memory. */
const AHEAD = 64;

/**
 * Runs tasks on threads, as many at once as there are threads. A worker that dies (out of memory, a bug) costs its own task only: the
 * next task gets a new one. Ends its threads when the caller stops asking.
 */
export async function* runPool<Task, Result>(tasks: readonly Task[], options: PoolOptions): AsyncGenerator<Outcome<Result>> {
  const pool = new Pool<Task, Result>(tasks, options);
  const stop = (): void => pool.wake();
  options.signal?.addEventListener('abort', stop);
  try {
    pool.start();
    for (let taken = 0; taken < tasks.length && options.signal?.aborted !== true; ) {
      const outcome = pool.take(options.inOrder ? taken : undefined);
      if (outcome === undefined) await pool.change();
      else {
        taken++;
        yield outcome;
      }
    }
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await pool.end();
  }
}

class Pool<Task, Result> {
  readonly #busy = new Map<Worker, number>();
  readonly #idle: Worker[] = [];
  readonly #done = new Map<number, Outcome<Result>>();
  #next = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(
    readonly tasks: readonly Task[],
    readonly options: PoolOptions,
  ) {}

  start(): void {
    for (let n = Math.min(this.options.size, this.tasks.length); n > 0; n--) this.#hire();
  }

  /** The outcome with that index, or any; undefined where it is not there yet. */
  take(index?: number): Outcome<Result> | undefined {
    const found = index ?? this.#done.keys().next().value;
    const outcome = found === undefined ? undefined : this.#done.get(found);
    if (outcome !== undefined) {
      this.#done.delete(outcome.index);
      for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) if (!this.#assign(worker)) break;
    }
    return outcome;
  }

  /** Resolves when something was done. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake();
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #hire(): void {
    const worker = new Worker(this.options.worker, { resourceLimits: { maxOldGenerationSizeMb: this.options.heapMb } });
    let why: string | undefined;
    worker.on('message', (result: Result) => {
      this.#finish(worker, (index) => ({ index, died: false, result }));
      this.#assign(worker);
    });
    worker.on('messageerror', (error) => {
      why = error.message;
      void worker.terminate();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      why = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `more than ${this.options.heapMb} MB of memory were needed` : String(error);
    });
    worker.on('exit', (code) => {
      if (this.#ended) return;
      if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
      this.#finish(worker, (index) => ({ index, died: true, why: why ?? `the thread ended with code ${code}` }));
      if (this.#next < this.tasks.length) this.#hire();
    });
    this.#assign(worker);
  }

  /** Gives the worker the next task. @returns false where there is none, or enough is waiting: then it is idle */
  #assign(worker: Worker): boolean {
    const mayBegin = this.#next < this.tasks.length && this.#busy.size + this.#done.size < AHEAD;
    if (!mayBegin) {
      this.#idle.push(worker);
      return false;
    }
    const index = this.#next++;
    this.#busy.set(worker, index);
    worker.postMessage(this.tasks[index]);
    return true;
  }

  #finish(worker: Worker, outcomeOf: (index: number) => Outcome<Result>): void {
    const index = this.#busy.get(worker);
    if (index === undefined) return;
    this.#busy.delete(worker);
    this.#done.set(index, outcomeOf(index));
    this.options.onDone?.();
    this.wake();
  }
}
