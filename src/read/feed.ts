import { setImmediate as turn } from 'node:timers/promises';
import { InputError } from '../dump/source.ts';
import type { Event, Incident, MachineFacts } from '../event/event.ts';
import { LogNotes } from '../record/log-notes.ts';
import type { PrintkRecord } from '../record/record.ts';
import type { GrowingReport } from '../report/report.ts';
import type { InputInfo } from './info.ts';
import type { InputOptions, LogInput } from './inputs/input.ts';
import type { InputGroup } from './inputs/input-file.ts';
import { openLogInput } from './inputs/open.ts';
import type { MachineTables } from './machine/tables.ts';

/** What arrives while one input is read, in any order that respects the log's. */
export type FeedMessage =
  | { readonly kind: 'records'; readonly records: readonly PrintkRecord[] }
  /** An event and the sequence numbers of its records: what lies between and is not named belongs to others. */
  | { readonly kind: 'event'; readonly event: Event; readonly members: readonly number[] }
  /** What is known of the input as a whole; again whenever a growing log has gone quiet. */
  | {
      readonly kind: 'correlated';
      readonly info: InputInfo;
      readonly incidents: readonly Incident[];
      readonly unexplained: readonly string[];
    }
  /** The report of a growing log that is still being printed; absent: none is. */
  | { readonly kind: 'growing'; readonly report: GrowingReport | undefined }
  /** What the memory of a dump says beyond its log; incidents that know it follow. */
  | { readonly kind: 'machine'; readonly machine: { readonly facts: MachineFacts; readonly tables: MachineTables } }
  /** The input was read to its end; lost or damaged parts, one line each. */
  | { readonly kind: 'end'; readonly losses: readonly string[] }
  /** It cannot be read: what was sought, where, what was found, what to try. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads one input and hands over what it finds; gives way to the event loop every few milliseconds. Ends with the input. */
export type Feed = (take: (message: FeedMessage) => void) => Promise<void>;

/** Milliseconds of reading between two looks at the keyboard. */
const SLICE_MS = 8;

/** One input as the dashboard takes it: records as they are read, events as they are found, incidents at the end. */
export const feedOf =
  (group: InputGroup, options: InputOptions): Feed =>
  async (take) => {
    try {
      const input = await openLogInput(group, options);
      await feed(input, take).finally(() => input.close());
    } catch (error) {
      if (!(error instanceof InputError) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
      take({ kind: 'failed', reason: (error as Error).message });
    }
  };

/** The grammars take longer to load than a dump to read: the first records are shown before. */
const understanding = async () => ({
  ...(await import('./events/read-events.ts')),
  ...(await import('./read-incidents.ts')),
  ...(await import('../incident/correlate.ts')),
});

async function feed(input: LogInput, take: (message: FeedMessage) => void): Promise<void> {
  const notes = new LogNotes();
  const events: Event[] = [];
  let told = '';
  const known = (): string => `${events.length} ${input.info().log.records}`;
  const tell = async (): Promise<void> => {
    told = known();
    const info = input.info();
    const { correlate, surroundings } = await understanding();
    take({ kind: 'correlated', info, ...correlate(events, surroundings(input, info, notes)) });
  };
  const seen = async (records: readonly PrintkRecord[]): Promise<void> => {
    if (records.length > 0) take({ kind: 'records', records });
    else if (known() !== told) await tell();
  };
  const iterator = input.batches[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (!first.done) await seen(first.value);
  await turn();
  const { readEvents } = await understanding();
  const batches = (async function* (): AsyncGenerator<readonly PrintkRecord[]> {
    if (!first.done) yield first.value;
    let began = performance.now();
    for await (const records of { [Symbol.asyncIterator]: () => iterator }) {
      await seen(records);
      yield records;
      if (performance.now() - began < SLICE_MS) continue;
      await turn();
      began = performance.now();
    }
  })();
  let grown = '';
  const onGrowing = (report: GrowingReport | undefined): void => {
    const now = `${report?.first} ${report?.lines}`;
    if (now !== grown) take({ kind: 'growing', report });
    grown = now;
  };
  for await (const { raw, ...event } of readEvents({ ...input, batches }, { raw: true, notes, onGrowing })) {
    events.push(event);
    take({ kind: 'event', event, members: raw?.map(({ seq }) => seq) ?? [] });
  }
  await tell();
  take({ kind: 'end', losses: input.losses });
  // the log is on the screen; the memory is asked after
  await turn();
  const machine = await input.machine?.(events);
  if (!machine) return;
  await turn();
  take({ kind: 'machine', machine: { facts: machine.facts, tables: machine.tables() } });
  const { correlate, surroundings } = await understanding();
  const info = input.info();
  take({ kind: 'correlated', info, ...correlate(events, { ...surroundings(input, info, notes), machine: machine.facts }) });
}
