import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { phraseOf } from '../refusal.ts';
import { type ByteSource, InputError } from '../source.ts';

/** Bytes that somebody has to close. */
export interface OpenSource extends ByteSource {
  /** Once more does nothing. */
  close(): void;
}

/** Bytes of a file that is open, which a program can be handed. */
export interface FileSource extends OpenSource {
  readonly fd: number;
  /** Where its first byte stands in that file. */
  readonly base: number;
}

/** @throws InputError where the file cannot be opened */
export function openFile(path: string): FileSource {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  const stat = fstatSync(fd);
  if (stat.isDirectory()) {
    closeSync(fd);
    throw new InputError({ file: path, sought: 'a dump or a log', found: 'a directory' });
  }
  return fileSource(path, fd, stat.isBlockDevice() ? deviceSize(fd) : stat.size);
}

/** Block devices (s390 dumps stand on them) say 0: the end is where reading stops, found by halving. */
function deviceSize(fd: number): number {
  const byte = Buffer.alloc(1);
  const readable = (at: number): boolean => {
    try {
      return readSync(fd, byte, 0, 1, at) === 1;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = 2 ** 50;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (readable(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param size bytes, or more than there are where nobody knows
 * @param base where its first byte stands in the file
 */
export function fileSource(name: string, fd: number, size: number, base = 0): FileSource {
  let isOpen = true;
  const readInto = (offset: number, into: Buffer): number => {
    const wanted = Math.max(0, Math.min(into.length, size - offset));
    if (!(wanted > 0) || !Number.isSafeInteger(offset) || offset < 0) return 0;
    let done = 0;
    while (done < wanted) {
      let n: number;
      try {
        n = readSync(fd, into, done, wanted - done, base + offset + done);
      } catch {
        break; // EIO of a bad disk, EFAULT of a page that /proc/kcore refuses: what is there is what was read
      }
      if (n === 0) break;
      done += n;
    }
    return done;
  };
  return {
    name,
    fd,
    base,
    size,
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
    read(offset, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)) || 0);
      return buffer.subarray(0, readInto(offset, buffer));
    },
    readInto,
  };
}

/** A stretch of a file that somebody else holds open. Plain data: the threads of a process share its descriptors. */
export interface Held {
  readonly fd: number;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** Closing it leaves the file open. */
export const heldSource = (name: string, { fd, offset, size }: Held): FileSource => ({
  ...fileSource(name, fd, size, offset),
  close: () => undefined,
});

/** The whole of it from the beginning, piece by piece. */
export function* chunksOf(source: ByteSource, size = 1 << 18): Generator<Buffer> {
  for (let at = 0; at < source.size; ) {
    const chunk = source.read(at, size);
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

function unreadable(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const hint = code === 'EACCES' || code === 'EPERM' ? 'dumps are usually readable by root only: try with sudo' : undefined;
  return new InputError(
    { file: path, sought: 'a dump or a log', found: phraseOf(error) ?? `an error: ${code || String(error)}`, hint },
    { cause: error },
  );
}
