import type { Kind } from '../../event/event.ts';
import type { Answer } from '../../fleet/answer/answer.ts';
import type { FleetInput } from '../../fleet/input.ts';
import type { ToldIncident } from '../../output/export/incident.ts';

/** What a worker answers: an input's part of the fleet, and what was asked for besides. Plain data. */
export interface Reading {
  readonly input: FleetInput;
  readonly kinds: readonly Kind[];
  readonly report?: string | undefined;
  readonly script?: string | undefined;
  /** Incidents for an export, the worst first. */
  readonly told?: readonly ToldIncident[] | undefined;
  /** What the store is to keep: of the input, and with the first of an archive that of the archive. */
  readonly answers?: readonly Answer[] | undefined;
  /** What a filter could not decide, a line each. */
  readonly notes?: readonly string[] | undefined;
  /** What could not be read of the archive that it is the first input of, a line each. */
  readonly losses?: readonly string[] | undefined;
  /** No time was left for it. */
  readonly isLate?: boolean | undefined;
}

/** An input of which there is only the reason why it could not be read. */
export const unreadable = (source: string, reason: string, bug?: boolean, answers?: readonly Answer[]): Reading => ({
  input: { kind: 'unreadable', source, reason, bug },
  kinds: [],
  answers,
});
