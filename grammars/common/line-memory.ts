import type { Line } from './line.ts';
import type { ReportNode } from './nodes.ts';

/** The nodes of a line; their `line` is its index in the report where it was first read. */
export interface ReadLine {
  /** The row that it was read as: in another family's report the same text may be another. */
  readonly row: Line;
  readonly nodes: ReportNode[];
  readonly damaged: boolean;
}

/** Upper bound on the text, in characters, that the memory keeps alive. */
const LIMIT = 1 << 18;

/**
 * Lines and what they were read as. Frames, hardware, modules, code and labels come again word for word in every report of a kernel,
 * and a line is read for itself: a report whose like was seen costs a third. Registers seldom do, so a line is kept when it is met
 * for the second time: nodes that nobody asks for again would only keep the garbage collector busy (a quarter of the time of reading).
 */
export class LineMemory {
  readonly #lines = new Map<string, ReadLine>();
  readonly #met = new Set<string>();
  #held = 0;

  get(line: string): ReadLine | undefined {
    return this.#lines.get(line);
  }

  /** Makes room for what is about to be read; false where it is too much to be kept. */
  makeRoom(characters: number): boolean {
    if (characters > LIMIT / 4) return false;
    this.#held += characters;
    if (this.#held > LIMIT) {
      this.#lines.clear();
      this.#met.clear();
      this.#held = characters;
    }
    return true;
  }

  set(line: string, read: ReadLine): void {
    if (this.#met.has(line)) this.#lines.set(line, read);
    else this.#met.add(line);
  }
}
