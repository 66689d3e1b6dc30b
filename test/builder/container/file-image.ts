import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Extent } from '../image/sparse-memory.ts';

/** A file of which only the extents are stored: a dump of 64 GiB takes a few MB here, and on disk. */
export interface FileImage {
  readonly size: number;
  /** In the order in which they are written: later ones win. */
  readonly extents: readonly Extent[];
}

export function toBuffer(file: FileImage): Buffer {
  const out = Buffer.alloc(file.size);
  for (const e of file.extents) e.data.copy(out, e.offset);
  return out;
}

export const fromBuffer = (bytes: Buffer): FileImage => ({ size: bytes.length, extents: [{ offset: 0, data: bytes }] });

/** At most `length` bytes from `offset`, without making the file. */
export function readAt(file: FileImage, offset: number, length: number): Buffer {
  const out = Buffer.allocUnsafe(Math.max(0, Math.min(length, file.size - offset)));
  readInto(file, offset, out);
  return out;
}

/** The same into a buffer. @returns how many bytes there were */
export function readInto(file: FileImage, offset: number, into: Buffer): number {
  const length = Math.max(0, Math.min(into.length, file.size - offset));
  into.fill(0, 0, length);
  for (const e of file.extents) {
    const from = Math.max(offset, e.offset);
    const to = Math.min(offset + length, e.offset + e.data.length);
    if (from < to) e.data.copy(into, from - offset, from - e.offset, to - e.offset);
  }
  return length;
}

/** Writes the file with holes. */
function writeSparse(file: FileImage, path: string): void {
  const fd = openSync(path, 'w');
  try {
    for (const e of file.extents) writeSync(fd, e.data, 0, e.data.length, e.offset);
    ftruncateSync(fd, file.size);
  } finally {
    closeSync(fd);
  }
}

/** Runs `use` with the files on disk in a fresh directory that goes away afterwards. */
export function withFiles<T>(files: readonly FileImage[], use: (paths: string[], dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-builder-'));
  try {
    return use(writeAll(files, dir), dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function withFilesAsync<T>(files: readonly FileImage[], use: (paths: string[], dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-builder-'));
  try {
    return await use(writeAll(files, dir), dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const writeAll = (files: readonly FileImage[], dir: string): string[] =>
  files.map((file, i) => {
    const path = join(dir, `vmcore${files.length > 1 ? `.${i}` : ''}`);
    writeSparse(file, path);
    return path;
  });
