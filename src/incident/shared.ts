import type { Confidence, Event } from '../event/event.ts';
import type { Finding } from './rule.ts';

/** The fields on which two events agree, by their paths in each: what a rule rests on, and the records of an edge. */
export interface Shared {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The same fields of both. */
export const both = (...paths: readonly string[]): Shared => ({ from: paths, to: paths });

/** A finding and the fields that it rests on; where none of an event's fields is named, it rests on the head of its report. */
export const rests = (confidence: Confidence, ...shared: readonly (Partial<Shared> | undefined)[]): Finding => ({
  confidence,
  from: shared.flatMap((each) => each?.from ?? []),
  to: shared.flatMap((each) => each?.to ?? []),
});

/** Lines between two reports of one cause at most. */
const NEXT = 4;

/** Whether a report begins right behind another. */
export const follows = (from: Event, to: Event): boolean =>
  to.records.first > from.records.first && to.records.first - from.records.last <= NEXT;
