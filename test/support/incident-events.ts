import type { Event, Frame, Incident } from '../../src/event/event.ts';
import { correlate } from '../../src/incident/correlate.ts';
import type { Surroundings } from '../../src/incident/surroundings.ts';

export type Part = Partial<Event> & Pick<Event, 'kind'>;

/** Events from what matters of them, in log order: 10 records each, one second apart unless they say. */
export const eventsOf = (...parts: readonly Part[]): Event[] =>
  parts.map((part, i) => ({
    schemaVersion: 1,
    source: 'test.log',
    id: `E${i + 1}`,
    boot: 0,
    title: `${part.kind} in ${part.culprit?.symbol ?? 'somewhere'}`,
    severity: part.kind === 'panic' ? 'fatal' : 'error',
    uptime: 100 + i,
    records: { first: 100 * (i + 1), last: 100 * (i + 1) + 9, count: 10 },
    completeness: 'complete',
    signature: {
      hash: `${part.kind}${part.culprit?.symbol ?? i}`,
      frames: part.culprit?.symbol === undefined ? [] : [part.culprit.symbol],
    },
    ...part,
  }));

/** A stack of reliable frames; `f [m]` is in a module. The first is blamed. */
export function running(...names: readonly string[]): Pick<Event, 'culprit' | 'stacks'> {
  const frames = names.map((name): Frame => {
    const [, symbol, module] = /^(\S+)(?: \[(\w+)\])?$/.exec(name) ?? [];
    return { symbol: symbol ?? name, offset: 5, size: 32, reliable: true, ...(module === undefined ? {} : { module }) };
  });
  return {
    culprit: frames.find(({ symbol }) => !/lock|schedule|synchronize|csd/.test(symbol ?? '')) ?? frames[0]!,
    stacks: [{ context: 'task', frames }],
  };
}

/** Incidents in the order of the log. */
export const incidentsOf = (events: readonly Event[], around: Surroundings = {}): Incident[] =>
  correlate(events, around).incidents.toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
