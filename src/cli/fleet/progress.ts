/** Milliseconds between two drawings. */
const PAUSE = 100;

/** One line on stderr that is drawn over again; only where stderr is a terminal that somebody looks at. */
export class ProgressLine {
  readonly #shows: boolean;
  #drawn = false;
  #next = 0;

  constructor(quiet: boolean | undefined) {
    this.#shows = process.stderr.isTTY === true && !quiet;
  }

  /** @param text what is being done; short */
  draw(text: string): void {
    if (!this.#shows || Date.now() < this.#next) return;
    this.#next = Date.now() + PAUSE;
    this.#drawn = true;
    process.stderr.write(`\r\x1b[K${text}`);
  }

  /** Before anything else is written to the terminal, and at the end. */
  clear(): void {
    if (this.#drawn) process.stderr.write('\r\x1b[K');
    this.#drawn = false;
    this.#next = 0;
  }
}
