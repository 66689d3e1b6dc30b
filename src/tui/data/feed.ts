import type { Event, Incident } from '../../event/event.ts';
import type { InputInfo } from '../../output/info.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** What arrives while one input is read, in any order that respects the log's. */
export type FeedMessage =
  | { readonly kind: 'records'; readonly records: readonly PrintkRecord[] }
  /** An event and the sequence numbers of its records: what lies between and is not named belongs to others. */
  | { readonly kind: 'event'; readonly event: Event; readonly members: readonly number[] }
  /** What is known of the input as a whole; again whenever a growing log has gone quiet. */
  | {
      readonly kind: 'correlated';
      readonly info: InputInfo;
      readonly incidents: readonly Incident[];
      readonly unexplained: readonly string[];
    }
  /** The input was read to its end; lost or damaged parts, one line each. */
  | { readonly kind: 'end'; readonly losses: readonly string[] }
  /** It cannot be read: what was sought, where, what was found, what to try. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads one input and hands over what it finds; gives way to the event loop every few milliseconds. Ends with the input. */
export type Feed = (take: (message: FeedMessage) => void) => Promise<void>;
