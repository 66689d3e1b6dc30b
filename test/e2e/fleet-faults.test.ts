// What may go wrong between two steps of a fleet, made to happen exactly there, on the real server.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answer } from '../../src/fleet/answer/answer.ts';
import { publishAnswer } from '../../src/fleet/queue/answer-message.ts';
import { answerLike, idOf } from '../support/answers.ts';
import { begin, beginWith, end, fleet, ids, log, settle, stored } from '../support/live-fleet.ts';
import { lastkmsg, withServer } from '../support/nats.ts';

const DIES = resolve('test/support/die-before-ack.mjs');
const STEPS = resolve('test/support/stepping-clock.mjs');

const publish = (js: JetStreamClient, answer: Answer): Promise<void> => publishAnswer(js, answer.id, Buffer.from(JSON.stringify(answer)));
const today = (): string => `day=${new Date().toISOString().slice(0, 10)}`;

withServer('a worker and an ingester die after their work and before they acknowledge it: it is done once', async () => {
  const all = await fleet();
  const shipped = lastkmsg('ship', log('first'), log('second'), ...all.nats, ...all.spool);
  const dying = beginWith([DIES], 'worker', ...all.nats, '--readers', '1');
  await once(dying, 'exit');
  assert.is(dying.signalCode, 'SIGKILL');
  const nc = await connect({ servers: all.server.url });
  const jsm = await jetstreamManager(nc);
  const { state } = await jsm.streams.info('LASTKMSG_ANSWERS');
  assert.ok(state.messages > 0, 'it had answered');
  assert.is((await jsm.streams.info('LASTKMSG_JOBS')).state.messages, 2, 'it had not acknowledged');

  const ingester = beginWith([DIES], 'fleet', 'ingest', ...all.nats, '--store', all.store);
  await once(ingester, 'exit');
  assert.is(ingester.signalCode, 'SIGKILL');
  assert.is((await stored(all.store)).size, state.messages, 'it had written');
  assert.is((await jsm.streams.info('LASTKMSG_ANSWERS')).state.messages, state.messages, 'it had not acknowledged');
  await nc.close();

  const worker = begin('worker', ...all.nats, '--readers', '1');
  assert.equal([...(await settle(all)).keys()].sort(), ids(shipped.stdout).sort());
  await end(worker);
  await all.server.stop();
});

withServer('clocks of hosts, workers and ingesters step: one answer each, under the day of the server', async () => {
  const all = await fleet();
  const files = Array.from({ length: 12 }, (_, n) => log(`clock-${n}`));
  const ship = async (): Promise<void> => {
    const shipping = beginWith([STEPS], 'ship', ...files, ...all.nats, ...all.spool);
    await once(shipping, 'exit');
    assert.is(shipping.exitCode, 0);
  };
  const days = [today()];
  await ship();
  await ship();
  const workers = [0, 1].map(() => beginWith([STEPS], 'worker', ...all.nats, '--readers', '1'));
  const ingester = beginWith([STEPS], 'fleet', 'ingest', ...all.nats, '--store', all.store);
  const nc = await connect({ servers: all.server.url });
  const js = jetstream(nc);
  // workers of which the clock stands elsewhere
  for (const readAt of ['1970-01-01T00:00:00.000Z', '2099-12-31T23:59:59.000Z']) await publish(js, answerLike(readAt, { readAt }));
  await wait(1000);
  await end(workers.pop()!, 'SIGKILL');
  await ship();
  // jobs and answers are done once nobody has them any more; then the store is free for us
  const jsm = await jetstreamManager(nc);
  const left = async (): Promise<number> =>
    (await jsm.streams.info('LASTKMSG_JOBS')).state.messages + (await jsm.streams.info('LASTKMSG_ANSWERS')).state.messages;
  while ((await left()) > 0) await wait(100);
  await nc.close();
  assert.is(await end(ingester), 0);
  assert.is((await settle(all)).size, files.length + 2);
  days.push(today());
  for (const day of readdirSync(join(all.store, 'inputs'))) assert.ok(days.includes(day), day);
  assert.is(await end(workers.pop()!), 0);
  await all.server.stop();
});

withServer('an answer that is none is a dead letter with the reason, alone or among others', async () => {
  const all = await fleet();
  const nc = await connect({ servers: all.server.url });
  const js = jetstream(nc);
  const jsm = await jetstreamManager(nc);
  const letters = async (): Promise<string[]> => {
    const { state } = await jsm.streams.info('LASTKMSG_DEAD');
    const all = Array.from({ length: state.messages }, (_, n) => jsm.streams.getMessage('LASTKMSG_DEAD', { seq: n + 1 }));
    return (await Promise.all(all)).map((letter) => letter?.json<{ reason: string }>().reason ?? '');
  };
  await js.publish('lastkmsg.answers', JSON.stringify({ ...answerLike('poison'), records: 'many' }));
  assert.is((await settle(all)).size, 0);
  assert.equal(await letters(), ['no answer: it has records, which is no number']);

  await publish(js, answerLike('good'));
  await js.publish('lastkmsg.answers', 'no JSON');
  await publish(js, answerLike('better'));
  assert.equal([...(await settle(all)).keys()].sort(), [idOf('good'), idOf('better')].sort());
  assert.match((await letters())[1] ?? '', /^no answer: an answer is JSON/);
  await nc.close();
  await all.server.stop();
});

test.run();
