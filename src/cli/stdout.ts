import { once } from 'node:events';

/** Characters gathered before they are written. */
const CHUNK = 1 << 18;

/** Milliseconds after which what was written is seen, however little it is. */
const SOON_MS = 50;

/**
 * Writes to a stream in large pieces, waiting where the reader is slow: text as UTF-8, byte strings as latin1. What is written while
 * one waits for more input is not held back.
 */
export class StdoutWriter {
  #pending = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly encoding: 'utf8' | 'latin1',
    readonly stream: NodeJS.WritableStream = process.stdout,
  ) {}

  /** @returns a promise only when it is time to wait */
  write(text: string): Promise<void> | undefined {
    this.#pending += text;
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), SOON_MS).unref();
    return this.#pending.length < CHUNK ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#pending;
    this.#pending = '';
    if (text && !this.stream.write(text, isAscii(text) ? 'latin1' : this.encoding)) await once(this.stream, 'drain');
  }
}

/** Characters that every encoding has as the same bytes; node copies them as latin1 seven times as fast as it encodes them as UTF-8. */
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;
