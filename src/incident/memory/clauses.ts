import type { Event, MachineFacts, VerdictClause } from '../../event/event.ts';
import { cpuClauses } from './cpus.ts';
import { objectClauses } from './objects.ts';
import { shortageClauses } from './shortage.ts';
import { waitClauses } from './waits.ts';

/** What the memory of the dump adds to a verdict: each clause says that it is from there, and no record proves it. */
export const memoryClauses = (events: readonly Event[], terminal: Event, machine: MachineFacts | undefined): VerdictClause[] => [
  ...waitClauses(events, machine),
  ...cpuClauses(events, terminal, machine),
  ...objectClauses(events, terminal, machine),
  ...shortageClauses(events, terminal, machine),
];

/** The stack in memory should be the one that the kernel printed; where it is not, one of the two is of something else. */
export function disagreement(terminal: Event, machine: MachineFacts | undefined): string | undefined {
  const { agrees, why } = machine?.stack ?? {};
  return agrees === false && terminal.severity === 'fatal' ? `that log and memory show the same stack: ${why ?? 'they differ'}` : undefined;
}
