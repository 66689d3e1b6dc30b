import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type JetStreamClient, type JsMsg, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { answerWithout } from '../answer/answer-of.ts';
import { publishAnswer } from './answer-message.ts';
import { Beat } from './beat.ts';
import { NoInput } from './get-input.ts';
import { Held } from './held.ts';
import type { Job } from './job.ts';
import { JobsAhead, type Taken, type Way } from './jobs-ahead.ts';
import { DEAD, JOBS } from './names.ts';
import { QueueError } from './queue-error.ts';

/** What became of reading one input: its answer, as JSON, or why the reader died of it. */
export type Read = { readonly answer: Uint8Array } | { readonly died: string };

export interface WorkOptions {
  /** Inputs that are read at once. */
  readonly readers: number;
  /**
   * Reads an input, in a process of its own that may die; it may be given the next one meanwhile.
   * @param reader which one, from 0
   * @throws what `bytes` throws
   */
  readonly read: (job: Job, bytes: () => AsyncIterable<Uint8Array>, reader: number) => Promise<Read>;
  readonly say: (line: string) => void;
  readonly version: string;
}

/** Readers that an input may kill. */
const LIVES = 3;
/** Times that a job may be given out, over which whole workers died or drained; a machine that it brings down tells nobody. */
const MOST_DELIVERIES = 10;
const PAUSE_MS = 1_000;
/** Answers of a reader that the server has not confirmed yet. */
const MOST_STORING = 16;
/** After the server went away while draining: the job is given to another. */
const DRAIN_PAUSES = 10;

/** Takes jobs and answers them, each exactly once as far as the store can tell, until it is drained. */
export class Work {
  readonly #js: JetStreamClient;
  readonly #beat = new Beat();
  #jobs: JobsAhead | undefined;
  #drained = false;

  constructor(
    readonly nc: NatsConnection,
    readonly options: WorkOptions,
  ) {
    this.#js = jetstream(nc);
  }

  /** Takes no more jobs; {@link run} resolves when those that were begun are done. */
  drain(): void {
    this.#drained = true;
    this.#jobs?.drain();
  }

  /** @throws QueueError where there are no jobs to be had: no such stream, no right to it */
  async run(): Promise<void> {
    const way = await this.#way();
    const { readers } = this.options;
    const jobs = new JobsAhead(way, readers);
    this.#jobs = jobs;
    if (this.#drained) jobs.drain();
    await Promise.all(Array.from({ length: readers }, (_, reader) => this.#slot(reader, jobs)));
    way.held.close();
  }

  async #way(): Promise<Way> {
    try {
      const jsm = await this.#js.jetstreamManager(false);
      const consumer = await this.#js.consumers.get(JOBS.stream, JOBS.consumer);
      const { config } = await consumer.info(true);
      return { jsm, consumer, held: new Held((config.ack_wait ?? 30e9) / 1e6), beat: this.#beat };
    } catch (error) {
      throw new QueueError(`cannot take jobs from ${JOBS.stream}`, error);
    }
  }

  /** One reader: while it reads, the next jobs and their bytes are fetched, and the answers before are stored. */
  async #slot(reader: number, jobs: JobsAhead): Promise<void> {
    const storing = new Set<Promise<void>>();
    let before: Promise<void> = Promise.resolve();
    let free = 0;
    for (;;) {
      const taken = await jobs.next();
      if (taken === undefined) break;
      const begun = performance.now();
      const done = this.#answer(taken, reader).then((answer) => {
        const now = performance.now();
        jobs.done(taken.message, now - Math.max(begun, free));
        free = now;
        const stored = this.#store(taken.message, answer, jobs.way);
        const over = (): void => void storing.delete(stored);
        storing.add(stored);
        stored.then(over, () => undefined); // thrown where it is awaited
      });
      // the next of quick ones stands before the reader when it is done with this one
      await (jobs.areQuick ? before : done);
      before = done;
      if (storing.size >= MOST_STORING) await Promise.race(storing);
    }
    await before;
    await Promise.all(storing);
  }

  /** The answer, or a dead letter; undefined where the job is given back. */
  async #answer(taken: Taken, reader: number): Promise<Done | undefined> {
    const { read, version, say } = this.options;
    const { message } = taken;
    const dead = (id: string, input: string, reason: string): Done => {
      const readAt = new Date().toISOString();
      const answer = answerWithout({ id, input, readAt, version }, 'dead', reason);
      const letter = { id, input: answer.input, reason: answer.reason, at: readAt, job: cut(message) };
      return { id, json: Buffer.from(JSON.stringify(answer)), letter: JSON.stringify(letter) };
    };
    if ('wrong' in taken) return dead(createHash('sha256').update(message.data).digest('hex'), '-', `no job: ${taken.wrong}`);
    const { job, bytes } = taken;
    const { id, input } = job;
    if (message.info.deliveryCount > MOST_DELIVERIES)
      return dead(id, input, `it was given to workers ${MOST_DELIVERIES} times, and none lived to answer it`);
    const deaths: string[] = [];
    try {
      while (deaths.length < LIVES) {
        const came = await read(job, bytes, reader);
        if ('answer' in came) return { id, json: came.answer };
        deaths.push(came.died);
        say(`${id} ${input}: it killed its reader: ${came.died}`);
      }
      return dead(id, input, `it killed its reader ${LIVES} times: ${[...new Set(deaths)].join('; ')}`);
    } catch (error) {
      if (error instanceof NoInput) return dead(id, input, error.message);
      say(`${id} ${input}: given back: ${(error as Error).message}`);
      return undefined;
    }
  }

  /**
   * Acknowledges the job once the server has its answer; until then it stays ours, however long the server is away. Whether the server heard
   * it need not be known: the job would come again, and its answer is known by its id.
   */
  async #store(message: JsMsg, done: Done | undefined, { held }: Way): Promise<void> {
    try {
      const isStored = done !== undefined && (await this.#published(done));
      await this.#beat.next();
      if (done === undefined) message.nak(PAUSE_MS);
      else if (isStored) message.ack();
    } finally {
      held.release(message);
    }
  }

  async #published({ id, json, letter }: Done): Promise<boolean> {
    for (let pauses = 0; ; ) {
      await this.#beat.next();
      try {
        if (letter !== undefined) await this.#js.publish(DEAD.subject, letter, { msgID: id });
        await publishAnswer(this.#js, id, json);
        return true;
      } catch (error) {
        if (pauses === 0) this.options.say(`${id}: its answer is not stored yet: ${new QueueError('server', error).message}`);
        if (this.nc.isClosed() || (this.#drained && pauses >= DRAIN_PAUSES)) return false;
        pauses++;
        await wait(PAUSE_MS);
      }
    }
  }
}

/** An answer, and the dead letter that goes with it: both as JSON. */
interface Done {
  readonly id: string;
  readonly json: Uint8Array;
  readonly letter?: string;
}

/** What was no job may be anything. */
const cut = (message: JsMsg): string => Buffer.from(message.data.subarray(0, 2000)).toString('utf8');
