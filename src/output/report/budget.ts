/** Blocks of a document that may only be so long. */
export class Budget {
  readonly #blocks: string[] = [];
  #left: number;

  /** @param most characters, with the blank lines between blocks */
  constructor(most: number) {
    this.#left = most;
  }

  /** What there is room for. */
  get left(): number {
    return this.#left;
  }

  /** Takes a block that fits. @returns whether it did */
  add(block: string): boolean {
    if (block.length + 2 > this.#left) return false;
    this.#blocks.push(block);
    this.#left -= block.length + 2;
    return true;
  }

  /** Sets room aside, or gives it back. */
  reserve(characters: number): void {
    this.#left -= characters;
  }

  get text(): string {
    return `${this.#blocks.join('\n\n')}\n`;
  }
}
