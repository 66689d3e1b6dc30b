import { EventPipeline } from '../../read/events/pipeline.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { FailOn, Watch } from '../fail-on.ts';
import { parseKinds } from './filter.ts';

/** Looks for events of some kinds in logs that pass by, for commands that have another purpose. */
export class KindWatch implements FailOn {
  readonly #kinds: ReadonlySet<string>;
  found = false;

  /** @throws UsageError naming the kind that is none */
  constructor(kinds: string) {
    this.#kinds = parseKinds(kinds, 'fail-on') ?? new Set();
  }

  begin(source: string, release?: string): Watch {
    const pipeline = new EventPipeline({ source, release });
    const look = (events: readonly { readonly kind: string }[]): void => {
      this.found ||= events.some(({ kind }) => this.#kinds.has(kind));
    };
    return { see: (records: readonly PrintkRecord[]) => look(pipeline.push(records)), end: () => look(pipeline.end()) };
  }
}
