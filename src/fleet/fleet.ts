import type { Kind, Severity, Wall } from '../event/event.ts';
import type { KindFamily } from '../event/kinds.ts';
import type { SeenEvent, UnreadableInput } from './input.ts';

/** Many inputs, grouped: everything that the fleet screen, the table and the JSON show. */
export interface Fleet {
  /** All inputs: those that were read and count, copies of those, and those that could not be read. */
  readonly inputs: number;
  readonly read: number;
  /** Inputs that were read with loss. */
  readonly lossy: number;
  /** Names of machines that are known, sorted. */
  readonly hosts: readonly string[];
  /** ISO 8601: the oldest and the newest time that any input is from. */
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  /** In order of version. */
  readonly kernels: readonly Share[];
  readonly days: readonly Day[];
  /** Inputs read that tell no time of the day. */
  readonly undated: number;
  /** One for each signature that an incident began with; what most inputs show first. */
  readonly groups: readonly FleetGroup[];
  /** Inputs without an incident, by name. */
  readonly quiet: readonly QuietInput[];
  /** Logs that are the text of a dump beside them: not counted. */
  readonly copies: readonly Copy[];
  readonly unreadable: readonly UnreadableInput[];
}

/** One signature: a kind and a title. */
export interface FleetGroup {
  /** Tells it from the other groups; stable over runs. */
  readonly key: string;
  /** `signature.hash` of the variant that most inputs show. */
  readonly hash: string;
  readonly kind: Kind;
  readonly family: KindFamily;
  readonly title: string;
  /** The worst. */
  readonly severity: Severity;
  /** Inputs that show it, each counted once; one member each. */
  readonly inputs: number;
  /** Incidents that it began, in all of them. */
  readonly incidents: number;
  /** Known machines, sorted; `withoutHost` of the inputs name none. */
  readonly hosts: readonly string[];
  readonly withoutHost: number;
  /** Oldest and newest time that is known. */
  readonly first?: Wall | undefined;
  readonly last?: Wall | undefined;
  /** Releases it was seen on, in order of version; `of` is how many inputs of the fleet are from that release. */
  readonly kernels: readonly ShareOf[];
  readonly newIn?: NewIn | undefined;
  /** Taint letters, most frequent first. */
  readonly taint: readonly Share[];
  /** Models of machines, most frequent first. */
  readonly hardware: readonly Share[];
  readonly together: readonly Together[];
  /** Guilty function with its module, and the frames from it outwards, of the variant that most inputs show. */
  readonly culprit?: string | undefined;
  readonly stack: readonly string[];
  /** The same title with other callers; an input may show several. Most frequent first. */
  readonly variants: readonly Variant[];
  /** Newest first, those without a time last. */
  readonly members: readonly FleetMember[];
}

/** One input's part of a group: the newest event of it that began an incident. */
export interface FleetMember extends SeenEvent {
  readonly source: string;
  readonly host?: string | undefined;
  readonly severity: Severity;
  /** The variant. */
  readonly hash: string;
  readonly incidents: number;
}

/** How many inputs. */
export interface Share {
  readonly name: string;
  readonly inputs: number;
}

export interface ShareOf extends Share {
  readonly of: number;
}

/** The first release that a signature is seen on, where inputs of earlier releases of the same flavour do not show it. */
export interface NewIn extends ShareOf {
  /** The release before, and how many inputs are from it: it is seen in none of them. */
  readonly before: Share;
  /** Inputs of all earlier releases. */
  readonly earlier: number;
}

/** Another signature in the same inputs, within five minutes where both times are known. */
export interface Together extends Share {
  /** `key` of its group, if it has one. */
  readonly key: string;
  readonly kind: Kind;
  readonly percent: number;
  /** Of the inputs, those whose times cannot be compared. */
  readonly untimed: number;
}

export interface Variant {
  readonly hash: string;
  readonly frames: readonly string[];
  readonly culprit?: string | undefined;
  readonly inputs: number;
}

/** Inputs from one day (UTC), each under the family of the incident that is nearest to its end. */
export interface Day {
  /** `2026-11-22`. */
  readonly day: string;
  readonly inputs: number;
  readonly families: Readonly<Partial<Record<KindFamily | 'quiet', number>>>;
}

export interface QuietInput {
  readonly source: string;
  readonly host?: string | undefined;
  readonly releases: readonly string[];
  /** Events that harmed nobody. */
  readonly events: number;
  readonly records: number;
}

export interface Copy {
  readonly source: string;
  /** `source` of the dump. */
  readonly of: string;
}
