import type { Incident } from '../../event/event.ts';

/** The event that an incident's end is surely due to: against its edges of high confidence as far back as they go. */
export function causeOf({ terminal, edges }: Incident): string {
  const from = new Map(edges.filter(({ confidence }) => confidence === 'high').map((edge) => [edge.to, edge.from]));
  let event = terminal;
  for (let steps = 0; steps <= edges.length; steps++) event = from.get(event) ?? event;
  return event;
}
