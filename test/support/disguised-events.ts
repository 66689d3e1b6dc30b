import type { Event } from '../../src/event/event.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import { TextReader } from '../../src/text/reader.ts';

const CHUNK = 1 << 16;

/** Kind and title of every event that a text holds, with how often it is folded; in no order. */
export const eventsOf = (lines: readonly string[]): string[] =>
  read(lines)
    .map(({ kind, title, details }) => `${kind}: ${title}${details?.count === undefined ? '' : ` x${details.count}`}`)
    .sort();

/** The first and the last line of every event. */
export const spansOf = (lines: readonly string[]): (readonly [first: number, last: number])[] =>
  read(lines).map(({ records: { first, last } }) => [first, last]);

function read(lines: readonly string[]): Event[] {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  const reader = new TextReader({ name: 'log' });
  const pipeline = new EventPipeline({ source: 'log' });
  const events: Event[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) events.push(...pipeline.push(reader.push(bytes.subarray(at, at + CHUNK))));
  events.push(...pipeline.push(reader.end()), ...pipeline.end());
  return events;
}

/** What the one has and the other has not, each as often as it does. */
export function lost(wanted: readonly string[], got: readonly string[]): { readonly missing: string[]; readonly extra: string[] } {
  const without = (a: readonly string[], b: readonly string[]): string[] => {
    const left = [...b];
    return a.filter((event) => {
      const at = left.indexOf(event);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { missing: without(wanted, got), extra: without(got, wanted) };
}
