import type { Consumer, JsMsg } from '@nats-io/jetstream';

/** Until a server that was asked is taken for gone: the client goes on waiting where the connection broke in between. */
const GRACE_MS = 2_000;

/**
 * Asks for messages: at most so many, and what comes within so many milliseconds. The iterator ends in any case.
 * @throws whatever the client throws where it cannot ask
 */
export async function* pull(consumer: Consumer, most: number, ms: number): AsyncGenerator<JsMsg> {
  const messages = await consumer.fetch({ max_messages: most, expires: ms });
  const late = setTimeout(() => messages.stop(), ms + GRACE_MS);
  try {
    yield* messages;
  } finally {
    clearTimeout(late);
  }
}
