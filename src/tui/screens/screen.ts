import type { TimeMode } from '../data/clock.ts';
import type { FleetData } from '../data/fleet.ts';
import type { Memo } from '../data/memo.ts';
import type { Scans } from '../data/scans.ts';
import type { Source } from '../data/source.ts';
import type { Command } from '../keys/table.ts';
import type { Line } from '../line/line.ts';
import type { Place } from '../state/place.ts';

/** Columns and rows of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Everything a screen draws from beside its own place. */
export interface View {
  readonly sources: readonly Source[];
  /** Where several inputs are open. */
  readonly fleet?: FleetData | undefined;
  readonly size: Size;
  /** The terminal shows only ASCII: glyphs are replaced later, keys have words. */
  readonly ascii: boolean;
  readonly time: TimeMode;
  /** What is searched for: matches are marked. */
  readonly query: string;
  readonly scans: Scans;
  readonly memo: Memo;
}

/** Whether what is shown comes out of a store, where there is no input to open. */
export const isOfStore = ({ sources }: View): boolean => sources.length === 0;

/** The rows that the cursor moves over. */
export interface List {
  readonly count: number;
  readonly cursor: number;
  /** Rows of the screen that they are seen through. */
  readonly height: number;
  /** Lines of the body above the first of them. */
  readonly from?: number;
}

/** What a command did: another state of the place, another place, or something for the world outside. */
export type Step =
  | { readonly kind: 'here'; readonly place: Place }
  | { readonly kind: 'go'; readonly place: Place }
  | { readonly kind: 'notice'; readonly text: string };

/** What `y` and `Y` copy: text without decoration, and its name for the notice. */
export interface Yank {
  readonly text: string;
  readonly what: string;
}

/** What `/` looks through. */
export interface Searched {
  /** Equal where the rows are the same. */
  readonly key: string;
  readonly count: () => number;
  readonly test: (query: string) => (row: number) => boolean;
  /** Row that the cursor is on. */
  readonly at: number;
  readonly goTo: (row: number) => Place;
}

/** One screen: pure functions of what is known and where the user is. Drawing never changes anything. */
export interface Screen<P extends Place> {
  readonly list: (view: View, place: P) => List;
  /** The place with its cursor on another row. */
  readonly moved: (view: View, place: P, cursor: number) => P;
  /** Lines of everything but the footer. */
  readonly head: (view: View, place: P) => readonly Line[];
  readonly body: (view: View, place: P) => readonly Line[];
  /** Right end of the footer: `4/5`. */
  readonly position: (view: View, place: P) => string;
  /** What leaving the screen leaves first: a view within it. */
  readonly back?: (place: P) => P | undefined;
  readonly act: (view: View, place: P, command: Command, key: string) => Step | undefined;
  readonly search: (view: View, place: P) => Searched;
  readonly yank: (view: View, place: P, all: boolean) => Yank | undefined;
}

export const here = (place: Place): Step => ({ kind: 'here', place });
export const go = (place: Place): Step => ({ kind: 'go', place });
export const notice = (text: string): Step => ({ kind: 'notice', text });
