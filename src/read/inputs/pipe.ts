import { constants, createReadStream, fstatSync, openSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Deadline, isOver, TimeUp } from '../../dump/open/deadline.ts';
import { fileSource, type OpenSource } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/head.ts';
import { Spool } from '../../dump/open/spool.ts';
import { sniff } from '../../dump/sniff.ts';
import { InputError } from '../../dump/source.ts';
import { firstInTime } from './until-deadline.ts';

/** A stream, looked at once: a dump is kept where it can be read by offset, a text streams on. */
export type Stream =
  | { readonly kind: 'source'; readonly source: OpenSource }
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Buffer>; close(): Promise<void> };

/**
 * Waits for the first bytes, however long they take, without holding anything up meanwhile.
 * @param name `-` for standard input, or the path of a named pipe (a shell's `<(…)`)
 * @param isDump whether the user said so: nothing in a raw image's first bytes does
 * @throws InputError where it cannot be read, or the spool has no room
 */
export async function openPipe(name: string, isDump: boolean, deadline?: Deadline): Promise<Stream> {
  // without O_NONBLOCK opening waits for a writer; with it, reading does
  const fd = name === '-' ? 0 : openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const stat = fstatSync(fd);
  if (stat.isFile()) {
    // redirected: no need to copy anything; standard input stays open: the next file that is opened would become it
    const source = fileSource(name, fd, stat.size);
    return { kind: 'source', source: fd === 0 ? { ...source, close: () => undefined } : source };
  }
  const stream = await streamOf(fd, stat.isFIFO() || stat.isSocket());
  return lookAt(name, stream, isDump, async () => void stream.destroy(), deadline);
}

/**
 * Looks at a stream's first bytes. What is not kept of it is closed.
 * @param isDump whether the user said so
 * @throws InputError where it cannot be read, is empty, or the spool has no room
 */
export async function lookAt(
  name: string,
  stream: AsyncIterable<Buffer>,
  isDump: boolean,
  close: () => Promise<void>,
  deadline?: Deadline,
): Promise<Stream> {
  try {
    const pieces = stream[Symbol.asyncIterator]();
    const head = await readHead(name, pieces, deadline);
    const chunks = joined(head, pieces);
    if (isDump || sniff(head)) return { kind: 'source', source: await spooled(name, chunks, deadline) };
    return { kind: 'stream', chunks, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether a name is a pipe's: a shell's `<(…)`. */
export const isPipe = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFIFO() ?? false;

/**
 * A pipe is waited for by the event loop, not by a thread that reads: process.exit() would wait for that thread. What has no such
 * readiness (a terminal, /dev/kmsg) is read by a thread.
 */
async function streamOf(fd: number, isPipe: boolean): Promise<Readable> {
  if (!isPipe) return createReadStream('', { fd, autoClose: fd !== 0 });
  if (fd === 0) return process.stdin;
  const { Socket } = await import('node:net');
  return new Socket({ fd, readable: true, writable: false });
}

/** As much of the first bytes as comes before the first pause of an interactive writer, which is a whole line at least. */
async function readHead(name: string, pieces: AsyncIterator<Buffer>, deadline?: Deadline): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < HEAD) {
    const { done, value } = await (deadline ? firstInTime(name, pieces, deadline) : pieces.next()).catch((error: unknown) => {
      if (error instanceof InputError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new InputError({ file: name, sought: 'a dump or a log', found: `an error: ${code ?? String(error)}` }, { cause: error });
    });
    if (done) break;
    head = Buffer.concat([head, value]);
    if (isTextHead(head)) break; // what follows may take its time (dmesg -w)
  }
  if (head.length === 0) throw new InputError({ file: name, sought: 'a dump or a log', found: 'nothing: it is empty' });
  return head;
}

/** Longest magic number at offset 0. */
const MAGIC = 16;
/** A tar says what it is behind the first name, which zeros follow. */
const TAR_HEADER = 512;

const isTextHead = (head: Buffer): boolean => head.length >= (head.includes(0) ? TAR_HEADER : MAGIC) && !sniff(head);

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

async function spooled(name: string, chunks: AsyncIterable<Buffer>, deadline?: Deadline): Promise<OpenSource> {
  const spool = new Spool(name);
  try {
    for await (const chunk of chunks) {
      spool.write(chunk);
      if (deadline && isOver(deadline)) throw new TimeUp(name, deadline, spool.size);
    }
    return spool.source();
  } catch (error) {
    spool.close();
    throw error;
  }
}
