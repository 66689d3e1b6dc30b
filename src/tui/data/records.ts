import type { PrintkRecord } from '../../record/record.ts';

const NONE = -1;

/**
 * The lines of a log in columns: a million of them take the memory of their text and some forty bytes each. A record of several lines
 * takes a row for each; rows are counted from 0.
 */
export class RecordStore {
  #count = 0;
  #records = 0;
  #seq = new Float64Array(1024);
  #usec = new Float64Array(1024);
  #wall: Float64Array | undefined;
  #level = new Int8Array(1024);
  #caller = new Uint32Array(1024);
  #owner = new Uint32Array(1024);
  #text: string[] = [];
  readonly #callers: string[] = [''];
  readonly #callerIndex = new Map<string, number>([['', 0]]);
  #ascending = true;
  /** Rows by sequence number, only where numbers do not rise. */
  #bySeq: Map<number, number> | undefined;

  /** Rows: lines of the log. */
  get count(): number {
    return this.#count;
  }

  /** Records, of one line or several. */
  get records(): number {
    return this.#records;
  }

  /** Whether records name who printed them. */
  get hasCallers(): boolean {
    return this.#callers.length > 1;
  }

  push(records: readonly PrintkRecord[]): void {
    for (const record of records) {
      if (!record.text.includes('\n')) this.#add(record, record.text, true);
      else for (const [i, line] of record.text.split('\n').entries()) this.#add(record, line, i === 0);
    }
  }

  #add(record: PrintkRecord, text: string, first: boolean): void {
    const at = this.#count;
    if (at === this.#seq.length) this.#grow();
    if (first) this.#records++;
    if (first && at > 0 && record.seq <= this.#seq[at - 1]!) this.#ascending = false;
    this.#seq[at] = record.seq;
    this.#usec[at] = record.usec ?? NONE;
    this.#level[at] = record.level ?? NONE;
    this.#caller[at] = this.#intern(record.callerId ?? '');
    if (record.wall !== undefined) {
      this.#wall ??= new Float64Array(this.#seq.length).fill(NONE);
      this.#wall[at] = record.wall.usec;
    } else if (this.#wall !== undefined) this.#wall[at] = NONE;
    this.#text.push(text);
    this.#bySeq?.set(record.seq, this.#bySeq.get(record.seq) ?? at);
    this.#count++;
  }

  #intern(caller: string): number {
    const known = this.#callerIndex.get(caller);
    if (known !== undefined) return known;
    if (this.#callers.length >= 100_000) return 0; // a forged log may name as many as it has lines
    this.#callerIndex.set(caller, this.#callers.length);
    return this.#callers.push(caller) - 1;
  }

  #grow(): void {
    const size = this.#seq.length * 2;
    const larger = <T extends Float64Array | Int8Array | Uint32Array>(column: T, next: T): T => {
      next.set(column);
      return next;
    };
    this.#seq = larger(this.#seq, new Float64Array(size));
    this.#usec = larger(this.#usec, new Float64Array(size));
    if (this.#wall) this.#wall = larger(this.#wall, new Float64Array(size));
    this.#level = larger(this.#level, new Int8Array(size));
    this.#caller = larger(this.#caller, new Uint32Array(size));
    this.#owner = larger(this.#owner, new Uint32Array(size));
  }

  seq(row: number): number {
    return this.#seq[row] ?? NONE;
  }

  /** Seconds since boot. */
  time(row: number): number | undefined {
    const usec = this.#usec[row];
    return usec === undefined || usec === NONE ? undefined : usec / 1e6;
  }

  /** Microseconds since 1970, where the text itself states it. */
  wall(row: number): number | undefined {
    const usec = this.#wall?.[row];
    return usec === undefined || usec === NONE ? undefined : usec;
  }

  level(row: number): number | undefined {
    const level = this.#level[row];
    return level === undefined || level === NONE ? undefined : level;
  }

  caller(row: number): string {
    return this.#callers[this.#caller[row] ?? 0] ?? '';
  }

  /** The byte string of the line. */
  text(row: number): string {
    return this.#text[row] ?? '';
  }

  /** Index of the event that the row belongs to, or -1. */
  owner(row: number): number {
    return (this.#owner[row] ?? 0) - 1;
  }

  /** Gives the rows of a record to an event, unless another has them. */
  own(seq: number, event: number): void {
    for (let row = this.rowOf(seq); row >= 0 && row < this.#count && this.#seq[row] === seq; row++) {
      if (this.#owner[row] === 0) this.#owner[row] = event + 1;
    }
  }

  /** The row that begins a new record, not a further line of one. */
  startsRecord(row: number): boolean {
    return row === 0 || this.#seq[row] !== this.#seq[row - 1];
  }

  /** The first row of a record, or -1. */
  rowOf(seq: number): number {
    if (!this.#ascending) {
      this.#bySeq ??= this.#indexed();
      return this.#bySeq.get(seq) ?? NONE;
    }
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#seq[middle]! < seq) low = middle + 1;
      else high = middle;
    }
    return this.#seq[low] === seq && low < this.#count ? low : NONE;
  }

  #indexed(): Map<number, number> {
    const index = new Map<number, number>();
    for (let row = 0; row < this.#count; row++) if (!index.has(this.#seq[row]!)) index.set(this.#seq[row]!, row);
    return index;
  }
}
