import type { Event } from '../event/event.ts';
import type { PrintkRecord } from '../record/record.ts';

export interface PipelineOptions {
  /** The FILE as given: `source` of its events. */
  readonly source: string;
  /** Kernel release that a dump states; text logs state theirs in the banner or the report. */
  readonly release?: string | undefined;
  /** Adds the report's records to each event (`--raw`). */
  readonly raw?: boolean | undefined;
}

/** Records in, events out, in log order; memory is bounded by what reports are open. */
export class EventPipeline {
  constructor(readonly options: PipelineOptions) {}

  /** Takes a batch. @returns the events that are now complete. */
  push(_records: readonly PrintkRecord[]): Event[] {
    return [];
  }

  /** The log ended. @returns the events that were still open. */
  end(): Event[] {
    return [];
  }
}
