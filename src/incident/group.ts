import type { Event } from '../event/event.ts';
import type { Link } from './link.ts';

/** Events that links hold together, in log order, with their links. */
export interface Group {
  readonly events: readonly Event[];
  readonly links: readonly Link[];
}

/** Splits events into groups that no link leaves, in the order of their first events. */
export function group(events: readonly Event[], links: readonly Link[]): Group[] {
  const parent = new Map<Event, Event>(events.map((event) => [event, event]));
  const rootOf = (event: Event): Event => {
    let root = event;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    // the path is shortened, so that long chains of repeats stay cheap
    for (let at = event; at !== root; ) {
      const next = parent.get(at) ?? root;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { from, to } of links) parent.set(rootOf(to), rootOf(from));

  const groups = new Map<Event, { events: Event[]; links: Link[] }>();
  for (const event of events) {
    const root = rootOf(event);
    const known = groups.get(root);
    if (known) known.events.push(event);
    else groups.set(root, { events: [event], links: [] });
  }
  for (const each of links) groups.get(rootOf(each.to))?.links.push(each);
  return [...groups.values()];
}
