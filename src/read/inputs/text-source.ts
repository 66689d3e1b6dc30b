import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A string of 128 KiB or more is a mapping of its own in V8: reading 200 MB in pieces of 64 KiB takes 80 ms, of 256 KiB 230 ms. */
export const CHUNK_BYTES = 1 << 16;
/** What of a file is read ahead while the piece before it is worked on. */
const AHEAD_BYTES = 1 << 20;
/** How often a followed file is looked at, in milliseconds. */
const POLL_MS = 200;

export interface TextSource {
  /** Pieces in order; a piece may reuse the memory of the one before. An empty piece says that a followed log has gone quiet. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Microseconds since 1970. */
  readonly mtime?: number | undefined;
  /** Bytes of all of it, where it is a file. */
  readonly size?: number | undefined;
  /** Its writer may pause. */
  readonly isLive: boolean;
  close(): Promise<void>;
}

/** The bytes of a file, a device (`/dev/kmsg`), a pipe or, for `-`, of standard input. */
export async function chunksOf(name: string, follow: boolean): Promise<TextSource> {
  if (name === '-') return { chunks: standardInput(), isLive: true, close: async () => void process.stdin.destroy() };
  // without O_NONBLOCK a read of /dev/kmsg waits for the next record; a FIFO still waits for its writer's bytes
  const stats = await stat(name);
  const device = stats.isCharacterDevice() || name === '/proc/kmsg';
  const file = await open(name, device ? constants.O_RDONLY | constants.O_NONBLOCK : constants.O_RDONLY);
  const close = (): Promise<void> => file.close().catch(() => undefined);
  return {
    chunks: device ? deviceChunks(file, follow) : stats.isFile() ? fileChunks(name, file, follow, stats.size) : pipeChunks(file),
    isLive: !stats.isFile() && !device,
    mtime: stats.isFile() ? Math.round(stats.mtimeMs * 1000) : undefined,
    size: stats.isFile() ? stats.size : undefined,
    close,
  };
}

async function* standardInput(): AsyncGenerator<Buffer> {
  for await (const chunk of process.stdin) yield chunk as Buffer;
}

/** Whatever else can be read, in the kernel's pieces. */
async function* pipeChunks(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close().catch(() => undefined);
  }
}

/**
 * A file from its beginning; followed, also what is appended, and the file that takes its name when logs are rotated. What comes next
 * is read by another thread meanwhile: reading was a twentieth of the time of `events`.
 * @param size bytes that it has now: of hundreds of small logs two MB each are garbage that takes a fifth of the time to collect
 */
async function* fileChunks(name: string, first: FileHandle, follow: boolean, size: number): AsyncGenerator<Buffer> {
  let file = first;
  let read = 0;
  const room = follow ? AHEAD_BYTES : Math.min(AHEAD_BYTES, Math.max(CHUNK_BYTES, size));
  let [here, ahead] = [Buffer.allocUnsafe(room), Buffer.allocUnsafe(room)];
  const fill = (buffer: Buffer): Promise<number> => file.read(buffer, 0, buffer.length).then(({ bytesRead }) => bytesRead);
  let filled = fill(here);
  try {
    for (;;) {
      const bytes = await filled;
      if (bytes > 0) {
        read += bytes;
        filled = fill(ahead);
        filled.catch(() => undefined); // told when it is awaited
        for (let at = 0; at < bytes; at += CHUNK_BYTES) yield here.subarray(at, Math.min(at + CHUNK_BYTES, bytes));
        [here, ahead] = [ahead, here];
        continue;
      }
      if (!follow) return;
      yield Buffer.alloc(0);
      await sleep(POLL_MS);
      const next = await successor(name, file, read);
      if (next !== undefined) {
        await file.close();
        file = next;
        read = 0;
      }
      filled = fill(here);
    }
  } finally {
    await filled.catch(() => undefined);
    await file.close().catch(() => undefined);
  }
}

/** The file to go on with: another one under the same name, or the same one that was cut short. */
async function successor(name: string, file: FileHandle, read: number): Promise<FileHandle | undefined> {
  const [now, mine] = await Promise.all([stat(name).catch(() => undefined), file.stat()]);
  if (now === undefined || (now.ino === mine.ino && now.dev === mine.dev && mine.size >= read)) return undefined;
  return open(name, constants.O_RDONLY).catch(() => undefined);
}

/** /dev/kmsg: one record a read(). EAGAIN: no more; EPIPE: the ring has overwritten the next one, the read after it goes on. */
async function* deviceChunks(file: FileHandle, follow: boolean): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (;;) {
      const got = await file.read(buffer, 0, CHUNK_BYTES).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EAGAIN' || error.code === 'EPIPE') return error.code;
        throw error;
      });
      if (got === 'EPIPE') continue;
      if (got !== 'EAGAIN' && got.bytesRead > 0) {
        yield buffer.subarray(0, got.bytesRead);
        continue;
      }
      if (!follow) return;
      yield Buffer.alloc(0);
      await sleep(POLL_MS);
    }
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** Pauses of a pipe that are told one after the other: as many as anybody counts. */
const MAX_PAUSES = 160;
/** How often a pipe is looked at, in milliseconds: one timer for all pieces costs nothing where they come fast. */
const LOOK_MS = 50;

/** The same pieces, and an empty one for each 200 ms in which a pipe was quiet: what is held back is given out while one waits for more. */
export async function* withPauses(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let pauses = MAX_PAUSES;
  let since = performance.now();
  let wake: () => void = () => undefined;
  const look = (): void => {
    if (pauses < MAX_PAUSES && performance.now() - since >= POLL_MS) wake();
  };
  const timer = setInterval(look, LOOK_MS).unref();
  try {
    let next = iterator.next();
    for (;;) {
      const paused = new Promise<undefined>((resolve) => {
        wake = () => resolve(undefined);
      });
      const got = await Promise.race([next, paused]);
      if (got?.done) return;
      since = performance.now();
      if (got === undefined) {
        if (++pauses >= MAX_PAUSES) timer.unref();
        yield Buffer.alloc(0);
        continue;
      }
      pauses = got.value.length === 0 ? MAX_PAUSES : 0;
      // a pipe that somebody waits for keeps the program alive by itself; what is held back does it until it is given out
      if (pauses === 0) timer.ref();
      yield got.value;
      next = iterator.next();
    }
  } finally {
    clearInterval(timer);
  }
}
