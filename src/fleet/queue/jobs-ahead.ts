import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import type { Beat } from './beat.ts';
import { getAhead } from './get-input.ts';
import type { Held } from './held.ts';
import { type Job, parseJob } from './job.ts';
import { pull } from './pull.ts';

/** A job that a worker was given, or why it is none. */
export type Taken = { readonly message: JsMsg } & (
  | { readonly job: Job; readonly bytes: () => AsyncIterable<Uint8Array> }
  | { readonly wrong: string }
);

/** Where jobs come from. */
export interface Way {
  readonly consumer: Consumer;
  readonly jsm: JetStreamManager;
  readonly held: Held;
  readonly beat: Beat;
}

const NEXT_MS = 5_000;
const PAUSE_MS = 1_000;
/** What is taken ahead is read in so many milliseconds: longer than a server is away, and no job lies here while others wait for work. */
const AHEAD_MS = 50;
/** A mean of which makes jobs quick. */
const QUICK_MS = 20;
/** Jobs of a reader, at most: each holds up to 128 kB of its bytes. */
const MOST_AHEAD = 8;
/** Times that a job was given out, from which on it may be what brings machines down. */
const OFTEN = 4;
const APART_MS = 10_000;

/** Jobs and their first bytes, taken before a reader is free for them: at least one for each reader, of quick jobs some more. */
export class JobsAhead {
  readonly #ready: Taken[] = [];
  /** Readers that wait. */
  readonly #waiting: ((taken: Taken | undefined) => void)[] = [];
  /** Jobs that were given out often, and are not done. */
  readonly #often = new Set<JsMsg>();
  #drained = false;
  #mean = AHEAD_MS;
  #room: () => void = () => undefined;

  constructor(
    readonly way: Way,
    readonly readers: number,
  ) {
    void this.#keepFull();
  }

  /** The next job; undefined when drained. */
  next(): Promise<Taken | undefined> {
    if (this.#drained) return Promise.resolve(undefined);
    const taken = this.#ready.shift();
    if (taken === undefined) return this.#comes();
    this.#room();
    return Promise.resolve(taken);
  }

  #comes(): Promise<Taken | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Told when a reader is done with a job, and how long it took. */
  done(message: JsMsg, ms: number): void {
    this.#often.delete(message);
    this.#mean += (ms - this.#mean) / 8;
  }

  /** Whether a job may wait for the one before: another reader would not be free much earlier. */
  get areQuick(): boolean {
    return this.#mean < QUICK_MS;
  }

  /** Gives back what nobody has begun; what still comes is for another worker. */
  drain(): void {
    this.#drained = true;
    for (const { message } of this.#ready.splice(0)) this.#giveBack(message);
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    this.#room();
  }

  get #depth(): number {
    return this.readers * Math.min(MOST_AHEAD, Math.max(1, Math.floor(AHEAD_MS / this.#mean)));
  }

  async #keepFull(): Promise<void> {
    const { consumer } = this.way;
    while (!this.#drained) {
      if (this.#ready.length > this.#depth / 2) {
        await new Promise<void>((resolve) => {
          this.#room = resolve;
        });
        continue;
      }
      const wanted = Math.max(1, this.#depth - this.#ready.length + this.#waiting.length);
      try {
        for await (const message of pull(consumer, wanted, NEXT_MS)) this.#came(message);
      } catch {
        await wait(PAUSE_MS);
      }
    }
  }

  #came(message: JsMsg): void {
    // whoever dies of one must not take the others along, each time again, until all of them are given up
    const apart = message.info.deliveryCount >= OFTEN && this.#often.size > 0;
    if (this.#drained || apart) message.nak(apart ? Math.floor(Math.random() * APART_MS) : undefined);
    else this.#take(message);
  }

  #take(message: JsMsg): void {
    const { held, jsm, beat } = this.way;
    if (message.info.deliveryCount >= OFTEN) this.#often.add(message);
    held.hold(message);
    const job = parseJob(Buffer.from(message.data).toString('utf8'));
    const taken: Taken = 'wrong' in job ? { message, ...job } : { message, job, bytes: getAhead(jsm, job, beat) };
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#ready.push(taken);
    else reader(taken);
  }

  #giveBack(message: JsMsg): void {
    this.way.held.release(message);
    message.nak();
  }
}
