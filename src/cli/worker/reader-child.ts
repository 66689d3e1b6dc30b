import { Worker } from 'node:worker_threads';
import type { Answer } from '../../fleet/answer/answer.ts';
import { answerOf, answerWithout } from '../../fleet/answer/answer-of.ts';
import { asLogInput, openBytes } from '../../read/inputs/open.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import { inputProblem } from '../exit.ts';
import { LogFacts, nameOf } from '../fleet/log-facts.ts';
import { VERSION } from '../version.ts';
import type { ReadRequest } from './limits.ts';

/**
 * `lastkmsg worker --reader`: what a worker starts as nobody. Reads inputs from standard input, one after the other, and sends the answer of
 * each to its parent. It opens nothing by name. What an input does to it, its end says.
 */
export async function readInputs(): Promise<void> {
  endWithParent();
  const bytes = new ByteQueue(process.stdin);
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (request: ReadRequest) => {
    last = last.then(async () => process.send?.(await answer(request, await bytes.take(request.bytes))));
  });
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
}

async function answer({ id, input, host, modified }: ReadRequest, bytes: Buffer): Promise<Answer> {
  const head = { id, input, readAt: new Date().toISOString(), version: VERSION };
  try {
    const opened = await openBytes(input, bytes, {}, modified);
    try {
      const log = asLogInput(opened);
      const facts = new LogFacts();
      const { info, events, incidents } = await readIncidents(
        { ...log, batches: watched(log.batches, (batch) => facts.see(batch)) },
        { machine: true },
      );
      const release = info.kernel?.release;
      return answerOf(
        {
          ...head,
          form: log.form,
          host: nameOf(info.kernel?.nodename) ?? facts.host ?? host,
          releases: release === undefined ? facts.releases : [release],
          arch: info.machine?.architecture,
          crashTime: info.crashTime,
          dumpTime: info.dumpTime,
          records: info.log.records,
          losses: log.losses,
        },
        events,
        incidents,
      );
    } finally {
      await opened.close();
    }
  } catch (error) {
    const problem = inputProblem(error);
    // a bug of ours is told with where it is, as an answer: the same input would meet it again
    const said = problem ?? `this is a bug in lastkmsg: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return answerWithout(head, 'unreadable', said.replace(/\s*\n\s*/g, ' '));
  }
}

/** The bytes of a stream, taken in lengths that are known. */
class ByteQueue {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const into = Buffer.alloc(length);
    for (let at = 0; ; ) {
      const n = this.#rest.copy(into, at);
      this.#rest = this.#rest.subarray(n);
      at += n;
      if (at === length) return into;
      const { done, value } = await this.#pieces.next();
      if (done) process.exit(0); // the worker is gone
      this.#rest = value;
    }
  }
}

/** Ends this process when its parent is gone, whatever it is at: a thread looks, for this one may be in a loop. */
function endWithParent(): void {
  const look = 'setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000)';
  new Worker(`const parent = process.ppid; ${look}`, { eval: true }).unref();
  process.once('disconnect', () => process.exit(0));
}
