import type { Event } from '../../src/event/event.ts';
import { type Correlation, correlate } from '../../src/incident/correlate.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import { LogNotes } from '../../src/record/log-notes.ts';
import { TextReader } from '../../src/text/reader.ts';

/** The events and incidents of a log in dmesg's form, by the way that `lastkmsg incidents` goes. */
export function readLog(log: string): Correlation & { readonly events: readonly Event[] } {
  const reader = new TextReader({ form: 'dmesg' });
  const notes = new LogNotes();
  const pipeline = new EventPipeline({ source: 'log', notes });
  const bytes = Buffer.from(log, 'latin1');
  const events = [...pipeline.push(reader.push(bytes)), ...pipeline.push(reader.end()), ...pipeline.end()];
  return { events, ...correlate(events, { notes }) };
}

/** Lines with time stamps, a millisecond apart, from so many seconds on. */
export const stamped = (seconds: number, ...lines: readonly string[]): string =>
  lines.map((line, i) => `[${(seconds + i / 1000).toFixed(6).padStart(12)}] ${line}\n`).join('');
