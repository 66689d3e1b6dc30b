import { once } from 'node:events';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

/** Writes to a stream in large pieces, waiting where the reader is slow: text as UTF-8, byte strings as latin1. */
export class StdoutWriter {
  #pending = '';

  constructor(
    readonly encoding: 'utf8' | 'latin1',
    readonly stream: NodeJS.WritableStream = process.stdout,
  ) {}

  /** @returns a promise only when it is time to wait */
  write(text: string): Promise<void> | undefined {
    this.#pending += text;
    return this.#pending.length < CHUNK ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text && !this.stream.write(text, this.encoding)) await once(this.stream, 'drain');
  }
}
