import { closeSync, existsSync, fstatSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Extent } from '../dump/kdump-write.ts';
import { InputError } from '../dump/source.ts';

/** Zeros are written in pieces of this size where there can be no holes. */
const ZEROS = Buffer.alloc(1 << 16);

/**
 * Writes a sparse file: beside the one it replaces, and in its place only when it is whole. What is no file (a device, a pipe) is
 * written in order.
 * @throws InputError where the system refuses
 */
export function writeExtents(path: string, extents: readonly Extent[]): void {
  try {
    if (path === '-') inOrder(1, extents);
    else if (isOther(path)) withFile(path, 'w', (fd) => inOrder(fd, extents));
    else replace(path, extents);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'EPIPE') throw error; // the reader has seen enough
    throw new InputError({ file: path, sought: 'to write the trimmed dump', found: `an error: ${code}` }, { cause: error });
  }
}

/** Something that is there and no file. */
const isOther = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === false;

function replace(path: string, extents: readonly Extent[]): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const aside = join(dirname(target), `.lastkmsg-${process.pid}.tmp`);
  try {
    withFile(aside, 'wx', (fd) => {
      for (const { offset, data } of extents) whole(fd, data, offset);
    });
    renameSync(aside, target);
  } finally {
    rmSync(aside, { force: true });
  }
}

function withFile(path: string, flags: string, use: (fd: number) => void): void {
  const fd = openSync(path, flags);
  try {
    use(fd);
  } finally {
    closeSync(fd);
  }
}

function inOrder(fd: number, extents: readonly Extent[]): void {
  let at = 0;
  for (const { offset, data } of extents) {
    for (; at < offset; at += Math.min(ZEROS.length, offset - at)) whole(fd, ZEROS.subarray(0, offset - at), undefined);
    whole(fd, data, undefined);
    at += data.length;
  }
}

function whole(fd: number, data: Buffer, offset: number | undefined): void {
  for (let done = 0; done < data.length; ) {
    try {
      done += writeSync(fd, data, done, data.length - done, offset === undefined ? null : offset + done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a pipe that does not block, and is full
    }
  }
}

/** Whether two names lead to one file. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [statOf(a), statOf(b)];
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino && one.isFile();
}

const statOf = (name: string) => (name === '-' ? fstatSync(0, { bigint: true }) : statSync(name, { bigint: true, throwIfNoEntry: false }));
