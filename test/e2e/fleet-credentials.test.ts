// The files that say who we are, through the built program: nkeys and client certificates on the documented server, and credentials.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { atHome, authority, certificate, documented, KEYS } from '../support/documented-server.ts';
import { begin, dir, end, ids, log, stored } from '../support/live-fleet.ts';
import { lastkmsg, NatsServer, runTogether, withServer } from '../support/nats.ts';
import { operatorMode } from '../support/nats-jwt.ts';

/** The README's road, each role with its own options. */
async function travelled(as: (role: string) => readonly string[]): Promise<void> {
  const setup = lastkmsg('fleet', 'setup', ...as('setup'));
  assert.is(setup.status, 0, setup.stderr);
  const shipped = lastkmsg('ship', log(`${Math.random()}`), ...as('ship'), '--spool', mkdtempSync(join(dir, 'spool-')));
  assert.match(shipped.stdout, /^shipped /, shipped.stderr);
  const worker = begin('worker', ...as('worker'), '--readers', '1');
  const store = mkdtempSync(join(dir, 'store-'));
  let known: readonly string[] = [];
  while (known.length === 0) {
    const ingested = lastkmsg('fleet', 'ingest', ...as('ingest'), '--store', store, '--until-empty');
    assert.is(ingested.status, 0, ingested.stderr);
    if (ingested.stdout !== '0 new answers\n') known = [...(await stored(store)).keys()];
  }
  assert.equal(known, ids(shipped.stdout));
  assert.is(await end(worker), 0);
}

withServer('nkeys and client certificates, on the documented server', async () => {
  authority('clients-ca');
  certificate('host', 'clients-ca');
  authority('stranger');
  const server = await documented((config) => config.replace(/# (ca_file|verify): /g, '$1: '));
  const at = ['--nats', atHome(server), '--tls-ca', join(KEYS, 'server.crt')];
  const shown = (name: string): string[] => ['--tls-cert', join(KEYS, `${name}.crt`), '--tls-key', join(KEYS, `${name}.key`)];
  const as = (role: string): string[] => [...at, '--nkey', join(KEYS, `${role}.nk`)];
  await travelled((role) => [...as(role), ...shown('host')]);
  const refused = [
    ['no certificate', as('setup')],
    ['one of another authority', [...as('setup'), ...shown('stranger')]],
    ['no nkey', [...at, ...shown('host')]],
  ] as const;
  // at once: the first two wait for a server that says nothing
  const came = await Promise.all(refused.map(([, options]) => runTogether('fleet', 'setup', ...options)));
  for (const [i, { status, stderr }] of came.entries()) {
    assert.is(status, 2, refused[i]?.[0]);
    assert.match(stderr, /^lastkmsg: cannot connect to tls:\/\/localhost:\d+: .*\n$/, refused[i]?.[0]);
  }
  const ship = lastkmsg('fleet', 'setup', ...as('ship'), ...shown('host'));
  assert.is(ship.status, 2, 'a shipper may not set up');
  assert.match(ship.stderr, /^lastkmsg: .*\n$/);
  await server.stop();
});

withServer('credentials, on a server with an operator', async () => {
  const { config, credentials } = operatorMode();
  const server = await NatsServer.start(config);
  const file = join(dir, 'machine.creds');
  writeFileSync(file, credentials, { mode: 0o600 });
  await travelled(() => ['--nats', server.url, '--creds', file]);
  const { status, stderr } = lastkmsg('fleet', 'setup', '--nats', server.url);
  assert.is(status, 2);
  assert.match(stderr, /the server does not take these credentials\n$/);
  const none = lastkmsg('fleet', 'setup', '--nats', server.url, '--creds', join(dir, 'none.creds'));
  assert.is(none.status, 2);
  assert.match(none.stderr, /^lastkmsg: .*none\.creds.*\n$/);
  await server.stop();
});

test.run();
