import type { TimeMode } from '../data/clock.ts';
import type { Size } from '../screens/screen.ts';
import type { Place } from './place.ts';

/** The line at the bottom that the user types into, or a question that one key answers. */
export type Prompt =
  | { readonly kind: 'search'; readonly text: string; readonly from: Place; readonly row: number }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'export' | 'mark' | 'to-mark' };

export interface State {
  readonly size: Size;
  /** Where the user is, last, and how she came there. */
  readonly places: readonly Place[];
  /** Where `a` goes again. */
  readonly forward: readonly Place[];
  readonly prompt?: Prompt | undefined;
  /** First line seen of the overlay of keys, where it is open. */
  readonly help?: number | undefined;
  /** One line that the next key takes away. */
  readonly notice?: string | undefined;
  readonly time: TimeMode;
  readonly marks: ReadonlyMap<string, Place>;
  readonly mouse: boolean;
  /** The user has pressed a key: the cursor is hers. */
  readonly touched: boolean;
}

/** What the reducer asks of the world outside. */
export type Effect =
  | { readonly kind: 'quit' | 'suspend' | 'plain' }
  | { readonly kind: 'mouse'; readonly on: boolean }
  /** An input is shown: it is read, unless it was or is. */
  | { readonly kind: 'read'; readonly source: number }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'export'; readonly source: number; readonly format: ExportFormat }
  | { readonly kind: 'export-fleet'; readonly format: ExportFormat };

export const EXPORT_FORMATS = { t: 'text', m: 'markdown', h: 'html', j: 'json' } as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[keyof typeof EXPORT_FORMATS];

export type Action =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'mouse'; readonly action: 'wheel-up' | 'wheel-down' | 'click'; readonly row: number }
  | { readonly kind: 'resize'; readonly size: Size }
  /** Records, events or matches have arrived. */
  | { readonly kind: 'grown' }
  /** An input was read to its end. */
  | { readonly kind: 'read'; readonly source: number }
  | { readonly kind: 'notice'; readonly text: string };

export const initialState = (first: Place, size: Size): State => ({
  size,
  places: [first],
  forward: [],
  time: 'boot',
  marks: new Map(),
  mouse: false,
  touched: false,
});

/** Where the user is. */
export const placeOf = ({ places }: State): Place => places.at(-1)!;
