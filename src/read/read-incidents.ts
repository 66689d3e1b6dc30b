import { existsSync } from 'node:fs';
import type { Event, MachineFacts, RawRecord } from '../event/event.ts';
import type { Kind } from '../event/kinds.ts';
import { type Correlation, correlate } from '../incident/correlate.ts';
import { decisive } from '../incident/decisive.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import { LogNotes } from '../record/log-notes.ts';
import { HeldEvents } from './events/held-events.ts';
import { readEvents } from './events/read-events.ts';
import type { InputInfo } from './info.ts';
import type { LogInput } from './inputs/input.ts';

/** Everything that is known of one input once it was read. */
export interface ReadIncidents extends Correlation {
  readonly info: InputInfo;
  readonly events: readonly Event[];
  /** How many more were wanted and not held, where a log has tens of thousands. */
  readonly notHeld: number;
  /** Kinds of all that were wanted, held or not. */
  readonly kinds: ReadonlySet<Kind>;
  /** The records of each report that decide, by its event's id; only where asked for. */
  readonly excerpts: ReadonlyMap<string, readonly RawRecord[]>;
  /** What the memory of a dump says; only where asked for. */
  readonly machine?: MachineFacts | undefined;
}

interface ReadOptions {
  readonly excerpts?: boolean;
  /** Of a dump that reports something, its memory is asked too. */
  readonly machine?: boolean | undefined;
  /** Told of each event as it is found. */
  readonly found?: (event: Event) => void;
  /** Which events are wanted: what led to them and came of them stays, as an incident is told whole. Asked once of each event. */
  readonly keep?: ((event: Event) => boolean) | undefined;
}

/** Reads one input to its end and correlates its events. */
export async function readIncidents(input: LogInput, options: ReadOptions = {}): Promise<ReadIncidents> {
  const notes = new LogNotes();
  const excerpts = new Map<string, readonly RawRecord[]>();
  const kinds = new Set<Kind>();
  let notHeld = 0;
  const held = new HeldEvents((event) => {
    excerpts.delete(event.id);
    if (options.keep?.(event) === false) return;
    notHeld++;
    kinds.add(event.kind);
  });
  for await (const { raw, ...event } of readEvents(input, { raw: options.excerpts, notes })) {
    held.push(event);
    options.found?.(event);
    if (raw !== undefined) excerpts.set(event.id, decisive(event, raw));
  }
  const events = held.all();
  if (held.loss !== undefined) input.losses.push(held.loss);
  const machine = options.machine && events.length > 0 ? (await input.machine?.(events))?.facts : undefined;
  const info = input.info();
  const around = { ...surroundings(input, info, notes), machine, isPart: held.loss !== undefined };
  const whole = { info, events, notHeld, kinds, excerpts, machine, ...correlate(events, around) };
  const read = options.keep === undefined ? whole : wanted(whole, options.keep);
  for (const { kind } of read.events) kinds.add(kind);
  return read;
}

/** What was wanted, after all was correlated: causes may lie before the time that was asked for. */
function wanted(whole: ReadIncidents, keep: (event: Event) => boolean): ReadIncidents {
  const kept = new Set(whole.events.filter(keep).map(({ id }) => id));
  const incidents = whole.incidents.filter(({ events }) => events.some((id) => kept.has(id)));
  for (const { events } of incidents) for (const id of events) kept.add(id);
  return {
    ...whole,
    events: whole.events.filter(({ id }) => kept.has(id)),
    incidents,
    unexplained: whole.unexplained.filter((id) => kept.has(id)),
  };
}

/** What the rules of correlation may know besides the events. */
export const surroundings = (input: LogInput, { kernel, log }: InputInfo, notes: LogNotes): Surroundings => ({
  isDump: input.dump !== undefined,
  file: existsSync(input.name) ? input.name : undefined,
  buildId: kernel?.buildIdDoubtful ? undefined : kernel?.buildId,
  lastRecord: log.lastSeq,
  lastUptime: log.lastUptime,
  notes,
});
