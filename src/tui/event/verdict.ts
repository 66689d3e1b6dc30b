import { causeOf } from '../data/cause.ts';
import type { EventContext } from './tab.ts';

/** The line under the breadcrumb: of the event that an incident comes from or ends with its headline. */
export function headlineOf(context: EventContext): string {
  const { source, event, incident } = context;
  const told = incident !== undefined && (incident.terminal === event.id || causeOf(source, incident)?.id === event.id);
  return told ? incident.headline : verdictOf(context);
}

/** Why, in a sentence: of an OOM its cause, of an incident's terminal event the verdict, else the title. */
export function verdictOf({ event, incident }: EventContext): string {
  if (event.oom?.cause !== undefined) return event.oom.cause.verdict;
  return incident?.terminal === event.id ? incident.verdict : event.title;
}
