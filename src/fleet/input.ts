import type { Kind, Records, Severity, Task, Wall } from '../event/event.ts';

/**
 * One input of many: what was found in it, or why nothing was. Plain data, so that it can be sent from a worker; bounded, however long
 * the log is.
 */
export type FleetInput = ReadInput | UnreadableInput;

/** What `cli` knows of an input beside its events. */
export interface InputFacts {
  /** The FILE as given. */
  readonly source: string;
  /** `vmcore`, or the text form. */
  readonly form: string;
  /** Node name of the dumped kernel, or what the log calls its machine; absent where it names none, or several. */
  readonly host?: string | undefined;
  /** Releases of the kernels that wrote it, a text may hold several boots. */
  readonly releases: readonly string[];
  /** Records of the log. */
  readonly records: number;
  /** When it ended: a dump's crash time. */
  readonly ended?: string | undefined;
  /** What was lost or damaged, a line each. */
  readonly losses: readonly string[];
}

export interface ReadInput extends InputFacts {
  readonly kind: 'read';
  readonly events: number;
  readonly incidents: number;
  /** What it shows, each signature once, those that an incident began with first. */
  readonly sightings: readonly Sighting[];
  /** Signatures that were not kept: a forged log has no end of them. */
  readonly omitted: number;
}

interface UnreadableInput {
  readonly kind: 'unreadable';
  readonly source: string;
  /** One line: what was sought, where, what was found instead. */
  readonly reason: string;
  /** lastkmsg itself failed on it. */
  readonly bug?: boolean | undefined;
}

/** One signature as one input shows it. */
export interface Sighting {
  readonly kind: Kind;
  readonly title: string;
  /** `signature.hash` and `signature.frames` of the events; the hash is empty where an event has none. */
  readonly hash: string;
  readonly frames: readonly string[];
  /** `foo_release [foo]`: the guilty frame's function and module. */
  readonly culprit?: string | undefined;
  readonly severity: Severity;
  /** Incidents that it is the root of; 0 where it only followed from others, or harmed nobody. */
  readonly incidents: number;
  readonly events: number;
  /** Releases of the kernels that it was seen on. */
  readonly releases: readonly string[];
  /** When it was seen, in log order; of many the first and the last. */
  readonly moments: readonly Moment[];
  /** The newest event of it that is the root of an incident, else the newest. */
  readonly newest: SeenEvent;
}

/** When an event happened, as far as it is known. */
export interface Moment {
  readonly boot: number;
  /** Seconds since boot. */
  readonly uptime?: number | undefined;
  readonly wall?: Wall | undefined;
}

/** What is kept of an event. */
export interface SeenEvent extends Moment {
  /** `E4`: what `lastkmsg events` calls it. */
  readonly event: string;
  /** `I2` and its verdict, where it is the root of one. */
  readonly incident?: string | undefined;
  readonly verdict?: string | undefined;
  readonly records: Records;
  readonly task?: Task | undefined;
  readonly release?: string | undefined;
  /** Taint letters. */
  readonly taint: readonly string[];
  /** Model of the machine, without its firmware's version. */
  readonly hardware?: string | undefined;
}
