import { Scan } from './scan.ts';

/** The scans under way: one of a search and one of a filter; a new one takes the place of the old. */
export class Scans {
  readonly #open = new Map<'search' | 'filter', Scan>();

  /** The scan of this key, begun if it is new. */
  use(kind: 'search' | 'filter', key: string, count: () => number, test: () => (row: number) => boolean): Scan {
    const open = this.#open.get(kind);
    if (open?.key === key) return open;
    const scan = new Scan(key, count, test());
    this.#open.set(kind, scan);
    // what is small is there at once
    scan.step();
    return scan;
  }

  /** Something is left to look at. */
  get busy(): boolean {
    return [...this.#open.values()].some(({ done }) => !done);
  }

  step(): void {
    for (const scan of this.#open.values()) scan.step();
  }
}
