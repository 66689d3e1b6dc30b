import type { Event } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { devicesOf } from '../facts.ts';
import type { Surroundings } from '../surroundings.ts';
import { comebacks } from './comebacks.ts';

/** What a failing part cost, and the records that say so. */
export interface Cost {
  readonly text: string;
  readonly evidence: readonly number[];
}

const outcomeOf = ({ details }: Event): string | undefined => (typeof details?.outcome === 'string' ? details.outcome : undefined);
const deviceOf = (event: Event): string | undefined => [...devicesOf(event)][0];

/** XFS shuts down, the others forbid writing. */
const stopped = (event: Event, device: string): string =>
  event.kind !== 'filesystem-error' ? `${device} stopped` : `${device} ${/^XFS/.test(event.title) ? 'was shut down' : 'went read-only'}`;

/** The gravest first. */
const SAYS: readonly (readonly [outcome: string, says: (event: Event, device: string) => string | undefined])[] = [
  ['gone', (_event, device) => `${device} is gone`],
  ['stopped', stopped],
  ['degraded', ({ details }, device) => (typeof details?.member === 'string' ? `${device} lost ${details.member}` : undefined)],
];

/**
 * How an incident of hardware ended, as the end of its headline: `; nvme9 is gone`, `; eno1 came back`. What its first event says of itself
 * stands in its title already. `core`: the headline so far.
 */
export function costOf(core: string, events: readonly Event[], around: Surroundings): Cost | undefined {
  const [first, ...others] = events;
  if (first === undefined || !isKindOf(first.kind, 'hw')) return undefined;
  const back = comebacks(events, around)[0];
  if (back !== undefined) {
    const { device, says, saysOfIt, record } = back.note;
    return { text: `; ${core.includes(device) ? saysOfIt : says}`, evidence: [record] };
  }
  for (const [outcome, says] of SAYS) {
    for (const event of others) {
      const device = deviceOf(event);
      const named = device !== undefined && core.includes(device) && first.details?.member === undefined ? 'it' : device;
      const text = outcomeOf(event) === outcome && named !== undefined ? says(event, named) : undefined;
      if (text !== undefined) return { text: `; ${text}`, evidence: [event.records.first] };
    }
  }
  const recovered = others.findLast((event) => outcomeOf(event) === 'recovered' && event.kind === 'hardware-error');
  return recovered && { text: '; its reset succeeded', evidence: [recovered.records.first] };
}
