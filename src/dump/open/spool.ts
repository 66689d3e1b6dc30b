import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../source.ts';
import { type FileSource, fileSource, heldSource } from './file-source.ts';

/** Longest run of zeros looked for at once; one block of any file system. */
const BLOCK = 4096;
const ZEROS = Buffer.alloc(BLOCK);

/**
 * Keeps a stream in an unlinked temporary file, so that it can be read by offset: dumps are read at random. Blocks of zeros become
 * holes. The file is gone when it is closed, or the process ends.
 */
export class Spool {
  readonly #fd: number;
  #size = 0;
  #stored = 0;

  constructor(readonly name: string) {
    const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-'));
    try {
      this.#fd = openSync(join(dir, 'spool'), 'wx+', 0o600);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  /** @throws InputError where the temporary space is full */
  write(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += BLOCK) {
      const block = chunk.subarray(at, at + BLOCK);
      if (!block.equals(block.length === BLOCK ? ZEROS : ZEROS.subarray(0, block.length))) this.#put(block, this.#size + at);
    }
    this.#size += chunk.length;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Bytes that take room: the rest are holes. */
  get stored(): number {
    return this.#stored;
  }

  source(): FileSource {
    ftruncateSync(this.#fd, this.#size);
    return fileSource(this.name, this.#fd, this.#size);
  }

  /** A stretch of what was written so far; closing it leaves the spool as it is. */
  region(name: string, offset: number, size: number): FileSource {
    ftruncateSync(this.#fd, this.#size);
    return heldSource(name, { fd: this.#fd, offset, size });
  }

  /** For a stream that came to nothing; else the source is what is closed. */
  close(): void {
    closeSync(this.#fd);
  }

  #put(block: Buffer, position: number): void {
    this.#stored += block.length;
    try {
      for (let done = 0; done < block.length; ) done += writeSync(this.#fd, block, done, block.length - done, position + done);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new InputError(
        { file: this.name, sought: `room for it in ${tmpdir()}`, found: code, hint: 'point TMPDIR at a file system with more space' },
        { cause: error },
      );
    }
  }
}
