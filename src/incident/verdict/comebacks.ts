import type { Event } from '../../event/event.ts';
import type { RecoveryNote } from '../../record/log-notes.ts';
import { namedDevices } from '../facts.ts';
import type { Surroundings } from '../surroundings.ts';

/** A part that works again: what the log says of it, and which event it had failed in. */
export interface Comeback {
  readonly of: Event;
  readonly note: RecoveryNote;
}

/** Parts that a verdict names at most. */
const NAMED = 2;

/** Parts of the incident of which the log says later that they work again, and nothing else after that. */
export function comebacks(events: readonly Event[], { notes }: Surroundings): Comeback[] {
  if (notes === undefined) return [];
  const last = new Map<string, Event>();
  for (const event of events) for (const device of namedDevices(event).keys()) last.set(device, event);
  const found: Comeback[] = [];
  for (const [device, of] of last) {
    const note = notes.recovery(device, of.boot, of.records.last);
    if (note !== undefined) found.push({ of, note });
  }
  return found.sort((a, b) => a.note.record - b.note.record).slice(0, NAMED);
}
