import { connectTo, leave, type ServerOptions } from '../../fleet/queue/connect.ts';
import { ingestAnswers } from '../../fleet/queue/ingest.ts';
import { QueueError } from '../../fleet/queue/queue-error.ts';
import { setUp } from '../../fleet/queue/setup.ts';
import { openStore } from '../../fleet/store/writer.ts';
import { EXIT, UsageError } from '../exit.ts';
import { warn } from '../warn.ts';
import { bytesOf, type CommonOptions, countOf, serverOf } from './options.ts';

export interface FleetServerOptions extends CommonOptions, Partial<ServerOptions> {
  readonly store?: string | undefined;
  readonly untilEmpty?: boolean | undefined;
  readonly replicas?: string | undefined;
  readonly ackWait?: string | undefined;
  readonly keep?: string | undefined;
  readonly maxBytes?: string | undefined;
}

/** `lastkmsg fleet setup` and `fleet ingest`. @returns the exit code; 2 where the server does not do what is asked */
export async function fleetServer(what: 'setup' | 'ingest', options: FleetServerOptions): Promise<number> {
  try {
    return what === 'setup' ? await setup(options) : await ingest(options);
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    warn(error.message);
    return EXIT.noInput;
  }
}

/** Makes the queues on the server; what is there already is changed to what is asked. */
async function setup(options: FleetServerOptions): Promise<number> {
  const wanted = {
    replicas: countOf(options.replicas, 'replicas', 1, 5) ?? 1,
    ackWait: countOf(options.ackWait, 'ack-wait', 1, 3600) ?? 30,
    days: countOf(options.keep, 'keep', 1, 3650) ?? 7,
    maxBytes: bytesOf(options.maxBytes, 'max-bytes') ?? 10 * 2 ** 30,
  };
  const nc = await connectTo(serverOf(options), 'setup');
  try {
    for (const name of await setUp(nc, wanted)) process.stdout.write(`${name}\n`);
    return EXIT.ok;
  } finally {
    await leave(nc);
  }
}

/** Takes answers into the store, until it is told to end. */
async function ingest(options: FleetServerOptions): Promise<number> {
  const server = serverOf(options);
  if (options.store === undefined) throw new UsageError('fleet ingest takes --store PATH (or LASTKMSG_STORE)');
  const store = await openStore(options.store);
  for (const line of store.problems) warn(line);
  const ended = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ended.abort());
  try {
    const nc = await connectTo(server, 'ingest');
    try {
      const asked = { store, untilEmpty: options.untilEmpty === true, signal: ended.signal, say: warn };
      const added = await ingestAnswers(nc, asked);
      process.stdout.write(`${added} new answers\n`);
      return EXIT.ok;
    } finally {
      await leave(nc);
    }
  } finally {
    await store.close();
  }
}
