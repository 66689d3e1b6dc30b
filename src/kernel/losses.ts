import type { ReadState } from '../memory/virtual.ts';

/** What could not be read of a kernel's objects, and why: said with every answer. */
export class Losses {
  readonly #pages = new Map<string, Set<bigint>>();
  readonly #members = new Set<string>();
  readonly #stops = new Set<string>();

  /** Forgets all: a new question. */
  clear(): void {
    this.#pages.clear();
    this.#members.clear();
    this.#stops.clear();
  }

  /** A page that is not there. */
  page(page: bigint, state: ReadState): void {
    const pages = this.#pages.get(state) ?? new Set();
    this.#pages.set(state, pages.add(page));
  }

  /** A member that no structure of this kernel has. */
  member(type: string | number, path: string): void {
    this.#members.add(`${type}.${path}`);
  }

  /** How many lists and trees ended early since the beginning. */
  breaks = 0;

  /** A list or tree that ended before its end. */
  stop(reason: string): void {
    this.breaks++;
    if (this.#stops.size < MAX_STOPS) this.#stops.add(reason);
  }

  /** Pages by why they are not there. */
  get pages(): ReadonlyMap<string, ReadonlySet<bigint>> {
    return this.#pages;
  }

  get members(): ReadonlySet<string> {
    return this.#members;
  }

  get stops(): ReadonlySet<string> {
    return this.#stops;
  }
}

/** A damaged dump may end thousands of lists; that many reasons tell enough. */
const MAX_STOPS = 64;
