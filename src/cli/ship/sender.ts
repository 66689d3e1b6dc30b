import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo, type ServerOptions } from '../../fleet/queue/connect.ts';
import type { Job } from '../../fleet/queue/job.ts';
import { putInput } from '../../fleet/queue/put-input.ts';
import { ChangedInput, QueueError } from '../../fleet/queue/queue-error.ts';
import { inputProblem } from '../exit.ts';
import { warn } from '../warn.ts';
import type { ShipSpool } from './spool.ts';

type Came = 'shipped' | 'known' | 'changed';

/** Sends inputs, and keeps in the spool what the server does not confirm. One failure is enough: what comes after it waits too. */
export class Sender {
  sent = 0;
  /** In the spool, when all was tried. */
  waits = 0;
  /** Neither sent nor kept. */
  lost = 0;
  #connection: NatsConnection | undefined;
  #failed = false;

  constructor(
    readonly server: ServerOptions,
    readonly spool: ShipSpool,
  ) {}

  /** Sends one input, or keeps it; says on stdout which. */
  async send(job: Job, pieces: () => Iterable<Buffer>): Promise<void> {
    const came = await this.#attempt(job, pieces);
    if (came === undefined) this.#keep(job, pieces());
    else this.#done(job, came);
  }

  /** Sends what waits in the spool, as long as the server takes it. */
  async resume(): Promise<void> {
    for (const { job, pieces } of this.spool.waiting(warn)) {
      const came = await this.#attempt(job, pieces);
      if (came === undefined) this.waits++;
      else this.#done(job, came);
    }
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }

  async #attempt(job: Job, pieces: () => Iterable<Buffer>): Promise<Came | undefined> {
    if (this.#failed) return undefined;
    try {
      const { known } = await putInput(await this.#client(), job, pieces());
      this.sent++;
      return known ? 'known' : 'shipped';
    } catch (error) {
      if (error instanceof ChangedInput) {
        warn(error.message);
        return 'changed';
      }
      if (!(error instanceof QueueError)) throw error;
      warn(error.message);
      this.#failed = true;
      return undefined;
    }
  }

  async #client(): Promise<JetStreamClient> {
    this.#connection ??= await connectTo(this.server, 'ship');
    return jetstream(this.#connection);
  }

  #done(job: Job, came: Came): void {
    this.spool.remove(job);
    if (came === 'changed') this.lost++;
    else this.#say(job, came);
  }

  #keep(job: Job, pieces: Iterable<Buffer>): void {
    const { directory, most } = this.spool;
    try {
      const givenUp = this.spool.add(job, pieces);
      if (givenUp === undefined) {
        warn(`${job.input}: larger than the spool may be (${most} bytes): it is not kept`);
        this.lost++;
        return;
      }
      for (const old of givenUp) warn(`${directory} is full: ${old} was given up, it had waited longest`);
      this.lost += givenUp.length;
      this.#say(job, 'waits');
    } catch (error) {
      const problem = inputProblem(error);
      if (problem === undefined) throw error;
      warn(`${job.input}: not kept in the spool: ${problem}`);
      this.lost++;
    }
  }

  #say({ id, input }: Job, state: 'shipped' | 'known' | 'waits'): void {
    process.stdout.write(`${state.padEnd(7)} ${id} ${visible(input)}\n`);
  }
}

const visible = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
