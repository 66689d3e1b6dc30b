import type { Event } from '../../event/event.ts';
import type { Surroundings } from '../surroundings.ts';

/** Seconds of log after a panic line that make it doubtful. */
const ALIVE = 1;

/** Seconds for which the log goes on after a panic line that stands alone: a kernel that panicked prints its stack, and nothing after. */
export function livesOn({ kind, records, uptime }: Event, { lastUptime }: Surroundings): number | undefined {
  if (kind !== 'panic' || records.count > 1 || uptime === undefined || lastUptime === undefined) return undefined;
  return lastUptime - uptime > ALIVE ? lastUptime - uptime : undefined;
}
