import type { Report } from '../report/report.ts';
import type { Draft } from './facts/draft.ts';

/** What a builder may know besides the lines of its report. */
export interface BuildContext {
  /** The event before it in the same boot: a panic may follow from an oops. */
  readonly previous: Draft | undefined;
  /** Kernel release of the boot, where the log or the dump names one. */
  readonly release?: string | undefined;
}

/** Makes an event of a report of its family; undefined where the lines say too little. */
export type Builder = (report: Report, context: BuildContext) => Draft | undefined;
