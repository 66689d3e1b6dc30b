import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Answer } from '../../fleet/answer/answer.ts';
import type { Job } from '../../fleet/queue/job.ts';
import type { Read } from '../../fleet/queue/work.ts';
import { NOBODY } from '../hook/child.ts';
import { self } from '../hook/self.ts';
import { heapMbOf, type Limits, type ReadRequest } from './limits.ts';
import { usageOf } from './usage.ts';

/**
 * Inputs that one process reads: what it may have leaked ends with it. The first hundreds take twice as long as those after them, a second
 * in all, until V8 has compiled what they need.
 */
const MOST_INPUTS = 10_000;
/** Part of its memory with which it is begun anew: what the inputs before left is not the next one's fault. */
const FULL = 0.75;
/** Inputs after which that is looked at: it takes as long as a tenth of a small log. */
const SOMETIMES = 16;
/** Milliseconds between two looks at what it takes. */
const LOOK_MS = 250;
/** By the clock it may take so many times its CPU time: a machine that is busy with other work kills no input. */
const PATIENCE = 10;
/** Characters of what it says that are kept: V8's last words are long. */
const SAID = 16_384;

/** A process that reads one input after the other, as nobody where we are root, with limits of time and memory. It may die of any. */
export class Reader {
  #child: ChildProcess | undefined;
  #read = 0;
  #said = '';

  constructor(readonly limits: Limits) {}

  /**
   * Reads one input.
   * @throws what `bytes` throws: then nothing was read
   */
  async read(job: Job, bytes: AsyncIterable<Uint8Array>): Promise<Read> {
    const child = this.#ready();
    const { id, bytes: size, input, host, modified } = job;
    let why: string | undefined;
    const kill = (reason: string): void => {
      why ??= reason;
      child.kill('SIGKILL');
    };
    const { seconds, memoryMb } = this.limits;
    const timer = setTimeout(() => kill(`it took more than ${seconds * PATIENCE} s`), seconds * PATIENCE * 1000);
    let before: number | undefined; // looked up of none but those that take long
    const look = setInterval(() => {
      const now = usageOf(child.pid);
      before ??= now.seconds;
      if (now.residentMb > memoryMb) kill(`it needed more than ${memoryMb} MB of memory`);
      if (now.seconds - before > seconds) kill(`it took more than ${seconds} s of CPU time`);
    }, LOOK_MS);
    const ended = new Promise<Read>((resolve) => {
      child.once('message', (answer: Answer) => resolve({ answer }));
      child.once('close', (code, signal) => resolve({ died: why ?? this.#lastWords(code, signal) }));
    });
    try {
      const request: ReadRequest = { id, bytes: size, input, host, modified };
      child.send(request, () => undefined); // that it is gone, its end says
      await feed(child, bytes);
      return await ended;
    } catch (error) {
      kill('what it should read does not come'); // it waits for bytes
      await ended;
      throw error;
    } finally {
      clearTimeout(timer);
      clearInterval(look);
      child.removeAllListeners('message');
      child.removeAllListeners('close');
      this.#read++;
      if (child.exitCode !== null || child.signalCode !== null || why !== undefined || this.#isUsedUp(child)) this.close();
    }
  }

  #isUsedUp({ pid }: ChildProcess): boolean {
    if (this.#read >= MOST_INPUTS) return true;
    return this.#read % SOMETIMES === 0 && usageOf(pid).residentMb > this.limits.memoryMb * FULL;
  }

  /** Starts its process, which takes some tenths of a second, before there is something to read. */
  warm(): void {
    this.#ready();
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#read = 0;
  }

  #ready(): ChildProcess {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected)
      return this.#child;
    this.close();
    const [program, ...script] = self();
    const child = spawn(program, [...script, 'worker', '--reader'], {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', NODE_OPTIONS: `--max-old-space-size=${heapMbOf(this.limits)}` },
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
      ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
    });
    this.#said = '';
    child.stderr?.on('data', (data: Buffer) => {
      this.#said = (this.#said + data.toString('utf8')).slice(-SAID);
    });
    child.stdin?.on('error', () => undefined); // its end is told by its end
    child.on('error', () => undefined); // so is that it could not be started: close follows
    this.#child = child;
    return child;
  }

  #lastWords(code: number | null, signal: string | null): string {
    if (/heap out of memory|heap limit/i.test(this.#said)) return `it needed more than ${heapMbOf(this.limits)} MB for JavaScript`;
    const line = this.#said
      .split('\n')
      .map((each) => each.trim())
      .find((each) => /^(?:lastkmsg: |\w*Error\b)/.test(each));
    return `${signal === null ? `it ended with code ${code}` : `killed by ${signal}`}${line === undefined ? '' : ` (${line.slice(0, 200)})`}`;
  }
}

/** Hands the bytes over, no faster than they are taken. */
async function feed(child: ChildProcess, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const { stdin } = child;
  if (stdin === null) return;
  for await (const chunk of bytes) {
    if (stdin.destroyed || child.exitCode !== null || child.signalCode !== null) continue; // to the end, for what is wrong with them
    if (!stdin.write(chunk)) await room(stdin);
  }
}

/** Resolves when there is room in a pipe, or nobody to read it. */
function room(pipe: Writable): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      pipe.off('drain', end).off('close', end);
      resolve();
    };
    pipe.on('drain', end).on('close', end);
  });
}
