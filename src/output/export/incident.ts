import type { Event, Incident } from '../../event/event.ts';

/** An incident as an export tells it: the event that it began with, under the incident's name, headline and severity. */
export interface ToldIncident {
  readonly event: Event;
  /** The reasons, and what is not proven, a sentence each. */
  readonly reasons: readonly string[];
}

/** @param events of the input by their id, among which are the incident's */
export function toldIncident(
  { id, headline, severity, first, events: ids, reasons, notProven }: Incident,
  events: ReadonlyMap<string, Event>,
): ToldIncident[] {
  const own = ids.flatMap((id) => events.get(id) ?? []);
  const began = own.find((event) => event.id === first) ?? own[0];
  if (began === undefined) return [];
  const records = {
    first: own.reduce((first, event) => Math.min(first, event.records.first), Number.POSITIVE_INFINITY),
    last: own.reduce((last, event) => Math.max(last, event.records.last), 0),
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
