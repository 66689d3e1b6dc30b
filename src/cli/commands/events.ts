import type { Event } from '../../event/event.ts';
import { eventToJson } from '../../output/json/event-json.ts';
import { eachInput } from '../events/each-input.ts';
import { EXPORTS, exportOf, isExport } from '../events/exports.ts';
import { parseKinds } from '../events/filter.ts';
import { eventFilter, type FilterOptions, keeper } from '../events/filter-options.ts';
import { EXIT, UsageError } from '../exit.ts';
import { StdoutWriter } from '../stdout.ts';
import { warn } from '../warn.ts';
import { type CommonOptions, oneOf, type TimeOptions, textOptions, timeStyle } from './options.ts';

export interface EventsOptions extends CommonOptions, TimeOptions, FilterOptions {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
  readonly raw?: boolean | undefined;
  /** Read on when the log grows. */
  readonly follow?: boolean | undefined;
}

/** How a run of events is written: what stands before, between and after, and how one is put. */
interface Shape {
  readonly head: string;
  readonly between: string;
  readonly behind: string;
  readonly end: (count: number) => string;
  readonly one: (event: Event) => string;
  /** Told of every input, as one may have no event. */
  readonly input?: ((source: string) => void) | undefined;
  readonly encoding?: 'utf8' | 'latin1' | undefined;
}

/** `lastkmsg events`: structured events, written as they are found. @returns the exit code */
export async function events(files: readonly string[], options: EventsOptions): Promise<number> {
  if (options.follow && files.length > 1) throw new UsageError('--follow takes one FILE: the first would never end');
  const shape = await shapeOf(options);
  const failOn = parseKinds(options.failOn, 'fail-on');
  const filter = eventFilter(options);
  const out = new StdoutWriter(shape.encoding ?? 'utf8');
  let count = 0;
  let found = false;
  if (shape.head) await out.write(shape.head);
  const code = await eachInput(files, options, async (input) => {
    // grammars and tables, 1.5 MB of code: not before there is something to read
    const { readEvents } = await import('../../read/events/read-events.ts');
    const kept = keeper(filter);
    shape.input?.(input.name);
    for await (const event of readEvents(input, { raw: options.raw })) {
      if (kept.keep?.(event) === false) continue;
      found ||= failOn?.has(event.kind) ?? false;
      const full = out.write(count++ > 0 ? shape.between : '', shape.one(event), shape.behind);
      if (full) await full;
    }
    if (!options.quiet) for (const line of kept.undecided) warn(`${input.name}: ${line}`);
  });
  await out.write(shape.end(count));
  await out.flush();
  return found ? EXIT.failOn : code;
}

async function shapeOf(options: EventsOptions): Promise<Shape> {
  const format = oneOf(
    ['ndjson', 'json', 'text', ...EXPORTS],
    options.format ?? (options.json ? 'json' : process.stdout.isTTY ? 'text' : 'ndjson'),
    'format',
  );
  if (isExport(format)) {
    const { encoding, head, input, event, end, streamed } = await exportOf(format, 'events');
    if (options.follow && !streamed) throw new UsageError(`--format ${format} is written at the end of the log; --follow has none`);
    return { encoding, head, between: '', behind: '', end, one: event, input };
  }
  if (format === 'json')
    return { head: '[', between: ',', behind: '', end: (n) => (n > 0 ? '\n]\n' : ']\n'), one: (event) => `\n${eventToJson(event)}` };
  if (format === 'ndjson') return { head: '', between: '', behind: '\n', end: () => '', one: eventToJson };
  // tables and dates, 100 KB of code, are loaded where they are wanted
  const { eventText } = await import('../../output/text/event-text.ts');
  const text = { ...textOptions(options), ...((options.utc || options.relative) && { time: timeStyle(options) }) };
  return { head: '', between: '', behind: '', end: () => '', one: (event) => eventText(event, text) };
}
