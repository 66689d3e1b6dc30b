import type { Event } from '../../event/event.ts';
import { eventSummary } from '../../output/text/summary.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { readEvents } from '../events/read-events.ts';
import { EXIT } from '../exit.ts';
import { Utf8Writer } from '../utf8-writer.ts';
import { type CommonOptions, textOptions } from './options.ts';

export interface SummaryOptions {
  readonly utc?: boolean | undefined;
  readonly relative?: boolean | undefined;
}

/** `lastkmsg FILE…`: what happened, as a table of events for each input. @returns the exit code */
export async function summary(files: readonly string[], options: CommonOptions & SummaryOptions): Promise<number> {
  const text = textOptions(options);
  const failOn = parseKinds(options.failOn, 'fail-on');
  const out = new Utf8Writer();
  let found = false;
  let first = true;
  const code = await eachInput(files, options, async (input) => {
    const events: Event[] = [];
    for await (const event of readEvents(input)) {
      events.push(event);
      found ||= failOn?.has(event.kind) ?? false;
    }
    await out.write(`${first ? '' : '\n'}${eventSummary(input, events, text)}`);
    first = false;
  });
  await out.flush();
  return found ? EXIT.failOn : code;
}
