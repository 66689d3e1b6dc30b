import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chunksOf, type FileSource, openFile } from '../../dump/open/file-source.ts';
import { type Job, jobToJson, parseJob } from '../../fleet/queue/job.ts';

/** A line of JSON, far longer than a job is. */
const MOST_HEAD = 1 << 14;
const NAME = /^[0-9a-f]{64}\.job$/;
/** What a process left that was killed while it wrote. */
const ASIDE = /^\.[0-9a-f]{64}\.\d+$/;
const STALE_MS = 3_600_000;

/** What waits on disk. */
export interface Waiting {
  readonly job: Job;
  pieces(): Iterable<Buffer>;
  close(): void;
}

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly written: number;
}

/** Inputs that could not be shipped yet, a file each: a line with the job, then the bytes. Of the same content there is one. */
export class ShipSpool {
  /** @param most bytes, of all files together */
  constructor(
    readonly directory: string,
    readonly most: number,
  ) {}

  /**
   * Keeps an input. Where there is no room for it, those that have waited longest are given up.
   * @returns the jobs that were given up; undefined where the input alone is larger than the spool may be
   * @throws what the system refuses
   */
  add(job: Job, pieces: Iterable<Buffer>): readonly string[] | undefined {
    const head = Buffer.from(`${jobToJson(job)}\n`);
    const size = head.length + job.bytes;
    if (size > this.most) return undefined;
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const path = join(this.directory, `${job.id}.job`);
    const others = this.#entries().filter((entry) => entry.path !== path);
    const givenUp: string[] = [];
    let taken = others.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path: old, bytes } of others) {
      if (taken + size <= this.most) break;
      givenUp.push(this.#nameOf(old));
      rmSync(old, { force: true });
      taken -= bytes;
    }
    const aside = join(this.directory, `.${job.id}.${process.pid}`);
    try {
      write(aside, head, pieces);
      renameSync(aside, path);
    } finally {
      rmSync(aside, { force: true });
    }
    return givenUp;
  }

  /** What waits, longest first. What is damaged is taken away, and told. */
  *waiting(damaged: (line: string) => void): Generator<Waiting> {
    for (const { path } of this.#entries()) {
      const read = open(path);
      if (typeof read !== 'string') {
        yield read;
        read.close();
      } else {
        damaged(`${path}: ${read}; it is taken out of the spool`);
        rmSync(path, { force: true });
      }
    }
  }

  /** The server has it. */
  remove({ id }: Job): void {
    const path = join(this.directory, `${id}.job`);
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) rmSync(path, { force: true }); // most never were there
  }

  /** The oldest first. */
  #entries(): Entry[] {
    let names: string[];
    try {
      names = readdirSync(this.directory);
    } catch {
      return []; // there is none yet
    }
    const entries: Entry[] = [];
    for (const name of names) {
      const path = join(this.directory, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined || !stat.isFile()) continue;
      if (ASIDE.test(name) && Date.now() - stat.mtimeMs > STALE_MS) rmSync(path, { force: true });
      else if (NAME.test(name)) entries.push({ path, bytes: stat.size, written: stat.mtimeMs });
    }
    return entries.sort((a, b) => a.written - b.written);
  }

  #nameOf(path: string): string {
    const read = open(path);
    if (typeof read === 'string') return path;
    read.close();
    return `${read.job.input} of ${read.job.shippedAt}`;
  }
}

function write(path: string, head: Buffer, pieces: Iterable<Buffer>): void {
  const fd = openSync(path, 'wx', 0o600);
  try {
    whole(fd, head);
    for (const piece of pieces) whole(fd, piece);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** One file of the spool, or why it is none. */
function open(path: string): Waiting | string {
  let source: FileSource;
  try {
    source = openFile(path);
  } catch (error) {
    return (error as Error).message;
  }
  const head = Buffer.alloc(Math.min(MOST_HEAD, source.size));
  const end = head.subarray(0, readSync(source.fd, head, 0, head.length, 0)).indexOf('\n');
  const job = parseJob(head.toString('utf8', 0, Math.max(0, end)));
  const wrong = 'wrong' in job ? job.wrong : source.size - end - 1 === job.bytes ? undefined : 'it is cut';
  if (wrong !== undefined || 'wrong' in job) {
    source.close();
    return wrong ?? '';
  }
  const skip = end + 1;
  return {
    job,
    close: () => source.close(),
    *pieces() {
      let at = 0;
      for (const chunk of chunksOf(source)) {
        if (at + chunk.length > skip) yield chunk.subarray(Math.max(0, skip - at));
        at += chunk.length;
      }
    },
  };
}

function whole(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
