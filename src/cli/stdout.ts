import { once } from 'node:events';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

/** Writes byte strings (latin1) to a stream in large pieces, waiting where the reader is slow. */
export class ByteWriter {
  #pending = '';

  constructor(readonly stream: NodeJS.WritableStream = process.stdout) {}

  /** @returns a promise only when it is time to wait */
  write(bytes: string): Promise<void> | undefined {
    this.#pending += bytes;
    return this.#pending.length < CHUNK ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.#pending, 'latin1');
    this.#pending = '';
    if (bytes.length > 0 && !this.stream.write(bytes)) await once(this.stream, 'drain');
  }
}
