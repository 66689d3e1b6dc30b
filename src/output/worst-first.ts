import type { Incident } from '../event/event.ts';
import { SEVERITIES } from '../event/kinds.ts';

/** The one order in which people are shown incidents, which is that of incident/correlate: the worst first, of equals the older. */
export const worstFirst = (incidents: readonly Incident[]): Incident[] =>
  [...incidents].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
