import type { MachineFacts } from '../event/event.ts';
import type { LogNotes } from '../record/log-notes.ts';

/** What is known of an input besides its events. */
export interface Surroundings {
  /** The kernel's build id, as the dump has it. */
  readonly buildId?: string | undefined;
  /** Sequence number of the log's last record: whether anything follows a report. */
  readonly lastRecord?: number | undefined;
  /** Seconds since boot of the log's last record. */
  readonly lastUptime?: number | undefined;
  /** Not all reports are held: what is counted of them is what there is at least. */
  readonly isPart?: boolean | undefined;
  /** The input is a dump, which crash and drgn can open. */
  readonly isDump?: boolean | undefined;
  /** The file that the input is, where a command can name it: no pipe, nothing within an archive. */
  readonly file?: string | undefined;
  /** What the memory of the dump says, where it was asked. */
  readonly machine?: MachineFacts | undefined;
  /** What records outside any report say. */
  readonly notes?: LogNotes | undefined;
}
