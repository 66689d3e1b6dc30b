import type { PrintkRecord } from '../../record/record.ts';
import type { InputInfo } from '../info.ts';

type Span = Pick<InputInfo['log'], 'records' | 'firstSeq' | 'lastSeq' | 'firstUptime' | 'lastUptime'>;

/** Counts a log's records as they pass by, and keeps the numbers and times of the first and the last. */
export class LogSpan {
  #records = 0;
  #first: PrintkRecord | undefined;
  #last: PrintkRecord | undefined;
  #firstTimed: PrintkRecord | undefined;
  #lastTimed: PrintkRecord | undefined;

  see(batch: readonly PrintkRecord[]): void {
    this.#records += batch.length;
    this.#first ??= batch[0];
    this.#last = batch.at(-1) ?? this.#last;
    this.#firstTimed ??= batch.find(isTimed);
    this.#lastTimed = batch.findLast(isTimed) ?? this.#lastTimed;
  }

  get facts(): Span {
    return {
      records: this.#records,
      firstSeq: this.#first?.seq,
      lastSeq: this.#last?.seq,
      firstUptime: uptimeOf(this.#firstTimed),
      lastUptime: uptimeOf(this.#lastTimed),
    };
  }
}

const isTimed = ({ usec }: PrintkRecord): boolean => usec !== undefined;

/** Seconds since boot. */
const uptimeOf = (record: PrintkRecord | undefined): number | undefined => (record?.usec === undefined ? undefined : record.usec / 1e6);
