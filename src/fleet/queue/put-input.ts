import { createHash } from 'node:crypto';
import type { JetStreamClient } from '@nats-io/jetstream';
import { headers, nuid } from '@nats-io/transport-node';
import { type Job, jobToJson, type Placed } from './job.ts';
import { BUCKET, JOBS, OBJECTS, paddedBase64Url } from './names.ts';
import { ChangedInput, lastSequence, QueueError } from './queue-error.ts';

/** Bytes of a message. */
const CHUNK = 128 << 10;
/** Messages that are on their way at once. */
const AHEAD = 16;
/** No stream ever gets there. */
const NEVER = Number.MAX_SAFE_INTEGER;
const TIMEOUT_MS = 20_000;

/**
 * Lays an input into the object store, unless it is there, and publishes its job. Publishing is all that this takes: whoever ships may not
 * read what others shipped, nor even what itself did. Twice is once.
 * @param pieces the bytes, of any sizes
 * @returns whether the server knew the job already
 * @throws QueueError where the server did not confirm all of it, ChangedInput where the bytes are not those of the job
 */
export async function putInput(js: JetStreamClient, job: Job, pieces: Iterable<Buffer>): Promise<{ readonly known: boolean }> {
  const put = job.bytes > 0 && job.bytes <= CHUNK ? putSmall : putLarge;
  try {
    return { known: await put(js, job, pieces) };
  } catch (error) {
    throw error instanceof ChangedInput ? error : new QueueError(`${job.input} was not taken by the server`, error);
  }
}

/** One of a single piece, which has the input's name for its own: the server takes it unless it has it. @returns whether it knew the job */
async function putSmall(js: JetStreamClient, job: Job, pieces: Iterable<Buffer>): Promise<boolean> {
  const [chunk, ...more] = inChunks(pieces);
  const digest = createHash('sha256')
    .update(chunk ?? '')
    .digest();
  if (chunk === undefined || more.length > 0 || digest.toString('hex') !== job.id) throw changed(job);
  const { seq, isNew } = await layPiece(js, job.id, chunk);
  const placed = { nuid: job.id, chunks: 1, seq };
  // whoever laid it before may have died of that
  const isWhole = !isNew && (await isThere(js, job.id));
  const [known] = await Promise.all([publishJob(js, { ...job, placed }), isWhole ? undefined : publishMeta(js, job, placed, digest)]);
  return known;
}

async function layPiece(js: JetStreamClient, id: string, chunk: Buffer): Promise<{ readonly seq: number; readonly isNew: boolean }> {
  try {
    const { seq } = await js.publish(OBJECTS.chunk(id), chunk, { expect: { lastSubjectSequence: 0 }, timeout: TIMEOUT_MS });
    return { seq, isNew: true };
  } catch (error) {
    const seq = lastSequence(error);
    if (seq === undefined) throw error;
    return { seq, isNew: false };
  }
}

async function putLarge(js: JetStreamClient, job: Job, pieces: Iterable<Buffer>): Promise<boolean> {
  const placed = (await isThere(js, job.id)) ? undefined : await putObject(js, job, pieces);
  return publishJob(js, { ...job, placed });
}

/** @returns whether the server knew it */
async function publishJob(js: JetStreamClient, job: Job): Promise<boolean> {
  const { duplicate } = await js.publish(JOBS.subject, jobToJson(job), { msgID: job.id, timeout: TIMEOUT_MS });
  return duplicate;
}

/** Asks without the right to read: a message that no stream can take is refused with the number of the last one of that subject. */
async function isThere(js: JetStreamClient, id: string): Promise<boolean> {
  try {
    await js.publish(OBJECTS.meta(id), '', { expect: { lastSubjectSequence: NEVER }, timeout: TIMEOUT_MS });
  } catch (error) {
    const last = lastSequence(error);
    if (last === undefined) throw error;
    return last > 0;
  }
  return false;
}

/** As the object store's specification has it (ADR-20): the chunks, then what makes an object of them. */
async function putObject(js: JetStreamClient, job: Job, pieces: Iterable<Buffer>): Promise<Placed> {
  const chunkId = nuid.next();
  const hash = createHash('sha256');
  const underway = new Set<Promise<unknown>>();
  let [chunks, first] = [0, Number.POSITIVE_INFINITY];
  for (const chunk of inChunks(pieces)) {
    hash.update(chunk);
    chunks++;
    const sent = js.publish(OBJECTS.chunk(chunkId), chunk, { timeout: TIMEOUT_MS });
    underway.add(sent);
    sent.then(
      ({ seq }) => {
        first = Math.min(first, seq);
        underway.delete(sent);
      },
      () => undefined, // it stays there for whoever waits
    );
    if (underway.size >= AHEAD) await Promise.race(underway);
  }
  await Promise.all(underway);
  const digest = hash.digest();
  if (digest.toString('hex') !== job.id) throw changed(job);
  const placed = { nuid: chunkId, chunks, seq: first };
  await publishMeta(js, job, placed, digest);
  return placed;
}

const changed = ({ input }: Job): ChangedInput => new ChangedInput(`${input}: it changed while it was shipped`);

async function publishMeta(js: JetStreamClient, { id, bytes }: Job, placed: Placed, digest: Buffer): Promise<void> {
  const meta = {
    name: id,
    bucket: BUCKET,
    nuid: placed.nuid,
    size: bytes,
    chunks: placed.chunks,
    options: { max_chunk_size: CHUNK },
    mtime: new Date().toISOString(),
    digest: `SHA-256=${paddedBase64Url(digest)}`,
    deleted: false,
  };
  const rollup = headers();
  rollup.set('Nats-Rollup', 'sub');
  await js.publish(OBJECTS.meta(id), JSON.stringify(meta), { headers: rollup, timeout: TIMEOUT_MS });
}

/** Pieces of any sizes as chunks of one. */
function* inChunks(pieces: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + CHUNK - length);
      held.push(part);
      length += part.length;
      at += part.length;
      if (length < CHUNK) continue;
      yield Buffer.concat(held);
      held = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(held);
}
