import type { Event, Incident } from '../../event/event.ts';
import type { Source } from '../data/source.ts';
import type { Line } from '../line/line.ts';
import type { View } from '../screens/screen.ts';
import type { EventPlace } from '../state/place.ts';

/** What a tab is made from. */
export interface EventContext {
  readonly view: View;
  readonly source: Source;
  readonly event: Event;
  readonly incident: Incident | undefined;
  readonly place: EventPlace;
  /** Cells of a line. */
  readonly width: number;
}

/** One row of a tab. */
export interface TabRow {
  readonly line: Line;
  /** Record that the row rests on: where enter leads. */
  readonly seq?: number | undefined;
  /** What `y` copies, where it is not the line. */
  readonly yank?: string | undefined;
  /** Id of an event: enter opens it. */
  readonly event?: string | undefined;
  /** The row begins a section: where `{` and `}` stop. */
  readonly section?: boolean | undefined;
}

/** The rows of a tab; made one by one, for a task table has ten thousands. */
export interface TabRows {
  /** Stays above the rows: a table's heads. */
  readonly head?: readonly Line[] | undefined;
  readonly count: number;
  readonly row: (index: number) => TabRow;
}

export interface Tab {
  readonly name: string;
  /** Where there is little room. */
  readonly short: string;
  /** Undefined: the event has nothing for this tab, and it is not shown. */
  readonly rows: (context: EventContext) => TabRows | undefined;
}

/** Rows that are there already. */
export const fixed = (rows: readonly TabRow[]): TabRows => ({ count: rows.length, row: (index) => rows[index] ?? { line: [] } });
