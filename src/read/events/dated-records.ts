import type { PrintkRecord } from '../../record/record.ts';
import { EventClock } from './anchor.ts';

/** Records that wait for the line that dates them, at most: more than a machine prints while it boots. */
const MAX_HELD = 1 << 16;

/** A text log whose records are held back until it is known what dates them: what the RTC's driver says, soon after the machine began. */
export class DatedRecords {
  readonly #clock = new EventClock();

  /** @param held false where nobody shall wait (a log that is followed) */
  constructor(
    readonly batches: AsyncIterable<readonly PrintkRecord[]>,
    readonly held: boolean,
  ) {}

  /** Of a record that was given out: microseconds since 1970. */
  wallOf(r: PrintkRecord): number | undefined {
    if (r.wall !== undefined || r.usec === undefined) return r.wall?.usec;
    const anchor = this.#clock.anchor(undefined, r.seq);
    return anchor && anchor.bootUsec + r.usec;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly PrintkRecord[]> {
    let held: PrintkRecord[] = [];
    for await (const batch of this.batches) {
      this.#clock.see(batch);
      for (const record of batch) held.push(record);
      if (this.held && held.length < MAX_HELD && this.#clock.isOpen && !held.some((r) => r.wall)) continue;
      yield held;
      held = [];
    }
    yield held;
  }
}
