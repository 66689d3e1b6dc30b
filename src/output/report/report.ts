import type { Event, Incident, MachineFacts, RawRecord } from '../../event/event.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { InputInfo } from '../../read/info.ts';
import type { TimeStyle } from '../text/wall-time.ts';

/** What `lastkmsg report` shows: values in, a document out, whatever its format. */
export interface Report {
  /** Of lastkmsg, for the last line of the document. */
  readonly version: string;
  /** How times of the day are shown. */
  readonly time: TimeStyle;
  readonly parts: readonly ReportPart[];
  /** Of several inputs what they share. */
  readonly fleet?: Fleet | undefined;
  /** What `--redact` replaced; absent where nothing was asked for. */
  readonly replaced?: readonly Replaced[] | undefined;
}

/** One input. */
export interface ReportPart {
  readonly source: string;
  readonly info: InputInfo;
  readonly events: readonly Event[];
  /** Events that are none of these, of a log that has more than are held. */
  readonly notHeld: number;
  readonly incidents: readonly Incident[];
  /** Ids of events that belong to no incident. */
  readonly unexplained: readonly string[];
  readonly log: Excerpt;
  /** What the memory of a dump says beyond its log. */
  readonly machine?: MachineFacts | undefined;
  /** What was lost while reading, one line each. */
  readonly losses: readonly string[];
}

/** The part of a log that a report shows. */
export interface Excerpt {
  /** Records of the whole log. */
  readonly total: number;
  readonly items: readonly ExcerptItem[];
}

/** Records in a row, or how many were left out between two such rows. */
export type ExcerptItem =
  | { readonly kind: 'records'; readonly records: readonly RawRecord[] }
  | { readonly kind: 'gap'; readonly count: number };

/** One kind of thing that was replaced: how many different values, how often. */
export interface Replaced {
  readonly kind: string;
  readonly what: string;
  readonly values: number;
  readonly places: number;
}
