import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, credsAuthenticator, type NatsConnection, type NodeConnectionOptions, nkeyAuthenticator } from '@nats-io/transport-node';
import { inboxOf, type Role } from './names.ts';
import { QueueError } from './queue-error.ts';

/** How a server is reached, and who we are to it. */
export interface ServerOptions {
  /** `nats://HOST:PORT`, `tls://…`; several with commas between. */
  readonly nats: string;
  /** Files: credentials (JWT and seed), a seed alone, authority, certificate and key. */
  readonly creds?: string | undefined;
  readonly nkey?: string | undefined;
  readonly tlsCa?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
}

/** Milliseconds until a server that does not answer is one that is not there. */
const PATIENCE_MS = 10_000;
const LEAVE_MS = 2_000;

/**
 * Connects. A connection that breaks is taken up again for as long as the process lives; the first one is tried once.
 * @throws QueueError where the server cannot be reached or refuses us
 */
export async function connectTo(options: ServerOptions, role: Role): Promise<NatsConnection> {
  try {
    return await connect({ ...connection(options), name: `lastkmsg ${role}`, inboxPrefix: inboxOf(role) });
  } catch (error) {
    throw new QueueError(`cannot connect to ${withoutPassword(options.nats)}`, error);
  }
}

/** Ends a connection once all that was said is sent; of a server that is away that is not waited for. */
export async function leave(nc: NatsConnection): Promise<void> {
  const late = new AbortController();
  const sent = nc.drain().catch(() => undefined);
  await Promise.race([sent, wait(LEAVE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  await nc.close();
}

function connection({ nats, creds, nkey, tlsCa, tlsCert, tlsKey }: ServerOptions): NodeConnectionOptions {
  const urls = nats.split(',').map((url) => parsed(url.trim()));
  const [first] = urls;
  const files = { ...(tlsCa && { caFile: tlsCa }), ...(tlsCert && { certFile: tlsCert }), ...(tlsKey && { keyFile: tlsKey }) };
  const isTls = Object.keys(files).length > 0 || urls.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: urls.map(({ host }) => host),
    timeout: PATIENCE_MS,
    maxReconnectAttempts: -1,
    // a stack for each request, of which none is shown, was a tenth of a worker's and of a shipper's time
    noAsyncTraces: true,
    // a server that was restarted with other accounts may take us again
    ignoreAuthErrorAbort: true,
    ...(first?.username && { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }),
    ...(creds && { authenticator: credsAuthenticator(() => readFileSync(creds)) }),
    ...(nkey && { authenticator: nkeyAuthenticator(() => Buffer.from(readFileSync(nkey, 'latin1').trim())) }),
    ...(isTls && { tls: files }),
  };
}

function parsed(url: string): URL {
  const whole = URL.canParse(url) && /^[a-z]+:\/\//.test(url) ? url : `nats://${url}`;
  if (!URL.canParse(whole) || !/^(?:nats|tls):$/.test(new URL(whole).protocol))
    throw new Error(`a server is nats://HOST:PORT or tls://HOST:PORT`);
  return new URL(whole);
}

/** For messages. */
const withoutPassword = (urls: string): string => urls.replace(/\/\/[^/@]*@/g, '//');
