import { once } from 'node:events';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

/** Writes text as UTF-8 in large pieces, waiting where the reader is slow; the twin of ByteWriter, which takes byte strings. */
export class Utf8Writer {
  #pending = '';

  constructor(readonly stream: NodeJS.WritableStream = process.stdout) {}

  /** @returns a promise only when it is time to wait */
  write(text: string): Promise<void> | undefined {
    this.#pending += text;
    return this.#pending.length < CHUNK ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text && !this.stream.write(text)) await once(this.stream, 'drain');
  }
}
