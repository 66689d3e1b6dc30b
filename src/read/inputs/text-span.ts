import type { PrintkRecord } from '../../record/record.ts';
import type { InputInfo } from '../info.ts';
import { logSpan } from './dump-info.ts';
import type { LogInput } from './input.ts';

/** Counts a log's records while they pass by, keeping the first and the last. */
export class TextSpan {
  #records = 0;
  #first: PrintkRecord | undefined;
  #last: PrintkRecord | undefined;
  #lastTimed: PrintkRecord | undefined;

  see(batch: readonly PrintkRecord[]): void {
    this.#records += batch.length;
    this.#first ??= batch[0];
    this.#last = batch.at(-1) ?? this.#last;
    this.#lastTimed = batch.findLast(({ usec }) => usec !== undefined) ?? this.#lastTimed;
  }

  get lastRecord(): number | undefined {
    return this.#last?.seq;
  }

  /** Seconds since boot. */
  get lastUptime(): number | undefined {
    return this.#lastTimed?.usec === undefined ? undefined : this.#lastTimed.usec / 1e6;
  }

  /** What `info` says of a log in text form. */
  info(input: LogInput): InputInfo {
    const ends = [this.#first, this.#last].filter((record) => record !== undefined);
    return {
      schemaVersion: 1,
      source: input.name,
      container: { format: 'text' },
      log: { form: input.form, ...logSpan(ends), records: this.#records },
      warnings: [...input.losses],
    };
  }
}
