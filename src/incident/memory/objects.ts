import type { Event, MachineFacts, VerdictClause } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';

type Found = NonNullable<MachineFacts['objects']>[number];

/** Registers that a sentence names. */
const NAMED = 3;

/**
 * Objects that are free though the code that faulted had pointers to them: what was read through those is no longer its own. Of a fault
 * after which the machine stopped; later they would have been given away again.
 */
export function objectClauses(events: readonly Event[], terminal: Event, machine: MachineFacts | undefined): VerdictClause[] {
  const free = terminal.severity === 'fatal' ? freeObjects(events, machine) : [];
  if (free.length === 0) return [];
  const texts = free
    .slice(0, NAMED)
    .map(({ register, cache, offset }) => `${register} points ${offset} bytes into a free object of ${cache}`);
  return [{ text: `in the dump ${texts.join(', ')}`, evidence: [], memory: true }];
}

/** What the register of a bad address pointed to is of interest; a pointer that was passed to kfree() a moment before is not. */
const isSuspect = ({ kind, fault }: Event): boolean =>
  isKindOf(kind, 'general-protection', 'corruption') ||
  (isKindOf(kind, 'death') && fault?.address !== undefined && /poison|use after free|freed/i.test(fault.hint ?? ''));

function freeObjects(events: readonly Event[], machine: MachineFacts | undefined): Found[] {
  const ids = new Set(events.filter(isSuspect).map(({ id }) => id));
  return (machine?.objects ?? []).filter(({ event, isFree }) => isFree === true && ids.has(event));
}

/** What is left to ask of a bad address, where the object that it came from is known. */
export function openObject(event: Event, machine: MachineFacts | undefined): string | undefined {
  const [first] = freeObjects([event], machine);
  return first && `who freed the object of ${first.cache} while a pointer to it was in use, if it is the one that was read`;
}
