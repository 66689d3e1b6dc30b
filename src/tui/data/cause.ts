import type { Event, Incident } from '../../event/event.ts';
import type { Source } from './source.ts';

/** The event that an incident's end is surely due to: against its edges of high confidence, as far back as what they lead to did harm. */
export function causeOf(source: Source, { terminal, edges }: Incident): Event | undefined {
  const from = new Map(edges.filter(({ confidence }) => confidence === 'high').map((edge) => [edge.to, edge.from]));
  let event = source.event(terminal);
  for (let steps = 0; steps < edges.length && event !== undefined; steps++) {
    const before = source.event(from.get(event.id) ?? '');
    if (before === undefined || before.severity === 'info') break;
    event = before;
  }
  return event;
}
