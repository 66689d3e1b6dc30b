const NEWLINE = 0x0a;

/** Lines of a stream of bytes, given as they are complete. */
export class Lines {
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param line told of each, without its end */
  constructor(readonly line: (bytes: Buffer) => void) {}

  /** Bytes of a line that is not complete. */
  get waiting(): number {
    return this.#length;
  }

  push(data: Buffer): void {
    for (let at = 0; at < data.length; ) {
      const end = data.indexOf(NEWLINE, at);
      const piece = data.subarray(at, end < 0 ? undefined : end);
      this.#pieces.push(piece);
      this.#length += piece.length;
      if (end < 0) return;
      const whole = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
      this.#pieces = [];
      this.#length = 0;
      this.line(whole);
      at = end + 1;
    }
  }
}
