import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What of the file is read at once. */
const AHEAD_BYTES = 1 << 20;

/** A file that is read at offsets, mostly one behind the other. */
export class PieceFile {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(AHEAD_BYTES);
  #at = 0;
  #length = 0;

  /** @throws what the system throws; Error where another file has taken the name */
  constructor({ path, device, inode }: { readonly path: string; readonly device: number; readonly inode: number }) {
    this.#fd = openSync(path, 'r');
    const { dev, ino } = fstatSync(this.#fd);
    if (dev === device && ino === inode) return;
    closeSync(this.#fd);
    throw new Error(`${path} is another file now`);
  }

  /** Up to so many bytes; fewer at the end of the file alone. They stand in memory that the next call reuses. */
  read(offset: number, bytes: number): Buffer {
    if (offset < this.#at || offset + bytes > this.#at + this.#length) {
      this.#at = offset;
      this.#length = 0;
      while (this.#length < bytes) {
        const got = readSync(this.#fd, this.#buffer, this.#length, AHEAD_BYTES - this.#length, offset + this.#length);
        if (got === 0) break;
        this.#length += got;
      }
    }
    return this.#buffer.subarray(offset - this.#at, Math.min(offset - this.#at + bytes, this.#length));
  }

  close(): void {
    closeSync(this.#fd);
  }
}
