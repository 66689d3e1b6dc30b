import type { Together } from './fleet.ts';
import type { Moment, ReadInput, Sighting } from './input.ts';
import { keyOf } from './key.ts';
import { byText } from './tally.ts';
import { secondsBetween } from './times.ts';

/** Seconds within which two signatures are seen together. */
const NEAR = 300;
/** Neighbours told of one signature. */
const MOST = 12;

/** What else the inputs that show a signature show near it, most frequent first. */
export function together(key: string, inputs: readonly ReadInput[]): Together[] {
  const counts = new Map<string, { sighting: Sighting; inputs: number; untimed: number }>();
  for (const { sightings } of inputs) {
    const own = sightings.filter((each) => keyOf(each) === key).flatMap(({ moments }) => moments);
    // several variants of one neighbour are one neighbour; a known distance tells more than none
    const near = new Map<string, { sighting: Sighting; timed: boolean }>();
    for (const sighting of sightings) {
      const other = keyOf(sighting);
      if (other === key || isEcho(sighting)) continue;
      const distance = nearest(own, sighting.moments);
      if (distance !== undefined && distance > NEAR) continue;
      near.set(other, { sighting, timed: distance !== undefined || near.get(other)?.timed === true });
    }
    for (const [other, { sighting, timed }] of near) {
      const count = counts.get(other) ?? { sighting, inputs: 0, untimed: 0 };
      count.inputs++;
      if (!timed) count.untimed++;
      counts.set(other, count);
    }
  }
  return [...counts]
    .map(([other, { sighting, inputs: n, untimed }]) => ({
      key: other,
      kind: sighting.kind,
      name: sighting.title,
      inputs: n,
      percent: Math.round((100 * n) / inputs.length),
      untimed,
    }))
    .sort((a, b) => b.inputs - a.inputs || byText(a.key, b.key))
    .slice(0, MOST);
}

/** A panic that only says how an incident ended follows nearly everything. */
const isEcho = ({ kind, incidents }: Sighting): boolean => incidents === 0 && (kind === 'panic' || kind === 'reboot');

/** Seconds between the two that are nearest; undefined where no times compare. */
function nearest(a: readonly Moment[], b: readonly Moment[]): number | undefined {
  let least: number | undefined;
  for (const x of a)
    for (const y of b) {
      const seconds = secondsBetween(x, y);
      if (seconds !== undefined && (least === undefined || seconds < least)) least = seconds;
    }
  return least;
}
