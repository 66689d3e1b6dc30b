import type { Event } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';

/** The record that a value of the event was read from, where enter leads: its own, else that of its first part; undefined where it was worked out. */
export function recordOf(event: Event, path: string): number | undefined {
  const [first] = recordsOf(event, path);
  if (first !== undefined) return first;
  const part = Object.keys(event.sources ?? {}).find((key) => key.startsWith(`${path}.`));
  return part === undefined ? undefined : event.sources?.[part]?.[0];
}

/** The record of one item of a list that has one for each, in order: the task table. */
export const recordOfItem = ({ sources }: Event, path: string, index: number): number | undefined => sources?.[path]?.[index];
