import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { chunksOf as piecesOf } from '../../dump/open/file-source.ts';
import type { ByteSource } from '../../dump/source.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { partName } from '../../text/pstore/part-name.ts';
import { TextReader } from '../../text/reader.ts';
import { HEAD_BYTES, sniffText } from '../../text/sniff/sniff.ts';
import { isDumpForm } from './form.ts';
import type { InputOptions, LogInput } from './input.ts';
import { judge } from './judge.ts';
import { unfoldPanicCodes } from './panic-codes.ts';
import { isPstoreDirectory, openPstore } from './pstore-directory.ts';
import { inflated, isCompressed, unzipped } from './text-gzip.ts';
import { textLog } from './text-log.ts';
import { CHUNK_BYTES, chunksOf, withPauses } from './text-source.ts';
import { fromUtf16, utf16Of } from './text-utf16.ts';
import { Stopped, untilDeadline } from './until-deadline.ts';

/** Bytes and times of a text that something else already opened (standard input, a decompressor). */
export interface TextBytes {
  readonly chunks: AsyncIterable<Buffer>;
  /** Microseconds since 1970 when the text was last written. */
  readonly mtime?: number | undefined;
  /** How many bytes there are, where that is known. */
  readonly size?: number | undefined;
  /** Its writer may pause: what came is given out while one waits for more. */
  readonly isLive?: boolean | undefined;
  close?(): Promise<void>;
}

/**
 * Opens a FILE (or `-`) as a text log. Undefined where its first bytes are no text that holds a log. Throws what the system throws
 * where it cannot be opened.
 */
export async function openText(name: string, options: InputOptions = {}): Promise<LogInput | undefined> {
  if (name !== '-' && (await stat(name)).isDirectory()) return isPstoreDirectory(name) ? openPstore(name) : undefined;
  return textFrom(name, await chunksOf(name, options.follow === true), options);
}

/** The same from bytes, whose source it closes where they are no log. */
export async function textFrom(name: string, source: TextBytes, options: InputOptions = {}): Promise<LogInput | undefined> {
  const { deadline } = options;
  const chunks = deadline ? untilDeadline(source.chunks, deadline, source.size, options.follow === true) : source.chunks;
  let input: LogInput | undefined;
  try {
    input = await recognised(name, { ...source, chunks }, options);
  } finally {
    if (input === undefined) await source.close?.();
  }
  return input;
}

/** The same of bytes at offsets. @param mtime microseconds since 1970 @param size bytes, where it is whole */
export const textOf = (source: ByteSource, options: InputOptions, mtime?: number, size?: number): Promise<LogInput | undefined> =>
  textFrom(source.name, { chunks: Readable.from(piecesOf(source, CHUNK_BYTES)), mtime, size }, options);

async function recognised(name: string, source: TextBytes, options: InputOptions): Promise<LogInput | undefined> {
  const wanted = isDumpForm(options.form) ? undefined : options.form;
  const grows = options.follow || source.isLive;
  const iterator = (grows ? withPauses(source.chunks) : source.chunks)[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  let failure: unknown;
  let began = Number.POSITIVE_INFINITY;
  while (bytes < HEAD_BYTES && !ended) {
    const { done, value } = await iterator.next().catch((error: unknown) => {
      if (bytes === 0) throw error;
      failure = error;
      return { done: true, value: undefined } as const;
    });
    ended = done === true;
    if (done) break;
    if (value.length > 0) {
      head.push(Buffer.from(value));
      bytes += value.length;
      if (grows) began = Math.min(began, performance.now());
    }
    // an empty chunk is a log that has gone quiet; one whose lines trickle in is not waited for either
    const isLate = grows && performance.now() - began > HEAD_MS;
    if (bytes > 0 && (value.length === 0 || isLate)) {
      head.push(Buffer.alloc(0));
      break;
    }
  }
  const bare = Buffer.concat(head);
  const unfolded = unfoldPanicCodes(bare);
  const first = unfolded?.text ?? bare;
  const quiet = head.at(-1)?.length === 0;
  const rest = joined(first, quiet, iterator, ended, failure);
  if (isCompressed(first)) return recognised(name.replace(/\.gz$/, ''), { ...source, chunks: unzipped(filled(rest)) }, options);
  const order = utf16Of(first);
  if (order !== undefined) return recognised(name, { ...source, chunks: fromUtf16(rest, order) }, options);
  const file = basename(name);
  const form = wanted ?? sniffText(first, file);
  // pstore keeps what the reading kernel could not decompress; the name is all that tells
  if (form === undefined && partName(file)?.compressed)
    return recognised(name.replace(/(?:\.enc)?\.z$/, ''), { ...source, chunks: inflated(rest) }, options);
  if (form === undefined) return undefined;
  // what comes by a pipe was written by now
  const reader = new TextReader({ form: wanted, name: file, asOf: source.mtime ?? Date.now() * 1000 });
  reader.losses.push(...(unfolded?.losses ?? []));
  let stopped: string | undefined;
  const onStop = (why: string): void => {
    stopped = why;
    reader.losses.push(why);
  };
  const batches = batchesOf(reader, rest, onStop);
  // what the user says it is, is read as that; what grows may still say something
  const judged =
    wanted !== undefined || options.follow
      ? batches
      : await judge(batches, { name, head: first, counts: reader.counts, stopped: () => stopped });
  return textLog({
    name,
    form,
    batches: judged,
    losses: reader.losses,
    headlines: reader.headlines.found,
    reading: () => ({ ...reader.counts.reading, ...(stopped !== undefined && { stopped }) }),
    stated: unfolded?.stated,
    isFollowed: options.follow,
    close: async () => source.close?.(),
  });
}

/** Milliseconds in which the first lines are gathered, to tell their form: with a pause behind them, less than 300 until they are seen. */
const HEAD_MS = 40;

/** Without pauses. */
async function* filled(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) if (chunk.length > 0) yield chunk;
}

async function* joined(
  first: Buffer,
  quiet: boolean,
  rest: AsyncIterator<Buffer>,
  ended: boolean,
  failure: unknown,
): AsyncGenerator<Buffer> {
  try {
    if (first.length > 0) yield first;
    if (quiet) yield Buffer.alloc(0);
    if (failure !== undefined) throw failure;
    while (!ended) {
      const { done, value } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    // not waited for: a piece that never comes may be pending
    rest.return?.()?.catch(() => undefined);
  }
}

async function* batchesOf(
  reader: TextReader,
  chunks: AsyncIterable<Buffer>,
  onStop: (why: string) => void,
): AsyncGenerator<readonly PrintkRecord[]> {
  try {
    for await (const chunk of chunks) {
      const quiet = chunk.length === 0;
      const records = quiet ? reader.flush() : reader.push(chunk);
      // an empty batch says that a followed log has gone quiet
      if (records.length > 0 || quiet) yield records;
    }
  } catch (error) {
    // what was read so far is still a log
    const why = error instanceof Error ? error.message : String(error);
    onStop(error instanceof Stopped ? `reading ${why}` : `reading stopped: ${why}`);
  }
  const records = reader.end();
  if (records.length > 0) yield records;
}
