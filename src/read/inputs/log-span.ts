import type { PrintkRecord } from '../../record/record.ts';
import type { InputInfo } from '../info.ts';

export type Span = Pick<InputInfo['log'], 'records' | 'firstSeq' | 'lastSeq' | 'firstUptime' | 'lastUptime'>;

/** Counts a log's records as they pass by, and keeps the numbers and times of the first and the last. */
export class LogSpan {
  #facts: Span = { records: 0, firstSeq: undefined, lastSeq: undefined, firstUptime: undefined, lastUptime: undefined };

  see(batch: readonly PrintkRecord[]): void {
    const { records, firstSeq, lastSeq, firstUptime, lastUptime } = this.#facts;
    this.#facts = {
      records: records + batch.length,
      firstSeq: firstSeq ?? batch[0]?.seq,
      lastSeq: batch.at(-1)?.seq ?? lastSeq,
      firstUptime: firstUptime ?? uptimeOf(batch.find(isTimed)),
      lastUptime: uptimeOf(batch.findLast(isTimed)) ?? lastUptime,
    };
  }

  /** The same of records that another thread saw. */
  add(next: Span): void {
    const { records, firstSeq, lastSeq, firstUptime, lastUptime } = this.#facts;
    this.#facts = {
      records: records + next.records,
      firstSeq: firstSeq ?? next.firstSeq,
      lastSeq: next.lastSeq ?? lastSeq,
      firstUptime: firstUptime ?? next.firstUptime,
      lastUptime: next.lastUptime ?? lastUptime,
    };
  }

  get facts(): Span {
    return this.#facts;
  }
}

const isTimed = ({ usec }: PrintkRecord): boolean => usec !== undefined;

/** Seconds since boot. */
const uptimeOf = (record: PrintkRecord | undefined): number | undefined => (record?.usec === undefined ? undefined : record.usec / 1e6);
