import type { Line } from './line.ts';
import type { ReportNode } from './nodes.ts';

/** The nodes of a line; their `line` is its index in the report where it was first read. */
export interface ReadLine {
  /** The row that it was read as: in another family's report the same text may be another. */
  readonly row: Line;
  readonly nodes: readonly ReportNode[];
  readonly damaged: boolean;
}

/** A line that is kept. */
export interface KeptLine extends ReadLine {
  /** It opens nothing, and its row is what the family's table says of its text alone: wherever it comes again, it is the same. */
  readonly follows: boolean;
}

/** Upper bound on the text, in characters, that the memory keeps alive. */
const LIMIT = 1 << 18;
/** Hashes of lines that were met. */
const MOST_MET = 1 << 15;

/**
 * Lines of a family's reports and what they were read as. Frames, hardware, modules, code and labels come again word for word in every
 * report of a kernel, and a line is read for itself: a report whose like was seen costs a third. Registers seldom do, so a line is kept
 * when it is met for the second time: nodes that nobody asks for again would only keep the garbage collector busy (a quarter of the time
 * of reading).
 */
export class LineMemory {
  readonly #lines = new Map<string, KeptLine>();
  /** Of lines that were met once, the hash alone: they are slices of a log that would stay in memory with them. */
  readonly #met = new Set<number>();
  #held = 0;

  get(line: string): KeptLine | undefined {
    return this.#lines.get(line);
  }

  /** Notes that a line is met. @returns whether it was before, and is to be kept: as a copy, since its nodes hold slices of it */
  meets(line: string): boolean {
    const hash = hashOf(line);
    if (this.#met.has(hash)) return true;
    if (this.#met.size >= MOST_MET) this.#met.clear();
    this.#met.add(hash);
    return false;
  }

  /** @param line a copy: a slice would keep the piece of the log alive that it was read in */
  keep(line: string, read: KeptLine): void {
    this.#held += line.length;
    if (this.#held > LIMIT) {
      this.#lines.clear();
      this.#held = line.length;
    }
    this.#lines.set(line, read);
  }
}

/** Two lines of one hash cost no more than one that is kept too early. */
function hashOf(line: string): number {
  let hash = line.length;
  for (let i = 0; i < line.length; i++) hash = (Math.imul(hash, 31) + line.charCodeAt(i)) | 0;
  return hash;
}
