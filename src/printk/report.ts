import type { LogGeneration } from '../memory/vmcoreinfo.ts';

/** Records that should be there and are not, by sequence number, both ends included. */
interface LostRange {
  readonly first: number;
  readonly last: number;
  readonly why: string;
}

/** What reading a log found out besides its records; filled while records are drawn. */
export interface LogReport {
  readonly generation: LogGeneration;
  /** Bytes of text buffer. */
  bufferBytes: number;
  /** Descriptors of a lockless ring. */
  capacity?: number;
  records: number;
  /** Oldest records that the ring has overwritten: no damage, but not there. Known where records carry sequence numbers. */
  overwritten: number;
  /** Records of the early static ring that the dynamic one has overwritten or never held. */
  early: number;
  /** Messages that the kernel itself could not store (prb.fail). */
  dropped: number;
  /** Descriptors reserved and not committed: their writers were interrupted by the crash. */
  inFlight: number;
  readonly lost: LostRange[];
  /** Further ranges, of which there were too many to name each. */
  lostMore?: number;
  /** Descriptors whose content contradicts itself. */
  invalid: number;
  /** One line each: what could not be read as it should. */
  readonly problems: string[];
  /** Why reading ended before the last record, where it did. */
  stopped?: string;
}

export const newReport = (generation: LogGeneration): LogReport => ({
  generation,
  bufferBytes: 0,
  records: 0,
  overwritten: 0,
  early: 0,
  dropped: 0,
  inFlight: 0,
  lost: [],
  invalid: 0,
  problems: [],
});

/** Longest list of ranges kept; what a hostile ring adds beyond it is only counted. */
const MAX_RANGES = 1000;

export function lose(report: LogReport, seq: number, why: string, count = 1): void {
  const before = report.lost.at(-1);
  const last = seq + count - 1;
  if (before && before.last + 1 === seq && before.why === why) report.lost[report.lost.length - 1] = { ...before, last };
  else if (report.lost.length < MAX_RANGES) report.lost.push({ first: seq, last, why });
  else report.lostMore = (report.lostMore ?? 0) + 1;
}
