import type { Family, Form } from '../../grammars/common/family.ts';
import type { LogLine } from './line.ts';

/** Why a report ended. */
export type Ending = 'closed' | 'next-report' | 'silence' | 'end-of-log' | 'new-boot' | 'too-long' | 'crowded-out';

/** One kernel report: the block of lines that belong to it, and those that came between. */
export interface Report {
  readonly family: Family;
  /** The form of its decisive head: where `cut here` was followed by `WARNING:`, that of the warning. */
  readonly form: Form;
  /** Index in {@link lines} of the decisive head. */
  readonly headIndex: number;
  readonly lines: readonly LogLine[];
  /** Lines that stood between its lines and are not its own: other tasks' and CPUs' messages, user-space output. */
  readonly strangers: readonly LogLine[];
  /** Which boot of the log, from 0. */
  readonly boot: number;
  readonly callerId: string | undefined;
  readonly ending: Ending;
  /** Nothing came after its last line: the log, or the boot, ended with it. */
  readonly endsLog: boolean;
  /** A stack frame was seen after the head. */
  readonly hasFrame: boolean;
  /** printk said that it dropped messages while the report was printed. */
  readonly dropped: boolean;
  /** Lines of two reports in one context could not be told apart. */
  readonly mixed: boolean;
  /** Order in which reports began, from 0; {@link inside} names another report's. */
  readonly ordinal: number;
  /** The report within which this one began: a second fault inside the first. */
  readonly inside: number | undefined;
  /** The report that cut this one off before its stack: the same context printed it, so its stack is of the same call. */
  readonly cutBy: Report | undefined;
}

/** A report of a growing log that is still being printed. */
export interface GrowingReport {
  /** What its head says: a byte string. */
  readonly head: string;
  /** Number of its first record. */
  readonly first: number;
  /** Lines so far. */
  readonly lines: number;
}
