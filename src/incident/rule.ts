import type { Confidence, Event } from '../event/event.ts';
import type { KindName } from '../event/kinds.ts';
import type { LogNotes } from '../record/log-notes.ts';

/** What a rule found between two events. */
export interface Finding {
  readonly confidence: Confidence;
  /** Paths of the fields of each event that it rests on; without any, or without records, it rests on the head of the report. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

/** One way in which the kernel makes one report follow from another: data, and a small function that looks at the two. */
export interface Rule {
  /** Stable: edges carry it. */
  readonly name: string;
  /** Why the one follows from the other, for people: a fact of how the kernel behaves. */
  readonly why: string;
  /** What the edge does not show, for `notProven`. */
  readonly unproven?: string;
  /** Kinds, families and groups (event/kinds.ts). */
  readonly from: readonly KindName[];
  readonly to: readonly KindName[];
  /** Seconds between the two at most. */
  readonly within: number;
  /** The two may stand in neighbouring boots of one log. */
  readonly acrossBoots?: boolean;
  /** Events that carry one key are a chain: each is matched with the one before it, however far back in the list. */
  readonly key?: (event: Event) => string | undefined;
  /** What it matches is only a repeat: no other rule looks at it. */
  readonly final?: boolean;
  /** Looks at the two, which fit by kind, boot and time. */
  readonly test: (from: Event, to: Event) => Finding | Confidence | undefined;
  /** What the verdict says of `to`; nothing where `to` only repeats what was said. */
  readonly says?: (to: Event, from: Event) => string | undefined;
}

/** What a clue found: a fact in the verdict's words, and the records that say so. That it matters is never proven. */
export interface Hint {
  readonly says: string;
  readonly evidence: readonly number[];
}

/** What records outside any report say about the report that began an incident: data, and a small function that looks. */
export interface Clue {
  readonly name: string;
  /** Why the one matters for the other, for people. */
  readonly why: string;
  /** What it leaves open, for `notProven`. */
  readonly unproven: string;
  /** Kinds of reports that it is looked for. */
  readonly of: readonly KindName[];
  readonly find: (event: Event, notes: LogNotes) => Hint | undefined;
}
