import type { Window } from '../data/axis.ts';

/** Where the user is: a screen, what it shows, its cursor and what is scrolled. */
export type Place = FleetPlace | TimelinePlace | EventPlace | LogPlace | MachinePlace;

interface Scrolled {
  /** First row that is seen. */
  readonly top: number;
  /** Row of the cursor. */
  readonly cursor: number;
  /** Lines that match none of these are not shown; `!text` hides. */
  readonly filters: readonly string[];
  readonly filtering: boolean;
  /** What is searched for here: its matches are marked. */
  readonly query: string;
}

export interface TimelinePlace extends Scrolled {
  readonly screen: 'timeline';
  /** Index of the input. */
  readonly source: number;
  /** The part of the strip that is seen. */
  readonly window: Window;
}

export interface EventPlace extends Scrolled {
  readonly screen: 'event';
  readonly source: number;
  /** Its id. */
  readonly event: string;
  /** Index of the tab. */
  readonly tab: number;
  /** Cells scrolled to the right. */
  readonly left: number;
  /** Frames that the kernel was not sure of are shown. */
  readonly unreliable: boolean;
  /** Which column of a table sorts. */
  readonly sort: number;
}

export interface LogPlace extends Scrolled {
  readonly screen: 'log';
  readonly source: number;
  /** Row of the record under the cursor: it stays there when rows fold. */
  readonly at: number;
  readonly left: number;
  /** Ids of events whose records are all shown. */
  readonly unfolded: ReadonlySet<string>;
  /** The cursor stays at the end of a growing log. */
  readonly following: boolean;
}

export interface MachinePlace extends Scrolled {
  readonly screen: 'machine';
  readonly source: number;
  /** Index of the tab. */
  readonly tab: number;
  /** Which order of the tasks. */
  readonly sort: number;
}

export interface FleetPlace extends Scrolled {
  readonly screen: 'fleet';
  readonly pane: 'signatures' | 'dumps';
  /** While the cursor is among the dumps: the row of their signature, and the first row seen of that list. */
  readonly group: number;
  readonly groupTop: number;
  /** The lower list holds the signature's variants, not its dumps. */
  readonly variants: boolean;
  readonly sort: number;
  /** Days that are seen, in shares of all. */
  readonly window: Window;
}

const TOP = { top: 0, cursor: 0, filters: [], filtering: true, query: '' } as const;

export const timelinePlace = (source: number): TimelinePlace => ({ screen: 'timeline', source, ...TOP, window: [0, 1] });

export const eventPlace = (source: number, event: string): EventPlace => ({
  screen: 'event',
  source,
  event,
  ...TOP,
  tab: 0,
  left: 0,
  unreliable: false,
  sort: 0,
});

export const logPlace = (source: number, at: number, unfolded: Iterable<string> = []): LogPlace => ({
  screen: 'log',
  source,
  ...TOP,
  // what is jumped to is seen with what follows it
  top: Number.MAX_SAFE_INTEGER,
  at,
  left: 0,
  unfolded: new Set(unfolded),
  following: false,
});

export const machinePlace = (source: number): MachinePlace => ({ screen: 'machine', source, ...TOP, tab: 0, sort: 0 });

export const fleetPlace = (): FleetPlace => ({
  screen: 'fleet',
  ...TOP,
  pane: 'signatures',
  group: 0,
  groupTop: 0,
  variants: false,
  sort: 0,
  window: [0, 1],
});
