import type { Event } from '../../event/event.ts';

/**
 * The record that a value of the event was read from: where enter leads. The value's own, else that of what it is part of, else that of
 * its first part; undefined where it was worked out.
 */
export function recordOf({ sources = {} }: Event, path: string): number | undefined {
  for (let at = path.length; at > 0; at = path.lastIndexOf('.', at - 1)) {
    const [first] = sources[path.slice(0, at)] ?? [];
    if (first !== undefined) return first;
  }
  const part = Object.keys(sources).find((key) => key.startsWith(`${path}.`));
  return part === undefined ? undefined : sources[part]?.[0];
}

/** The record of one item of a list that has one for each, in order: the task table. */
export const recordOfItem = ({ sources }: Event, path: string, index: number): number | undefined => sources?.[path]?.[index];
