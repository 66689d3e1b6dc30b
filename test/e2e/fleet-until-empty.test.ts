// `fleet ingest --until-empty` ends when nothing is left that it could be given, and not before.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerLike } from '../support/answers.ts';
import { type Fleet, fleet, stored } from '../support/live-fleet.ts';
import { runTogether, withServer } from '../support/nats.ts';

const ingest = ({ nats, store }: Fleet) => runTogether('fleet', 'ingest', ...nats, '--store', store, '--until-empty');

/** An answer that somebody else was given. */
async function taken(all: Fleet) {
  const nc = await connect({ servers: all.server.url });
  const js = jetstream(nc);
  await js.publish('lastkmsg.answers', JSON.stringify(answerLike('taken')));
  const message = await (await js.consumers.get('LASTKMSG_ANSWERS', 'ingester')).next();
  assert.ok(message);
  const jsm = await jetstreamManager(nc);
  return { nc, js, message, counted: async () => (await jsm.consumers.info('LASTKMSG_ANSWERS', 'ingester')).num_ack_pending };
}

withServer('an answer that an ingester took and died of is waited for', async () => {
  const all = await fleet();
  const { nc, js } = await taken(all);
  await nc.flush();
  await js.publish('lastkmsg.answers', JSON.stringify(answerLike('waits')));
  await nc.close();
  const { status, stdout, stderr } = await ingest(all);
  assert.is(status, 0, stderr);
  assert.is(stdout, '2 new answers\n');
  assert.is((await stored(all.store)).size, 2);
  await all.server.stop();
});

withServer('one that the server counts and gives to nobody is not waited for for ever', async () => {
  const all = await fleet();
  const { nc, message, counted } = await taken(all);
  // as a server that was killed counts what it had deleted: it neither comes nor goes
  const held = setInterval(() => message.working(), 500);
  const { status, stdout, stderr } = await ingest(all);
  assert.is(status, 0, stderr);
  assert.is(stdout, '0 new answers\n');
  assert.is(await counted(), 1, 'it is counted still');
  clearInterval(held);
  message.nak();
  await nc.flush();
  assert.is((await ingest(all)).stdout, '1 new answers\n');
  await nc.close();
  await all.server.stop();
});

test.run();
