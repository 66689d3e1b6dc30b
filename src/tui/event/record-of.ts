import type { Event } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';

/** The record that a value of the event was read from, where enter leads: the first of its own or of its parts; undefined where no line says it. */
export const recordOf = (event: Event, path: string): number | undefined => recordsOf(event, path)[0];

/** The record of one item of a list that has one for each, in order: the task table. */
export const recordOfItem = ({ sources }: Event, path: string, index: number): number | undefined => sources?.[path]?.[index];
