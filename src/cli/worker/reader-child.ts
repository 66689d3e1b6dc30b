import { readSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Answer } from '../../fleet/answer/answer.ts';
import { answerOf, answerWithout } from '../../fleet/answer/answer-of.ts';
import { asLogInput, openBytes } from '../../read/inputs/open.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import { inputProblem } from '../exit.ts';
import { LogFacts, nameOf } from '../fleet/log-facts.ts';
import { VERSION } from '../version.ts';
import { FRAME_BYTES, type ReadRequest } from './limits.ts';

const STDIN = 0;
const STDOUT = 1;

/**
 * `lastkmsg worker --reader`: what a worker starts as nobody. Inputs come on standard input, one after the other, and the answer of each goes
 * to standard output, a line of JSON. It opens nothing by name. What an input does to it, its end says. It has nothing else to do while it
 * waits: so it waits in read(2), and no bytes go through an event loop.
 */
export async function readInputs(): Promise<never> {
  endWithParent();
  for (;;) {
    const frame = taken(FRAME_BYTES);
    const [head, bytes] = [frame.readUInt32LE(0), frame.readUInt32LE(4)];
    const both = taken(head + bytes);
    const request: ReadRequest = JSON.parse(both.toString('utf8', 0, head));
    told(Buffer.from(`${JSON.stringify(await answer(request, both.subarray(head)))}\n`));
  }
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

/** So many bytes of standard input. */
function taken(length: number): Buffer {
  const into = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const n = readSync(STDIN, into, at, length - at, null);
    if (n === 0) process.exit(0); // the worker is gone
    at += n;
  }
  return into;
}

function told(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(STDOUT, bytes, at);
}

/** Ends this process when its parent is gone, whatever it is at: a thread looks, for this one may be in a loop. */
function endWithParent(): void {
  const look = 'setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000)';
  new Worker(`const parent = process.ppid; ${look}`, { eval: true }).unref();
}
