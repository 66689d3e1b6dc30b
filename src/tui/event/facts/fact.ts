import { type Line, type Span, span } from '../../line/line.ts';
import type { EventContext } from '../tab.ts';

/** A part of a fact; one that is concluded, not printed, is a guess. */
export type Part = string | { readonly text: string; readonly guess: true };

/** One row above the tabs. */
export interface Fact {
  readonly label: string;
  /** The most telling first: where there is little room the last ones go. */
  readonly parts: readonly (Part | undefined | false)[];
  /** All of it is concluded: the row says so. */
  readonly guess?: boolean;
  /** Names are cut in the middle, text of the log at the right. */
  readonly name?: boolean;
}

/** A row of the table of kinds: undefined where the event has nothing for it. */
export type FactOf = (context: EventContext) => Fact | undefined;

export const guess = (text: string): Part => ({ text, guess: true });

/** The line of a fact without its label. */
export const partsLine = (parts: readonly Part[], role?: 'guess'): Line =>
  parts.flatMap((part, i): (string | Span)[] => {
    const shown = typeof part === 'string' ? span(part, role) : span(part.text, 'guess');
    return i === 0 ? [shown] : [span(' · ', 'dim'), shown];
  });
