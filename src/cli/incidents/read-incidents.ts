import type { Event, RawRecord } from '../../event/event.ts';
import { type Correlation, correlate } from '../../incident/correlate.ts';
import type { InputInfo } from '../../output/info.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { readEvents } from '../events/read-events.ts';
import type { LogInput } from '../inputs/input.ts';
import { TextSpan } from '../inputs/text-span.ts';

/** Everything that is known of one input once it was read. */
export interface ReadIncidents extends Correlation {
  readonly info: InputInfo;
  readonly events: readonly Event[];
  /** The first records of each event's report, by its id; only where asked for. */
  readonly heads: ReadonlyMap<string, readonly RawRecord[]>;
}

/** Records kept of a report for the decisive excerpt. */
const HEAD = 40;

/** Reads one input to its end and correlates its events. */
export async function readIncidents(input: LogInput, options: { readonly heads?: boolean } = {}): Promise<ReadIncidents> {
  const span = new TextSpan();
  const events: Event[] = [];
  const heads = new Map<string, readonly RawRecord[]>();
  const batches = (async function* (): AsyncGenerator<readonly PrintkRecord[]> {
    for await (const batch of input.batches) {
      span.see(batch);
      yield batch;
    }
  })();
  for await (const { raw, ...event } of readEvents({ ...input, batches }, { raw: options.heads })) {
    events.push(event);
    if (raw !== undefined) heads.set(event.id, raw.slice(0, HEAD));
  }
  const info = (await input.info?.()) ?? span.info(input);
  const around = {
    isDump: input.dump !== undefined,
    buildId: info.kernel?.buildIdDoubtful ? undefined : info.kernel?.buildId,
    lastRecord: span.lastRecord,
    lastUptime: span.lastUptime,
  };
  return { info, events, heads, ...correlate(events, around) };
}
