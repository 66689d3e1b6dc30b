import { setTimeout as wait } from 'node:timers/promises';
import { type Consumer, type JsMsg, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Answer, AnswerStore } from '../answer/answer.ts';
import { AnswerError } from '../store/store-error.ts';
import { answerIn } from './answer-message.ts';
import { Held } from './held.ts';
import { ANSWERS, DEAD } from './names.ts';
import { pull } from './pull.ts';
import { QueueError } from './queue-error.ts';

export interface IngestOptions {
  readonly store: Pick<AnswerStore, 'ingest'>;
  /** Ends when no answer waits, instead of waiting for more. */
  readonly untilEmpty: boolean;
  /** Ends after the batch that is being written. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Answers that are written at once. */
const BATCH = 1000;
const GATHER_MS = 1_000;
/** After the store refused. */
const PAUSE_MS = 5_000;

/**
 * Takes answers into the store, and acknowledges those that are there for good. Killed in between, it gets them again, and the store knows
 * them by their ids.
 * @returns how many were new
 * @throws QueueError where there are no answers to be had
 */
export async function ingestAnswers(nc: NatsConnection, { store, untilEmpty, signal, say }: IngestOptions): Promise<number> {
  const js = jetstream(nc);
  let consumer: Consumer;
  let ackWaitMs: number;
  try {
    consumer = await js.consumers.get(ANSWERS.stream, ANSWERS.consumer);
    const { config } = await consumer.info(true);
    ackWaitMs = (config.ack_wait ?? 30e9) / 1e6;
  } catch (error) {
    throw new QueueError(`cannot take answers from ${ANSWERS.stream}`, error);
  }
  /** What cannot be kept is for people to look at; it stops nothing else. */
  const bad = async (message: JsMsg, why: string): Promise<void> => {
    say(`message ${message.seq} of ${ANSWERS.stream} is not kept: ${why}`);
    const id = `answer-${message.seq}`;
    await js.publish(DEAD.subject, JSON.stringify({ id, reason: why, at: message.timestamp }), { msgID: id });
  };
  let added = 0;
  const held = new Held(ackWaitMs);
  const rest = new Rest(consumer, 3 * ackWaitMs);
  try {
    while (!signal.aborted) {
      const most = untilEmpty ? await rest.most() : BATCH;
      if (most === undefined) break;
      const messages = await batch(consumer, held, most);
      if (messages.length > 0) rest.came();
      try {
        added += await intoStore(messages, store, bad);
        for (const message of messages) message.ack();
      } catch (error) {
        say(`the store took no answers: ${(error as Error).message}; they stay with the server`);
        for (const message of messages) message.nak(PAUSE_MS);
        if (untilEmpty) throw error;
        await wait(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      } finally {
        for (const message of messages) held.release(message);
      }
    }
  } finally {
    held.close();
  }
  return added;
}

type Bad = (message: JsMsg, why: string) => Promise<void>;

interface Came {
  readonly answer: Answer;
  readonly message: JsMsg;
}

/** @returns how many answers were new @throws what the store throws where it is the store that is not well */
async function intoStore(messages: readonly JsMsg[], store: IngestOptions['store'], bad: Bad): Promise<number> {
  const answers = new Map<string, Came>();
  for (const message of messages) {
    const answer = answerIn(message);
    if ('wrong' in answer) await bad(message, answer.wrong);
    else if (!answers.has(answer.id)) answers.set(answer.id, { answer, message });
  }
  return keep([...answers.values()], store, bad);
}

/** One answer that the store chokes on does not hold up the others: it is found by halves. */
async function keep(all: readonly Came[], store: IngestOptions['store'], bad: Bad): Promise<number> {
  const [first] = all;
  if (first === undefined) return 0;
  try {
    return await store.ingest(all.map(({ answer }) => answer));
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    if (all.length > 1) {
      const half = all.length >> 1;
      return (await keep(all.slice(0, half), store, bad)) + (await keep(all.slice(half), store, bad));
    }
    await bad(first.message, error.message);
    return 0;
  }
}

/** What has come within a moment; nothing while the server is away. */
async function batch(consumer: Consumer, held: Held, most: number): Promise<JsMsg[]> {
  const messages: JsMsg[] = [];
  try {
    for await (const message of pull(consumer, most, GATHER_MS)) messages.push(held.hold(message));
  } catch {
    await wait(GATHER_MS);
  }
  return messages;
}

/** What waits for us still. */
class Rest {
  #since: number | undefined;

  /** @param patienceMs in which the server gives out again what others took and did not finish */
  constructor(
    readonly consumer: Consumer,
    readonly patienceMs: number,
  ) {}

  came(): void {
    this.#since = undefined;
  }

  /**
   * How many answers to ask for: those that wait, so that no time is spent on more. Undefined where there is none, and none with an ingester
   * that was killed. A server that was killed may count some for ever that it has deleted (nats-server 2.9): those do not come.
   */
  async most(): Promise<number | undefined> {
    try {
      const { num_pending, num_ack_pending } = await this.consumer.info();
      this.#since ??= performance.now();
      const isOver = num_pending + num_ack_pending === 0 || performance.now() - this.#since > this.patienceMs;
      return isOver ? undefined : Math.min(num_pending || BATCH, BATCH);
    } catch {
      this.#since = undefined; // the server is away
      return BATCH;
    }
  }
}
