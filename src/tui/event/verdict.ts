import type { EventContext } from './tab.ts';

/** The sentence under the breadcrumb: of an OOM its cause, of an incident's terminal event the verdict, else the title. */
export function verdictOf({ event, incident }: EventContext): string {
  if (event.oom?.cause !== undefined) return event.oom.cause.verdict;
  return incident?.terminal === event.id ? incident.verdict : event.title;
}
