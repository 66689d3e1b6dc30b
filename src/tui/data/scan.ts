import { decodeText } from '../../record/decode-text.ts';

/** Rows looked at in one go: of a table whose rows are drawn to be searched some milliseconds. */
const SCAN_STEP = 500;

/** Finds the rows that pass a test, some at a time, so that a million rows never keep a key waiting. */
export class Scan {
  /** Rows that pass, rising. */
  readonly found: number[] = [];
  /** Rows looked at. */
  upTo = 0;

  constructor(
    /** What is sought: an equal key means that this scan serves. */
    readonly key: string,
    private readonly count: () => number,
    private readonly test: (row: number) => boolean,
  ) {}

  /** Everything that is there was looked at. */
  get done(): boolean {
    return this.upTo >= this.count();
  }

  /** Looks at some more rows. @returns whether any were left */
  step(rows = SCAN_STEP): boolean {
    const end = Math.min(this.count(), this.upTo + rows);
    const before = this.upTo;
    for (; this.upTo < end; this.upTo++) if (this.test(this.upTo)) this.found.push(this.upTo);
    return end > before;
  }

  /** Place in {@link found} of the first row that is at or after this one. */
  placeOf(row: number): number {
    let [low, high] = [0, this.found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.found[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The query as a pattern for text as people read it: plain text; a capital letter makes case count, as in less -i. */
export const pattern = (query: string): RegExp =>
  new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), query === query.toLowerCase() ? 'i' : '');

/** The same for byte strings of the log. */
export function bytePattern(query: string): RegExp {
  const bytes = Buffer.from(query, 'utf8').toString('latin1');
  return pattern(decodeText(bytes) === bytes ? query : bytes);
}

/** A test for several filters at once: all must hold, `!text` hides what matches. */
export function filterTest(filters: readonly string[], compile: (query: string) => RegExp = pattern): (text: string) => boolean {
  const tests = filters
    .filter((filter) => filter !== '' && filter !== '!')
    .map((filter) => (filter.startsWith('!') ? { wanted: false, re: compile(filter.slice(1)) } : { wanted: true, re: compile(filter) }));
  return (text) => tests.every(({ wanted, re }) => re.test(text) === wanted);
}
