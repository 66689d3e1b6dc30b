import type { Event, Incident } from '../../event/event.ts';

/** Incidents that began with the same trouble (kind and title), in the order in which people are shown them. */
export interface Alike {
  /** The first of them in that order: it stands for all. */
  readonly shown: Incident;
  readonly count: number;
}

/** One of each kind of incident, worst first: of 619 boots that all end alike nobody reads 619 lines. */
export function alike(incidents: readonly Incident[], events: ReadonlyMap<string, Event>): Alike[] {
  const groups = new Map<string, { shown: Incident; count: number }>();
  for (const incident of incidents) {
    const root = events.get(incident.first);
    const key = root === undefined ? incident.id : `${incident.severity} ${root.kind} ${root.title}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { shown: incident, count: 1 });
  }
  return [...groups.values()];
}
