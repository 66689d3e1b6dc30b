import type { Wall } from '../event/event.ts';
import type { Moment } from './input.ts';

/** Milliseconds since 1970; undefined where it is no date. */
export function msOf(time: string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The oldest and the newest of some times. */
export function span<T>(items: Iterable<T>, timeOf: (item: T) => string | undefined): { first?: T; last?: T } {
  let [first, last]: [T | undefined, T | undefined] = [undefined, undefined];
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const item of items) {
    const ms = msOf(timeOf(item));
    if (ms === undefined) continue;
    if (ms < from) [first, from] = [item, ms];
    if (ms > to) [last, to] = [item, ms];
  }
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

export const spanOfWalls = (moments: Iterable<Moment>): { first?: Wall; last?: Wall } =>
  span(
    [...moments].map(({ wall }) => wall).filter((wall) => wall !== undefined),
    ({ time }) => time,
  );

/** Seconds between two moments of one input: by the clock of one boot, else by the wall; undefined where neither tells. */
export function secondsBetween(a: Moment, b: Moment): number | undefined {
  if (a.boot === b.boot && a.uptime !== undefined && b.uptime !== undefined) return Math.abs(a.uptime - b.uptime);
  const [x, y] = [msOf(a.wall?.time), msOf(b.wall?.time)];
  return x === undefined || y === undefined ? undefined : Math.abs(x - y) / 1000;
}
