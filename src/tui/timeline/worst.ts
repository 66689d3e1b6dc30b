import type { Incident } from '../../event/event.ts';
import { SEVERITIES } from '../../event/kinds.ts';
import type { Source } from '../data/source.ts';

/** The incident that matters most: of equally bad ones the last, which is nearest to the end. */
export function worstOf({ incidents }: Source): Incident | undefined {
  const rank = ({ severity }: Incident): number => SEVERITIES.indexOf(severity);
  return incidents.reduce<Incident | undefined>((a, b) => (a && rank(a) < rank(b) ? a : b), undefined);
}

/** The event that an incident's end is surely due to: against its edges of high confidence as far back as they go. */
export function causeOf({ terminal, edges }: Incident): string {
  const from = new Map(edges.filter(({ confidence }) => confidence === 'high').map((edge) => [edge.to, edge.from]));
  let event = terminal;
  for (let steps = 0; steps <= edges.length; steps++) event = from.get(event) ?? event;
  return event;
}
