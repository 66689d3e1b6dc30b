import type { Event } from '../../event/event.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { GrowingReport } from '../../report/report.ts';
import { Happenings, type PipelineOptions } from './happenings.ts';
import { Story } from './story.ts';

/** Records in, events out, in log order; memory is bounded by what reports are open. */
export class EventPipeline {
  readonly #happenings: Happenings;
  readonly #story: Story;

  constructor(options: PipelineOptions) {
    this.#happenings = new Happenings(options);
    this.#story = new Story(options.notes);
  }

  /** Stacks so far that belong to no event (contract.md "What was understood of an input"). */
  get unclaimed(): number {
    return this.#story.unclaimed;
  }

  /** Takes a batch. @returns the events that are now complete. */
  push(records: readonly PrintkRecord[]): Event[] {
    return this.#story.take(this.#happenings.push(records));
  }

  /** A growing log has paused. @returns the events that have nothing more to wait for. */
  pause(): Event[] {
    return [...this.#story.take(this.#happenings.pause()), ...this.#story.pause()];
  }

  /** The report that is still being printed, where one is. */
  get growing(): GrowingReport | undefined {
    return this.#happenings.growing;
  }

  /** The log ended, or a growing one has gone quiet. @returns the events that were still open. */
  end(why: 'end-of-log' | 'silence' = 'end-of-log'): Event[] {
    return [...this.#story.take(this.#happenings.end(why)), ...this.#story.end()];
  }
}
