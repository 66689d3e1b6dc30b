import { gunzipSync, gzipSync } from 'node:zlib';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Answer } from '../answer/answer.ts';
import { answerProblem } from '../answer/answer-problem.ts';
import { ANSWERS } from './names.ts';

/** Bytes from which an answer is compressed: a server takes a MB in a message, unless it was told otherwise. */
const LARGE = 128 << 10;
/** Bytes of an answer; what claims to be larger is none. */
const MOST_BYTES = 32 << 20;
const ENCODING = 'Content-Encoding';
/** What was on its way when a server went down is never confirmed: it is sent again. */
const TIMEOUT_MS = 5_000;

/** Publishes an answer's JSON; resolves when the server has it. The same answer again is known by its id. */
export async function publishAnswer(js: JetStreamClient, id: string, json: Uint8Array): Promise<void> {
  const large = json.length > LARGE;
  const head = headers();
  if (large) head.set(ENCODING, 'gzip');
  await js.publish(ANSWERS.subject, large ? gzipSync(json) : json, { msgID: id, headers: head, timeout: TIMEOUT_MS });
}

/**
 * The answer that a message holds, or why it holds none. It was read when the server got it: that is one clock, while those of workers may
 * say anything, and would keep one answer for ten years and delete another at once.
 */
export function answerIn({ data, headers: head, time }: Pick<JsMsg, 'data' | 'headers' | 'time'>): Answer | { readonly wrong: string } {
  let value: unknown;
  try {
    const json = head?.get(ENCODING) === 'gzip' ? gunzipSync(data, { maxOutputLength: MOST_BYTES }) : Buffer.from(data);
    value = JSON.parse(json.toString('utf8'));
  } catch (error) {
    return { wrong: `no answer: an answer is JSON; this is not (${(error as Error).message})` };
  }
  const wrong = answerProblem(value);
  return wrong === undefined ? { ...(value as Answer), readAt: time.toISOString() } : { wrong };
}
