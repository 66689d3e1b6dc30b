import { once } from 'node:events';

/** Bytes gathered before they are written. */
const CHUNK = 1 << 18;
/** Room for the text that fills a chunk. */
const ROOM = CHUNK + (1 << 16);
/** Shorter texts, in characters, are joined before they are encoded: a call for each line of a log takes longer. */
const SHORT = 1 << 12;

/** Milliseconds after which what was written is seen, however little it is. */
const SOON_MS = 50;

const NOTHING = Buffer.alloc(0);

/**
 * Writes to a stream in large pieces, waiting where the reader is slow: text as UTF-8, byte strings as latin1. What is written while
 * one waits for more input is not held back.
 */
export class StdoutWriter {
  /** Encoded: to join all texts into one and to encode that was a copy more of all that is written. */
  #piece = NOTHING;
  #used = 0;
  #short = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly encoding: 'utf8' | 'latin1',
    readonly stream: NodeJS.WritableStream = process.stdout,
  ) {}

  /**
   * Writes texts one after the other: to append one to the other first is to copy it.
   * @returns a promise only when it is time to wait
   */
  write(...texts: readonly string[]): Promise<void> | undefined {
    for (const text of texts) {
      if (text.length < SHORT) this.#short += text;
      if (text.length >= SHORT || this.#short.length >= SHORT) this.#encodeShort();
      if (text.length >= SHORT) this.#encode(text);
    }
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), SOON_MS).unref();
    return this.#used < CHUNK ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#encodeShort();
    const written = this.#piece.subarray(0, this.#used);
    // the stream keeps it until it is written
    this.#piece = NOTHING;
    this.#used = 0;
    if (written.length > 0 && !this.stream.write(written)) await once(this.stream, 'drain');
  }

  #encodeShort(): void {
    const text = this.#short;
    this.#short = '';
    if (text !== '') this.#encode(text);
  }

  #encode(text: string): void {
    const bytes = this.encoding === 'latin1' ? text.length : Buffer.byteLength(text);
    const needed = this.#used + bytes;
    if (needed > this.#piece.length) {
      const before = this.#piece.subarray(0, this.#used);
      this.#piece = Buffer.allocUnsafe(Math.max(ROOM, needed));
      before.copy(this.#piece);
    }
    // what every encoding has as the same bytes node copies as latin1 seven times as fast as it encodes it as UTF-8
    this.#used += this.#piece.write(text, this.#used, bytes === text.length ? 'latin1' : this.encoding);
  }
}
