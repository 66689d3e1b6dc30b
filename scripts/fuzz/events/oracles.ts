import { gzipSync } from 'node:zlib';
import type { Event } from '../../../src/event/event.ts';
import { EventPipeline } from '../../../src/read/events/pipeline.ts';
import { watched } from '../../../src/read/inputs/watched.ts';
import { readIncidents } from '../../../src/read/read-incidents.ts';
import { textOf } from '../../../src/record/decode-text.ts';
import type { PrintkRecord } from '../../../src/record/record.ts';
import { TextReader } from '../../../src/text/reader.ts';
import { type Missing, missingLine, readOf } from '../../../test/support/sources.ts';
import { FORMS, ofAnswers, opening } from '../oracles.ts';
import type { Random } from '../random.ts';
import { type EventsLog, MARK } from './make.ts';

/** All that {@link ofAnswers} looks for, and: values stand in their records, no record is lost, any cutting gives the same. */
export async function lookAtEvents({ bytes, marks, isPlain }: EventsLog, random: Random): Promise<string | undefined> {
  const records: PrintkRecord[] = [];
  let events = '';
  const wrong = await opening('events', bytes, async (opened) => {
    const batches = watched(opened.batches, (batch) => void records.push(...batch));
    const input = { ...opened, batches };
    const found = await readIncidents(input, { excerpts: true });
    events = JSON.stringify(found.events);
    return ofAnswers(input, found, [random.one(FORMS)]) ?? (isPlain ? untrue(found.events, records) : undefined);
  });
  if (wrong !== undefined || events === '') return wrong;
  if (marks !== undefined) {
    const lost = lostMarks(records, marks);
    if (lost !== undefined) return lost;
  }
  if (random.below(4) > 0) return undefined;
  return inPieces(bytes, records, random) ?? (marks === undefined ? undefined : cutShort(bytes, random)) ?? packed(bytes, events);
}

/** What rests on more than the text of the lines it leads to: what a code means, which column a step stands in, a sum. */
const DECODED =
  /^(?:fault\.(?:access|cause)|details\.errorCode|details\.scenario\.\d+\.cpu|details\.suppressed|oom\.victims\.\d+\.pgtablesKb)$/;

/** Whether the words of a value stand in a text in their order: a sentence may be told without the numbers in its midst. */
function hasWords(text: string, value: string): boolean {
  let at = 0;
  return value.split(/\s+/).every((word) => {
    const found = text.indexOf(word, at);
    at = found + word.length;
    return found >= 0;
  });
}

const isExcused = ({ path, value, text = '' }: Missing): boolean =>
  DECODED.test(path) || (typeof value === 'string' && value.includes(' ') && hasWords(text, value));

/** The first value that was read, as the event says, and stands in none of its records. */
function untrue(events: readonly Event[], records: readonly PrintkRecord[]): string | undefined {
  const texts = new Map<number, string>();
  // two records of one line have one number; some values are shown without what no terminal may get
  for (const { seq, callerId = '', text } of records) {
    const shown = [text, textOf(text), text.replace(/[^\x20-\x7e]/g, '?')];
    texts.set(seq, [...(texts.has(seq) ? [texts.get(seq)] : []), ...new Set(shown), callerId].join('\n'));
  }
  for (const event of events) {
    const missing = readOf(event, texts).missing.find((each) => !isExcused(each));
    if (missing !== undefined) return missingLine(event, missing);
  }
  return undefined;
}

function lostMarks(records: readonly PrintkRecord[], marks: number): string | undefined {
  const seen = new Map<number, number>();
  for (const { text } of records)
    for (const [, mark] of text.matchAll(new RegExp(MARK, 'g'))) seen.set(Number(mark), (seen.get(Number(mark)) ?? 0) + 1);
  for (let mark = 0; mark < marks; mark++)
    if (seen.get(mark) !== 1) return `the record of mark ${mark} is there ${seen.get(mark) ?? 0} times`;
  return undefined;
}

/** Any cutting of a text into pieces gives the same records. */
function inPieces(bytes: Buffer, records: readonly PrintkRecord[], random: Random): string | undefined {
  const read: PrintkRecord[] = [];
  const reader = new TextReader({ name: 'events', asOf: Date.now() * 1000 });
  const size = 1 + random.below(random.one([16, 400, 5000]));
  for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
  read.push(...reader.end());
  const same = textsOf(read) === textsOf(records);
  return same ? undefined : `in pieces of ${size} bytes it has other records`;
}

const textsOf = (records: readonly PrintkRecord[]): string => JSON.stringify(records.map(({ seq, usec, text }) => [seq, usec, text]));

/** What a log had said before its end stays said when it is longer: the same events, and more. Its form, which most lines tell, is the whole's. */
function cutShort(bytes: Buffer, random: Random): string | undefined {
  const recordsOf = (end: number): PrintkRecord[] => {
    const reader = new TextReader({ form: 'dmesg' });
    return [...reader.push(bytes.subarray(0, end)), ...reader.flush()];
  };
  const completed = (records: readonly PrintkRecord[]): string[] =>
    new EventPipeline({ source: 'events' }).push(records).map((event) => JSON.stringify(event));
  const end = bytes.indexOf(10, random.below(bytes.length)) + 1;
  const records = recordsOf(bytes.length);
  const cut = recordsOf(end);
  // the last may be one that is put together of several lines
  if (textsOf(cut.slice(0, -1)) !== textsOf(records.slice(0, cut.length - 1))) return undefined;
  const whole = completed(records);
  const at = completed(cut).findIndex((event, i) => event !== whole[i]);
  return at < 0 ? undefined : `cut at ${end}, event ${at + 1} is another`;
}

/** The same answer, packed. */
async function packed(bytes: Buffer, events: string): Promise<string | undefined> {
  let again = '';
  await opening('events', gzipSync(bytes, { level: 1 }), async (input) => {
    again = JSON.stringify((await readIncidents(input)).events);
    return undefined;
  });
  return again === events ? undefined : 'packed by gzip it has other events';
}
