import { createHash } from 'node:crypto';
import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import type { Beat } from './beat.ts';
import { isNuid, type Job, type Placed } from './job.ts';
import { OBJECTS } from './names.ts';

/** Why an input's bytes are not there, for good: whoever ships it again makes another job. */
export class NoInput extends Error {
  override name = 'NoInput';
}

/**
 * The bytes of a job's input, chunk by chunk, by the stream's direct reads: no consumer is made for them.
 * @throws NoInput where they are not there, or not those that the job names; whatever the server throws where it cannot be asked
 */
async function* getInput(jsm: JetStreamManager, { id, bytes, placed }: Job): AsyncGenerator<Uint8Array> {
  // what was deleted and shipped again stands elsewhere
  const first = placed && (await chunkAt(jsm, placed));
  const object = first ? placed : await placeOf(jsm, id);
  const hash = createHash('sha256');
  let [{ seq }, length] = [object, 0];
  for (let n = 0; n < object.chunks && length < bytes; n++) {
    const chunk = n === 0 && first ? first : await chunkAt(jsm, { ...object, seq });
    if (chunk === null) throw new NoInput(`of its ${object.chunks} pieces ${n} are in the object store`);
    seq = chunk.seq + 1;
    length += chunk.data.length;
    hash.update(chunk.data);
    yield chunk.data;
  }
  if (length !== bytes || hash.digest('hex') !== id) throw new NoInput('its bytes are not those that the job names');
}

/** The next piece from a number of the stream on. */
const chunkAt = (jsm: JetStreamManager, { nuid, seq }: Placed): Promise<StoredMsg | null> =>
  jsm.direct.getMessage(OBJECTS.stream, { seq, next_by_subj: OBJECTS.chunk(nuid) });

async function placeOf(jsm: JetStreamManager, id: string): Promise<Placed> {
  const found = await jsm.direct.getMessage(OBJECTS.stream, { last_by_subj: OBJECTS.meta(id) });
  if (found === null) throw new NoInput('its bytes are not in the object store (any more)');
  return metaOf(found.string());
}

/**
 * The same, as often as it is asked for; the first piece comes already, while a reader is at the input before.
 * @throws as {@link getInput}
 */
export function getAhead(jsm: JetStreamManager, job: Job, beat: Beat): () => AsyncGenerator<Uint8Array> {
  const pieces = getInput(jsm, job);
  const first = beat.next().then(() => pieces.next());
  first.catch(() => undefined); // thrown to who takes it
  let begun = false;
  return async function* () {
    if (begun) return yield* getInput(jsm, job);
    begun = true;
    const { done, value } = await first;
    if (done) return;
    yield value;
    yield* pieces;
  };
}

/** What makes an object of its chunks, written by whoever shipped it. @throws NoInput */
function metaOf(json: string): Placed {
  let meta: unknown;
  try {
    meta = JSON.parse(json);
  } catch {
    // said below
  }
  const { nuid, chunks, deleted } = (meta ?? {}) as Record<string, unknown>;
  if (deleted === true) throw new NoInput('its bytes were deleted from the object store');
  if (!isNuid(nuid) || typeof chunks !== 'number') throw new NoInput('what the object store says of it is no object');
  return { nuid, chunks, seq: 0 };
}
