import { AckPolicy, DiscardPolicy, type JetStreamManager, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { ANSWERS, BUCKET, DEAD, JOBS, OBJECTS } from './names.ts';
import { QueueError } from './queue-error.ts';

export interface SetupOptions {
  /** Copies in a cluster. */
  readonly replicas: number;
  /** Seconds until a message that a worker or an ingester took, and of which nothing is heard, is given to another. */
  readonly ackWait: number;
  /** Days that inputs and dead letters are kept. */
  readonly days: number;
  /** Bytes of inputs that are kept; what comes beyond is refused, and stays in the spools of those who ship. */
  readonly maxBytes: number;
}

const DAY_MS = 86_400_000;
/** Within this the server itself knows a message again; beyond it the store does. */
const DUPLICATES_MS = 3_600_000;

/** Makes the streams, the bucket and the consumers, or changes those that are there. @returns their names */
export async function setUp(nc: NatsConnection, { replicas, ackWait, days, maxBytes }: SetupOptions): Promise<string[]> {
  const jsm = await jetstreamManager(nc).catch((error: unknown) => {
    throw new QueueError('cannot set up', error);
  });
  const kept = { storage: StorageType.File, num_replicas: replicas };
  await stream(jsm, {
    ...kept,
    name: OBJECTS.stream,
    subjects: [OBJECTS.chunk('>'), `$O.${BUCKET}.M.>`],
    discard: DiscardPolicy.New,
    allow_rollup_hdrs: true,
    allow_direct: true,
    max_age: nanos(days * DAY_MS),
    max_bytes: maxBytes,
  });
  const queue = { ...kept, retention: RetentionPolicy.Workqueue, duplicate_window: nanos(DUPLICATES_MS) };
  await stream(jsm, { ...queue, name: JOBS.stream, subjects: [JOBS.subject] });
  await stream(jsm, { ...queue, name: ANSWERS.stream, subjects: [ANSWERS.subject] });
  await stream(jsm, {
    ...kept,
    name: DEAD.stream,
    subjects: [DEAD.subject],
    max_age: nanos(days * DAY_MS),
    duplicate_window: nanos(DUPLICATES_MS),
  });
  // how often a message was given is judged by who takes it: one that the server gave up would lie there unseen
  const consumer = { ack_policy: AckPolicy.Explicit, ack_wait: nanos(ackWait * 1000), max_deliver: -1, max_ack_pending: 20_000 };
  await jsm.consumers.add(JOBS.stream, { ...consumer, durable_name: JOBS.consumer });
  await jsm.consumers.add(ANSWERS.stream, { ...consumer, durable_name: ANSWERS.consumer });
  return [OBJECTS.stream, JOBS.stream, ANSWERS.stream, DEAD.stream];
}

type Config = Parameters<JetStreamManager['streams']['add']>[0];

async function stream(jsm: JetStreamManager, config: Config): Promise<void> {
  const there = await jsm.streams.info(config.name).catch(() => undefined);
  if (there === undefined) await jsm.streams.add(config);
  else await jsm.streams.update(config.name, { ...there.config, ...config });
}
