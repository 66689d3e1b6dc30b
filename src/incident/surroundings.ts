import type { LogNotes } from '../record/log-notes.ts';

/** What is known of an input besides its events. */
export interface Surroundings {
  /** Kernel build id that the dump states. */
  readonly buildId?: string | undefined;
  /** Sequence number of the log's last record: whether anything follows a report. */
  readonly lastRecord?: number | undefined;
  /** Seconds since boot of the log's last record. */
  readonly lastUptime?: number | undefined;
  /** The input is a dump, which crash and drgn can open. */
  readonly isDump?: boolean | undefined;
  /** What records tell that belong to no report. */
  readonly notes?: LogNotes | undefined;
}
