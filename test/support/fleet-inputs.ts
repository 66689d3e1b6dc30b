import type { Event, Incident } from '../../src/event/event.ts';
import type { ReadInput } from '../../src/fleet/input.ts';
import { summarise } from '../../src/fleet/summarise.ts';

/** What a test says of an event; the rest is filled in. */
export type Told = Partial<Event> & { readonly hash?: string; readonly frames?: string[]; readonly at?: never; readonly alone?: boolean };

export const OOPS: Told = { kind: 'null-dereference', title: 'NULL in foo', severity: 'fatal', hash: 'aa', frames: ['foo', 'bar'] };
export const HUNG: Told = { kind: 'hung-task', title: 'task hung in rwsem', severity: 'error', hash: 'bb', frames: ['rwsem'] };
export const WARN: Told = { kind: 'warning', title: 'WARNING in baz', severity: 'warning', hash: 'cc', frames: ['baz'] };

function event(told: Told, n: number): Event {
  const { hash = '', frames = [], alone: _alone, at: _at, ...fields } = told;
  return {
    schemaVersion: 1,
    source: '',
    id: `E${n + 1}`,
    boot: 0,
    kind: 'warning',
    title: '',
    severity: 'error',
    records: { first: 100 * (n + 1), last: 100 * (n + 1) + 9, count: 10 },
    completeness: 'complete',
    signature: { hash, frames },
    ...fields,
  };
}

const incident = (events: readonly Event[], n: number): Incident => ({
  id: `I${n + 1}`,
  verdict: `${events[0]?.title}.`,
  headline: 'A verdict',
  headlineEvidence: [],
  reasons: [],
  clauses: [],
  severity: events.at(-1)?.severity ?? 'info',
  first: events[0]?.id ?? '',
  terminal: events.at(-1)?.id ?? '',
  events: events.map(({ id }) => id),
  edges: [],
  notProven: [],
  nextSteps: [],
});

/** An input whose incidents hold these events, each list one incident; an event told to be alone is in none. */
export function input(source: string, incidents: readonly (readonly Told[])[], facts: Partial<ReadInput> = {}): ReadInput {
  const told = incidents.flat();
  const events = told.map(event);
  const groups = incidents
    .map((own) => own.filter(({ alone }) => alone !== true).map((one) => events[told.indexOf(one)] as Event))
    .filter((own) => own.length > 0);
  return summarise({ source, form: 'dmesg', releases: [], records: 1000, losses: [], ...facts }, events, groups.map(incident));
}

/** The same event at another time. */
export const at = (told: Told, uptime: number, time?: string): Told => ({
  ...told,
  uptime,
  ...(time === undefined ? {} : { wall: { time, source: 'rtc', uncertaintySeconds: 1 } }),
});
