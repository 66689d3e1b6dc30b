import type { Incident } from '../event/event.ts';
import { SEVERITIES } from '../event/kinds.ts';

/** The one order in which people are shown incidents: worst first; of equals the last to begin, which is nearest to the end. */
export const worstFirst = (incidents: readonly Incident[]): Incident[] =>
  incidents
    .map((incident, i) => [incident, i] as const)
    .sort(([a, i], [b, k]) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || k - i)
    .map(([incident]) => incident);
