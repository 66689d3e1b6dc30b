import type { Event, Incident } from '../../event/event.ts';

/** An incident as an export tells it: the event that it began with, under the incident's name, headline and severity. */
export interface ToldIncident {
  readonly event: Event;
  /** The reasons, and what is not proven, a sentence each. */
  readonly reasons: readonly string[];
}

/** @param events of the input, among which are the incident's */
export function toldIncident(
  { id, headline, severity, first, events: ids, reasons, notProven }: Incident,
  events: readonly Event[],
): ToldIncident[] {
  const own = events.filter((event) => ids.includes(event.id));
  const began = own.find((event) => event.id === first) ?? own[0];
  if (began === undefined) return [];
  const records = {
    first: Math.min(...own.map((event) => event.records.first)),
    last: Math.max(...own.map((event) => event.records.last)),
    count: own.reduce((sum, event) => sum + event.records.count, 0),
  };
  return [
    {
      event: { ...began, id, severity, title: headline, records },
      reasons: [
        ...reasons.map(({ text, inferred }) => `${text}${inferred ? ' (inferred)' : ''}`),
        ...notProven.map((text) => `Not proven: ${text}`),
      ],
    },
  ];
}
