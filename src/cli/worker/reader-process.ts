import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Read } from '../../fleet/queue/work.ts';
import { NOBODY } from '../hook/child.ts';
import { self } from '../hook/self.ts';
import { LastWords } from './last-words.ts';
import { FRAME_BYTES, heapMbOf, type Limits, type ReadRequest } from './limits.ts';
import { Lines } from './lines.ts';
import { usageOf } from './usage.ts';

/** Milliseconds between two looks at what it takes. */
const LOOK_MS = 250;
/** By the clock it may take so many times its CPU time: a machine that is busy with other work kills no input. */
const PATIENCE = 10;
/** Bytes of an answer: some hundred kB is what there is to say of any input. */
const MOST_ANSWER = 32 << 20;

/** An input that it was handed. */
interface Asked {
  /** @param read undefined where it died before it began with this one */
  readonly resolve: (read: Read | undefined) => void;
  /** Of the clock, and of CPU time: looked up of none but those that take long. */
  begun?: number;
  secondsBefore?: number;
}

/** Wrapped: a promise of a promise is none. */
export interface Handed {
  readonly read: Promise<Read | undefined>;
}

/** One process that reads, as nobody where we are root, until it ends: by what it read, by the limits or because it is told to. */
export class ReaderProcess {
  readonly #child: ChildProcess;
  /** In their order: the first is the one that is being read. */
  readonly #asked: Asked[] = [];
  readonly #looks: NodeJS.Timeout;
  #answered = 0;
  readonly #words = new LastWords();
  /** Why it was, and which input it was at. */
  #killed: { readonly why: string; readonly asked: Asked | undefined } | undefined;
  #isOver = false;
  #idle: () => void = () => undefined;

  constructor(readonly limits: Limits) {
    const [program, ...script] = self();
    this.#child = spawn(program, [...script, 'worker', '--reader'], {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', NODE_OPTIONS: `--max-old-space-size=${heapMbOf(limits)}` },
      stdio: 'pipe',
      ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
    });
    const { stdin, stdout, stderr } = this.#child;
    stdin?.on('error', () => undefined); // its end is told by its end
    const answers = new Lines((json) => this.#heard(json));
    stdout?.on('data', (data: Buffer) => {
      answers.push(data);
      if (answers.waiting > MOST_ANSWER) this.kill(`its answer is larger than ${MOST_ANSWER >> 20} MB`);
    });
    stderr?.on('data', (data: Buffer) => this.#words.hear(data));
    this.#child.on('error', () => undefined); // so is that it could not be started: close follows
    // what it said last may still come
    this.#child.once('exit', () => {
      this.#isOver = true;
    });
    this.#child.once('close', (code, signal) => this.#ended(code, signal));
    this.#looks = setInterval(() => this.#look(), LOOK_MS);
  }

  /** It takes no more inputs. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get answered(): number {
    return this.#answered;
  }

  get residentMb(): number {
    return usageOf(this.#child.pid).residentMb;
  }

  /** Hands over an input that is in memory. @returns what came of it; undefined where it ended before it began with it */
  ask(request: ReadRequest, bytes: Uint8Array): Promise<Read | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    const { stdin } = this.#child;
    stdin?.cork();
    const read = this.#ask(request, bytes.length);
    stdin?.write(bytes);
    stdin?.uncork();
    return read;
  }

  /**
   * Hands over one that is not, no faster than it is taken, once those before are read. Resolves when all of it is handed over: nothing else
   * may be until then.
   * @throws what `pieces` throws: then nothing was read, and it is over
   */
  async askInPieces(request: ReadRequest, length: number, pieces: AsyncIterable<Uint8Array>): Promise<Handed> {
    if (this.#asked.length > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    const read = this.#ask(request, length);
    const { stdin } = this.#child;
    try {
      for await (const piece of pieces) {
        // to the end in any case, for what is wrong with them
        if (!this.#isOver && stdin?.write(piece) === false) await room(stdin);
      }
    } catch (error) {
      this.kill('what it should read does not come'); // it waits for bytes
      await read;
      throw error;
    }
    return { read };
  }

  /** Lets it read what it has, and go. */
  end(): void {
    this.#isOver = true;
    this.#child.stdin?.end();
  }

  kill(why: string): void {
    if (this.#killed === undefined) this.#killed = { why, asked: this.#asked[0] };
    this.#isOver = true;
    this.#child.kill('SIGKILL');
  }

  #ask(request: ReadRequest, length: number): Promise<Read | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    const json = Buffer.from(JSON.stringify(request));
    const frame = Buffer.alloc(FRAME_BYTES);
    frame.writeUInt32LE(json.length, 0);
    frame.writeUInt32LE(length, 4);
    this.#child.stdin?.write(frame);
    this.#child.stdin?.write(json);
    return new Promise((resolve) => {
      this.#asked.push({ resolve });
      if (this.#asked.length === 1) this.#begins();
    });
  }

  #heard(json: Buffer): void {
    this.#answered++;
    this.#asked.shift()?.resolve({ answer: json });
    this.#begins();
  }

  /** With the next input, if there is one. */
  #begins(): void {
    const [first] = this.#asked;
    if (first === undefined) this.#idle();
    else first.begun = performance.now();
  }

  #look(): void {
    const [first] = this.#asked;
    if (first?.begun === undefined) return;
    const { seconds, memoryMb } = this.limits;
    const now = usageOf(this.#child.pid);
    first.secondsBefore ??= now.seconds;
    if (now.residentMb > memoryMb) this.kill(`it needed more than ${memoryMb} MB of memory`);
    if (now.seconds - first.secondsBefore > seconds) this.kill(`it took more than ${seconds} s of CPU time`);
    if (performance.now() - first.begun > seconds * PATIENCE * 1000) this.kill(`it took more than ${seconds * PATIENCE} s`);
  }

  #ended(code: number | null, signal: string | null): void {
    this.#isOver = true;
    clearInterval(this.#looks);
    // one that was answered while it was killed died of nothing, and the next is not to blame
    const guilty = this.#killed === undefined ? this.#asked[0] : this.#killed.asked;
    const died = this.#killed?.why ?? this.#words.reason(code, signal, heapMbOf(this.limits));
    for (const asked of this.#asked.splice(0)) asked.resolve(asked === guilty ? { died } : undefined);
    this.#idle();
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
