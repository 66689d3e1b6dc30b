/** Milliseconds: as long as an input or two are read. */
const APART_MS = 8;

/**
 * What is said to the server in turns: the client writes at once whatever is said within one turn of the event loop, and each write costs both
 * sides as much as what is in it.
 */
export class Beat {
  #next: Promise<void> | undefined;

  /** The next turn. What waits for it goes on together, and speaks before it waits for anything else. */
  next(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#next = undefined;
        resolve();
      }, APART_MS);
    });
    return this.#next;
  }
}
