// docs/fleet/nats-server.conf on a real server, with keys and certificates made for the test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import * as assert from 'uvu/assert';
import { NatsServer } from './nats.ts';

/** Where `ROLE.nk`, `server.crt` and, once made, `NAME.crt` and `NAME.key` stand. */
export const KEYS = mkdtempSync(join(tmpdir(), 'lastkmsg-keys-'));
process.on('exit', () => rmSync(KEYS, { recursive: true, force: true }));

const openssl = (...args: string[]): void => assert.is(spawnSync('openssl', args, { stdio: 'ignore', cwd: KEYS }).status, 0, args[0]);

/** @param edit of the configuration, as who puts it to use edits it */
export async function documented(edit: (config: string) => string = (config) => config): Promise<NatsServer> {
  let config = edit(readFileSync('docs/fleet/nats-server.conf', 'utf8')).replace(/^port: .*$/m, '');
  for (const role of ['setup', 'ship', 'worker', 'ingest']) {
    const pair = nkeys.createUser();
    writeFileSync(join(KEYS, `${role}.nk`), Buffer.from(pair.getSeed()));
    config = config.replace(`REPLACE_WITH_PUBLIC_NKEY_OF_${role.toUpperCase()}`, pair.getPublicKey());
  }
  authority('server');
  return NatsServer.start(config.replaceAll('/etc/nats/', `${KEYS}/`).replace('/var/lib/nats', mkdtempSync(join(KEYS, 'js-'))));
}

/** A certificate that signs itself, as `NAME.crt` and `NAME.key`. */
export function authority(name: string): void {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files);
}

/** A certificate of a machine, signed by an authority. */
export function certificate(name: string, by: string): void {
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  openssl(
    'x509',
    '-req',
    '-days',
    '2',
    '-in',
    `${name}.csr`,
    '-CA',
    `${by}.crt`,
    '-CAkey',
    `${by}.key`,
    '-CAcreateserial',
    '-out',
    `${name}.crt`,
  );
}

/** By the name that its certificate has. */
export const atHome = ({ port }: NatsServer): string => `tls://localhost:${port}`;
