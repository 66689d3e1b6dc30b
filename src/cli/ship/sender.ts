import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo, leave, type ServerOptions } from '../../fleet/queue/connect.ts';
import type { Job } from '../../fleet/queue/job.ts';
import { putInput } from '../../fleet/queue/put-input.ts';
import { ChangedInput, QueueError } from '../../fleet/queue/queue-error.ts';
import { inputProblem } from '../exit.ts';
import { warn } from '../warn.ts';
import type { Prepared } from './content.ts';
import type { ShipSpool } from './spool.ts';

type Came = 'shipped' | 'known' | 'changed';
/** What is sent of one input; closed once the server or the spool has it. */
type Sent = Pick<Prepared, 'pieces' | 'close'>;

/** Inputs that are on their way at once: each waits for three answers of the server, while the next are read. */
const AHEAD = 16;

/** Sends inputs, and keeps in the spool what the server does not confirm. One failure is enough: what comes after it waits too. */
export class Sender {
  sent = 0;
  /** In the spool, when all was tried. */
  waits = 0;
  /** Neither sent nor kept. */
  lost = 0;
  #connection: Promise<NatsConnection> | undefined;
  #failed = false;
  /** By their ids, in the order in which they were given. */
  readonly #underway = new Map<string, Promise<void>>();

  constructor(
    readonly server: ServerOptions,
    readonly spool: ShipSpool,
  ) {}

  /** Sends one input, or keeps it; says on stdout which, in the order in which they are given. Resolves when there is room for another. */
  async send(job: Job, sent: Sent): Promise<void> {
    await this.#underway.get(job.id); // of the same content there is one at a time
    const before = [...this.#underway.values()].at(-1);
    const whole = this.#sendOne(job, sent, before)
      .finally(() => sent.close())
      .finally(() => this.#underway.delete(job.id));
    whole.catch(() => undefined); // thrown where it is awaited
    this.#underway.set(job.id, whole);
    if (this.#underway.size >= AHEAD) await this.#underway.values().next().value;
  }

  /** Resolves when each that was given is sent or kept. */
  async settle(): Promise<void> {
    await Promise.all(this.#underway.values());
  }

  /** Sends what waits in the spool, as long as the server takes it. */
  async resume(): Promise<void> {
    await this.settle();
    for (const { job, pieces } of this.spool.waiting(warn)) {
      const came = await this.#attempt(job, pieces);
      if (came === undefined) this.waits++;
      else this.#done(job, came);
    }
  }

  async close(): Promise<void> {
    await this.#connection?.then(
      leave,
      () => undefined, // told by who used it
    );
  }

  async #sendOne(job: Job, { pieces }: Sent, before: Promise<void> | undefined): Promise<void> {
    const came = await this.#attempt(job, pieces);
    await before;
    if (came === undefined) this.#keep(job, pieces());
    else this.#done(job, came);
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
      if (!this.#failed) warn(error.message); // the others that are on their way fail of the same
      this.#failed = true;
      return undefined;
    }
  }

  async #client(): Promise<JetStreamClient> {
    this.#connection ??= connectTo(this.server, 'ship');
    return jetstream(await this.#connection);
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
