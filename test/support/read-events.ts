import { readFileSync } from 'node:fs';
import type { Event } from '../../src/event/event.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import type { PrintkRecord } from '../../src/record/record.ts';
import { TextReader } from '../../src/text/reader.ts';

export const LOGS = 'test/golden/oom';

/** A golden log of test/golden/oom; a byte string. */
export const logText = (file: string): string => readFileSync(`${LOGS}/${file}`, 'latin1');

/** The events of a log, by the way that `lastkmsg events` goes; `raw` adds their records. */
export function eventsOf(log: string, source = 'log', raw = false): Event[] {
  const reader = new TextReader({ form: 'dmesg' });
  const pipeline = new EventPipeline({ source, raw });
  return [...pipeline.push(reader.push(Buffer.from(log, 'latin1'))), ...pipeline.push(reader.end()), ...pipeline.end()];
}

/** The records of a log, numbered as its events number them. */
export function recordsOfLog(log: string): PrintkRecord[] {
  const reader = new TextReader({ form: 'dmesg' });
  return [...reader.push(Buffer.from(log, 'latin1')), ...reader.end()];
}
