import { availableParallelism } from 'node:os';
import { connectTo, leave, type ServerOptions } from '../../fleet/queue/connect.ts';
import { QueueError } from '../../fleet/queue/queue-error.ts';
import { Work } from '../../fleet/queue/work.ts';
import { EXIT } from '../exit.ts';
import { VERSION } from '../version.ts';
import { warn } from '../warn.ts';
import { USUAL } from '../worker/limits.ts';
import { Reader } from '../worker/reader.ts';
import { type CommonOptions, countOf, serverOf } from './options.ts';

export interface WorkerOptions extends CommonOptions, Partial<ServerOptions> {
  readonly readers?: string | undefined;
  readonly timeout?: string | undefined;
  /** Megabytes. */
  readonly memory?: string | undefined;
  /** Not for users: it is a reader of a worker. */
  readonly reader?: boolean | undefined;
}

const MOST_READERS = 64;

/** `lastkmsg worker`: reads what was shipped, until it is told to end. @returns 0 when drained, 2 where there are no jobs to be had */
export async function worker(options: WorkerOptions): Promise<number> {
  if (options.reader) {
    return (await import('../worker/reader-child.ts')).readInputs();
  }
  const server = serverOf(options);
  const count = countOf(options.readers, 'readers', 1, MOST_READERS) ?? Math.min(availableParallelism(), MOST_READERS);
  const limits = {
    seconds: countOf(options.timeout, 'timeout', 1, 86_400) ?? USUAL.seconds,
    memoryMb: countOf(options.memory, 'memory', 128, 1 << 20) ?? USUAL.memoryMb,
  };
  const readers = Array.from({ length: count }, () => new Reader(limits));
  try {
    const nc = await connectTo(server, 'worker');
    for (const reader of readers) reader.warm();
    const work = new Work(nc, {
      readers: count,
      read: (job, bytes, reader) => readers[reader]!.read(job, bytes),
      say: warn,
      version: VERSION,
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => work.drain());
    if (options.verbose) warn(`takes jobs with ${count} reader${count === 1 ? '' : 's'}`);
    await work.run();
    await leave(nc);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    warn(error.message);
    return EXIT.noInput;
  } finally {
    for (const reader of readers) reader.close();
  }
}
