// docs/fleet/nats-server.conf on the real server: each role can do its work, and nothing else.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { createInbox, type NatsConnection } from '@nats-io/transport-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answer } from '../../../src/fleet/answer/answer.ts';
import { answerWithout } from '../../../src/fleet/answer/answer-of.ts';
import { connectTo } from '../../../src/fleet/queue/connect.ts';
import { ingestAnswers } from '../../../src/fleet/queue/ingest.ts';
import type { Job } from '../../../src/fleet/queue/job.ts';
import { OBJECTS, type Role } from '../../../src/fleet/queue/names.ts';
import { putInput } from '../../../src/fleet/queue/put-input.ts';
import { setUp } from '../../../src/fleet/queue/setup.ts';
import { Work } from '../../../src/fleet/queue/work.ts';
import { atHome, documented, KEYS } from '../../support/documented-server.ts';
import { withServer } from '../../support/nats.ts';

const BYTES = Buffer.from('[    1.000000] Linux version 6.1.0\n');
const ID = createHash('sha256').update(BYTES).digest('hex');
const JOB: Job = { schema: 1, id: ID, bytes: BYTES.length, input: 'log', shippedAt: '2026-11-29T04:00:00.000Z', version: '0' };
const head = { id: ID, input: 'log', readAt: '2026-11-29T04:00:01.000Z', version: '0' };

/** What is forbidden comes to nothing: an error, or no answer. */
async function forbidden(what: string, work: Promise<unknown>): Promise<void> {
  const came = await work.then(
    () => 'done',
    () => 'refused',
  );
  assert.is(came, 'refused', what);
}

withServer('each role does its work with the documented rights, and no more', async () => {
  const server = await documented();
  const as = (role: Role): Promise<NatsConnection> =>
    connectTo({ nats: atHome(server), nkey: join(KEYS, `${role}.nk`), tlsCa: join(KEYS, 'server.crt') }, role);
  const [setup, ship, worker, ingest] = [await as('setup'), await as('ship'), await as('worker'), await as('ingest')];
  await setUp(setup, { replicas: 1, ackWait: 5, days: 1, maxBytes: 1 << 24 });

  assert.equal(await putInput(jetstream(ship), JOB, [BYTES]), { known: false });
  assert.equal(await putInput(jetstream(ship), JOB, [BYTES]), { known: true });
  const quick = { timeout: 500 };
  const direct = `$JS.API.DIRECT.GET.${OBJECTS.stream}`;
  await forbidden('a shipper reads an input', ship.request(`${direct}.${OBJECTS.meta(ID)}`, '', quick));
  await forbidden('a shipper takes a job', ship.request('$JS.API.CONSUMER.MSG.NEXT.LASTKMSG_JOBS.workers', '', quick));
  await forbidden('a shipper reads a stream', ship.request('$JS.API.STREAM.MSG.GET.LASTKMSG_JOBS', '{"seq":1}', quick));
  await forbidden('a shipper makes a consumer', ship.request('$JS.API.CONSUMER.CREATE.LASTKMSG_JOBS', '{}', quick));
  await forbidden('a shipper purges', ship.request('$JS.API.STREAM.PURGE.LASTKMSG_JOBS', '', quick));
  await forbidden('a shipper answers', jetstream(ship, quick).publish('lastkmsg.answers', '{}', quick));
  await forbidden('a worker ships', jetstream(worker, quick).publish('lastkmsg.jobs', '{}', quick));
  await forbidden('a worker deletes', worker.request(`$JS.API.STREAM.PURGE.${OBJECTS.stream}`, '', quick));
  await forbidden('an ingester reads an input', ingest.request(`${direct}.${OBJECTS.meta(ID)}`, '', quick));
  await forbidden('an ingester takes a job', ingest.request('$JS.API.CONSUMER.MSG.NEXT.LASTKMSG_JOBS.workers', '', quick));
  // listening is refused by closing the subscription
  for (const subject of ['lastkmsg.jobs', '_INBOX.lastkmsg-worker.>', '$O.>', createInbox()]) {
    const heard = ship.subscribe(subject);
    await ship.flush().catch(() => undefined);
    await assertClosed(heard, subject);
  }

  const given: string[] = [];
  const work = new Work(worker, {
    readers: 1,
    version: '0',
    say: () => undefined,
    read: async (job, bytes) => {
      for await (const piece of bytes()) given.push(Buffer.from(piece).toString());
      work.drain();
      return { answer: Buffer.from(JSON.stringify(answerWithout({ ...head, id: job.id }, 'unreadable', 'a test'))) };
    },
  });
  await work.run();
  assert.equal(given, [BYTES.toString()]);

  const kept: Answer[] = [];
  const store = { ingest: async (answers: readonly Answer[]) => kept.push(...answers) };
  await ingestAnswers(ingest, { store, untilEmpty: true, signal: new AbortController().signal, say: () => undefined });
  assert.equal(
    kept.map(({ id }) => id),
    [ID],
  );
  const left = await (await jetstreamManager(setup)).streams.info('LASTKMSG_JOBS');
  assert.is(left.state.messages, 0);
  for (const nc of [setup, ship, worker, ingest]) await nc.close();
  await server.stop();
});

async function assertClosed(subscription: { readonly closed: Promise<unknown> }, subject: string): Promise<void> {
  const came = await Promise.race([subscription.closed.then(() => 'closed'), new Promise((resolve) => setTimeout(resolve, 2000, 'open'))]);
  assert.is(came, 'closed', subject);
}

withServer('a server that takes no strangers says so', async () => {
  const server = await documented();
  const refused = await connectTo({ nats: atHome(server), tlsCa: join(KEYS, 'server.crt') }, 'ship').catch((error: Error) => error.message);
  assert.match(String(refused), /^cannot connect to tls:.*: the server does not take these credentials$/);
  const stranger = await connectTo({ nats: atHome(server), nkey: join(KEYS, 'ship.nk') }, 'ship').catch((error: Error) => error.message);
  assert.match(String(stranger), /certificate/i, 'its authority is not known here');
  await server.stop();
});

test.run();
