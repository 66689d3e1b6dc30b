// The fleet over the real server, through the built binary: ship, worker, ingest, and what goes wrong between them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, dir, end, fleet, ids, log, read, settle } from '../support/live-fleet.ts';
import { lastkmsg, withServer } from '../support/nats.ts';
import { oopsLog } from '../support/sample-logs.ts';

const DUMP = 'samples/x86_64-6.1-odd-records/vmcore';

withServer('what is shipped is read, answered and stored, once however often it is shipped', async () => {
  const all = await fleet();
  const shipped = lastkmsg('ship', DUMP, log('one'), ...all.nats, ...all.spool);
  assert.is(shipped.status, 0, shipped.stderr);
  assert.match(shipped.stdout, /^shipped [0-9a-f]{64} samples\/.*\nshipped [0-9a-f]{64} .*one\.log\n$/);
  assert.match(lastkmsg('ship', DUMP, ...all.nats, ...all.spool).stdout, /^known /);
  // it is an object as other clients know them
  const nc = await connect({ servers: all.server.url });
  const [dump = '', one = ''] = ids(shipped.stdout);
  const objects = await new Objm(nc).open('lastkmsg-inputs');
  const bytes = await objects.getBlob(dump);
  assert.is(Buffer.from(bytes ?? []).toString('latin1', 0, 12), 'makedumpfile');
  const text = readFileSync(log('one'), 'utf8');
  assert.is(Buffer.from((await objects.getBlob(one)) ?? []).toString(), text);
  await objects.delete(one);
  assert.is(await objects.getBlob(one), null);
  assert.match(lastkmsg('ship', log('one'), ...all.nats, ...all.spool).stdout, /^known /);
  assert.is(Buffer.from((await objects.getBlob(one)) ?? []).toString(), text, 'what was deleted is laid again');
  const worker = begin('worker', ...all.nats, '--readers', '1');
  assert.equal([...(await settle(all)).values()], ['ok', 'ok']);
  // beyond the server's memory: the job comes again, its answer does not count again
  await jetstream(nc).publish(
    'lastkmsg.jobs',
    JSON.stringify({ schema: 1, id: dump, bytes: bytes?.length, input: 'again', shippedAt: '', version: '' }),
  );
  assert.is((await settle(all)).size, 2);
  assert.is(await end(worker), 0, 'a worker drains');
  await nc.close();
  await all.server.stop();
});

withServer('while the server is away inputs wait in the spool, which is bounded', async () => {
  const all = await fleet();
  await all.server.stop();
  const away = lastkmsg('ship', log('first'), ...all.nats, ...all.spool);
  assert.is(away.status, 3);
  assert.match(away.stdout, /^waits /);
  assert.match(away.stderr, /^lastkmsg: cannot connect to nats:.*: connection refused\n$/);
  const [spool = ''] = all.spool.slice(1);
  const [name = ''] = readdirSync(spool);
  const tight = lastkmsg('ship', log('second'), ...all.nats, ...all.spool, '--max-spool', '5000');
  assert.match(tight.stderr, /is full: .*first\.log of .* was given up/);
  assert.not.ok(readdirSync(spool).includes(name));
  assert.is(lastkmsg('ship', log('third'), ...all.nats, ...all.spool).status, 3);
  const small = spawnSync('sh', [
    '-c',
    `ulimit -f 1; exec "${process.execPath}" dist/cli.js ship "$@"`,
    'sh',
    log('fourth'),
    DUMP,
    ...all.nats,
    ...all.spool,
  ]);
  assert.is(small.status, 3, 'no room on the disk');
  assert.match(small.stderr.toString(), /not kept in the spool/);
  // one of them is damaged
  const [victim = ''] = readdirSync(spool);
  truncateSync(join(spool, victim), 600);
  await all.server.start();
  const resumed = lastkmsg('ship', '--resume', ...all.nats, ...all.spool);
  assert.match(resumed.stderr, /^lastkmsg: \S+: it is cut; it is taken out of the spool\n$/);
  assert.is(resumed.status, 0, 'nothing waits');
  assert.is(readdirSync(spool).length, 0);
  await all.server.stop();
});

withServer('workers are killed, the server stops and starts, messages come twice and in any order: one answer each', async () => {
  const all = await fleet();
  const files = Array.from({ length: 40 }, (_, n) => log(`many-${n}`));
  const shipped = lastkmsg('ship', ...files, ...all.nats, ...all.spool);
  const workers = [0, 1, 2].map(() => begin('worker', ...all.nats, '--readers', '1'));
  for (let kill = 0; kill < 4; kill++) {
    await wait(400);
    await end(workers.shift()!, 'SIGKILL');
    workers.push(begin('worker', ...all.nats, '--readers', '1'));
    if (kill === 1) {
      await all.server.stop();
      await all.server.start();
    }
    if (kill === 2) {
      const nc = await connect({ servers: all.server.url });
      // each once more, the last first, and not told from new ones
      for (const [i, id] of ids(shipped.stdout).entries()) {
        const job = {
          schema: 1,
          id,
          bytes: Buffer.byteLength(oopsLog) + `[ 9999.000000] test: many-${i}\n`.length,
          input: 'x',
          shippedAt: '',
          version: '',
        };
        if (i % 2 === 0) await jetstream(nc).publish('lastkmsg.jobs', JSON.stringify(job));
      }
      await nc.close();
    }
  }
  // an ingester that is killed, perhaps between write and acknowledgement
  const ingester = begin('fleet', 'ingest', ...all.nats, '--store', all.store);
  await wait(1500);
  await end(ingester, 'SIGKILL');
  const byId = await settle(all);
  assert.equal([...byId.keys()].sort(), ids(shipped.stdout).sort());
  assert.equal(new Set(byId.values()), new Set(['ok']));
  for (const worker of workers) await end(worker);
  await all.server.stop();
});

withServer('what kills its reader, and what is no job, is a dead letter, with the reason', async () => {
  const all = await fleet();
  const shipped = lastkmsg('ship', DUMP, ...all.nats, ...all.spool);
  const nc = await connect({ servers: all.server.url });
  await jetstream(nc).publish('lastkmsg.jobs', 'no job at all');
  const [id = ''] = ids(shipped.stdout);
  await jetstream(nc).publish('lastkmsg.jobs', JSON.stringify({ schema: 1, id: id.replace(/./g, '0'), bytes: 1, input: 'gone' }));
  // no program starts in so little: each reader is killed
  const worker = begin('worker', ...all.nats, '--readers', '1', '--memory', '128', '--timeout', '3');
  const hog = log('hog');
  writeFileSync(hog, `${oopsLog.repeat(10_000)}`);
  const large = lastkmsg('ship', hog, ...all.nats, ...all.spool);
  const byId = await settle(all);
  assert.is(byId.get(ids(large.stdout)[0] ?? ''), 'dead');
  assert.is(byId.get(id), 'ok');
  assert.is(byId.size, 4);
  const jsm = await jetstreamManager(nc);
  const letters = await Promise.all(
    [1, 2, 3].map(async (seq) => (await jsm.streams.getMessage('LASTKMSG_DEAD', { seq }))?.json<{ reason: string }>().reason),
  );
  assert.match(letters.join('\n'), /no job: a job is JSON/);
  assert.match(letters.join('\n'), /not in the object store/);
  assert.match(letters.join('\n'), /killed its reader 3 times: it (?:took more than 3 s|needed more than)/);
  await end(worker);
  await nc.close();
  await all.server.stop();
});

withServer('a server that is full takes no more: what is refused waits, and is not lost', async () => {
  const all = await fleet('jetstream { store_dir: "STORE", max_file_store: 70MB }\n'.replace('STORE', mkdtempSync(join(dir, 'js-'))));
  const large = join(dir, 'large.log');
  writeFileSync(large, oopsLog.repeat(Math.ceil((70 << 20) / oopsLog.length)));
  const full = lastkmsg('ship', large, log('after'), ...all.nats, ...all.spool);
  assert.is(full.status, 3);
  // the small one may have come before, as they are on their way at once
  assert.match(full.stdout, /^waits .*large\.log\n(?:waits|shipped) .*after\.log\n$/);
  const kept = full.stdout.match(/^waits /gm)?.length;
  assert.is(readdirSync(all.spool[1] ?? '').length, kept);
  await all.server.stop();
});

withServer('an ingester whose disk is full keeps nothing and loses nothing', async () => {
  const all = await fleet();
  lastkmsg('ship', log('before'), ...all.nats, ...all.spool);
  const worker = begin('worker', ...all.nats, '--readers', '1');
  assert.is((await settle(all)).size, 1);
  lastkmsg('ship', log('kept'), ...all.nats, ...all.spool);
  await read(all);
  const limited = spawnSync('sh', [
    '-c',
    `ulimit -f 1; exec "${process.execPath}" dist/cli.js fleet ingest "$@" --until-empty`,
    'sh',
    ...all.nats,
    '--store',
    all.store,
  ]);
  assert.is.not(limited.status, 0);
  assert.is((await settle(all)).size, 2);
  await end(worker);
  await all.server.stop();
});

test.run();
