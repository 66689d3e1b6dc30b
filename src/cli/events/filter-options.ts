import type { Event } from '../../event/event.ts';
import { timeBound } from '../commands/time-bound.ts';
import { type EventFilter, judge, parseKinds, parseSeverities, Undecided } from './filter.ts';

/** Options of the commands that may be asked for some events alone. */
export interface FilterOptions {
  readonly kind?: string | undefined;
  readonly severity?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Dates without a zone are of UTC. */
  readonly utc?: boolean | undefined;
}

/** What the options ask for; undefined where they ask for everything. Plain data: threads are handed it. @throws UsageError */
export function eventFilter({ kind, severity, since, until, utc = false }: FilterOptions): EventFilter | undefined {
  if (kind === undefined && severity === undefined && since === undefined && until === undefined) return undefined;
  const world = { now: Date.now(), utc };
  return {
    kinds: parseKinds(kind, 'kind'),
    severities: parseSeverities(severity),
    since: timeBound(since, 'since', world),
    until: timeBound(until, 'until', world),
  };
}

/** Judges the events of one input, and says what it could not decide. */
export function keeper(filter: EventFilter | undefined): { keep?: (event: Event) => boolean; readonly undecided: readonly string[] } {
  if (filter === undefined) return { undecided: [] };
  const seen = new Undecided();
  return {
    keep: (event) => seen.see(judge(event, filter)),
    get undecided() {
      return seen.lines;
    },
  };
}
