import type { Confidence, Kind, Severity } from '../../event/event.ts';
import type { KindFamily } from '../../event/kinds.ts';

/** Counts up when a field changes its meaning or goes; a new field that may be absent is no new version. */
export const ANSWER_SCHEMA = 1;

/**
 * What one input came to: the one thing that workers send and the store keeps. Plain JSON, texts decoded, some hundred kB at most however
 * long the log is. What is not known is absent.
 */
export interface Answer {
  readonly schema: typeof ANSWER_SCHEMA;
  /** SHA-256 of the input's bytes, in hex: the same input twice is one answer, whatever its name. */
  readonly id: string;
  /** What it was called where it was read. */
  readonly input: string;
  /** ISO 8601, UTC: when it was read. The store's day, which retention goes by: a crashed machine's clock may say anything. */
  readonly readAt: string;
  /** The lastkmsg that read it. */
  readonly version: string;
  /**
   * `lossy`: read, and something was lost. `unreadable`: neither dump nor log. `dead`: reading it was given up, it killed its readers. `copy`: the text of a dump beside it,
   * which counts. `archive`: what was in it has answers of its own.
   */
  readonly status: AnswerStatus;
  /** Why it was not read, or what of it is a copy; one line. */
  readonly reason?: string | undefined;
  /** What was lost, a line each. */
  readonly losses: readonly string[];
  /** `vmcore`, or the text form. */
  readonly form?: string | undefined;
  /** Node name of the machine that crashed. */
  readonly host?: string | undefined;
  /** When the log ends: the crash. As its source has it, so possibly wrong by years. */
  readonly when?: AnswerTime | undefined;
  /** Release of the kernel that wrote the end of the log. */
  readonly release?: string | undefined;
  /** All of them: a text may hold several boots. */
  readonly releases: readonly string[];
  /** As the dump names it (`x86_64`, `aarch64`); texts do not say. */
  readonly arch?: string | undefined;
  /** Of the machine: `QEMU Standard PC (i440FX + PIIX, 1996)`. */
  readonly model?: string | undefined;
  /** `1.16.2-debian-1.16.2-1 04/01/2014`. */
  readonly firmware?: string | undefined;
  /** Letters of taint that any of its reports shows. */
  readonly taint: readonly string[];
  /** As the last report that lists them has them; empty where none does. */
  readonly modules: readonly AnswerModule[];
  readonly records: number;
  /** The worst first. */
  readonly incidents: readonly AnswerIncident[];
  readonly events: readonly AnswerEvent[];
  /** Events and incidents that were not kept, for a forged log has no end of them. */
  readonly omitted: number;
}

type AnswerStatus = 'ok' | 'lossy' | 'unreadable' | 'dead' | 'copy' | 'archive';

export interface AnswerTime {
  /** ISO 8601, UTC. */
  readonly time: string;
  /** `crashtime`, `rtc`, `journal`, `syslog`…: of events' `wall`. */
  readonly source: string;
}

export interface AnswerModule {
  readonly name: string;
  /** `OE`: letters of its taint. */
  readonly taint?: string | undefined;
}

/** What an incident and the event that it counts under have in common: the identity over many machines. */
interface Identity {
  readonly kind: Kind;
  readonly family: KindFamily;
  readonly title: string;
  /** `signature.hash` of the event, which holds the callers: hashes of one kind and title are its variants. Empty where it has none. */
  readonly signature: string;
  /** `foo_release [foo]`. */
  readonly culprit?: string | undefined;
}

export interface AnswerIncident extends Identity {
  /** `I2`: what `lastkmsg incidents` calls it. */
  readonly incident: string;
  readonly headline: string;
  readonly verdict: string;
  /** Part of the verdict is a conclusion of ours, not what the kernel said. */
  readonly inferred: boolean;
  /** Of its weakest link; absent where it is of one event alone. */
  readonly confidence?: Confidence | undefined;
  /** The worst of its events. */
  readonly severity: Severity;
  readonly when?: AnswerTime | undefined;
}

export interface AnswerEvent extends Identity {
  /** `E4`: what `lastkmsg events` calls it. */
  readonly event: string;
  readonly severity: Severity;
  readonly boot: number;
  /** Seconds since boot. */
  readonly uptime?: number | undefined;
  readonly when?: AnswerTime | undefined;
  /** How often it was reported: repeats are folded into one event. */
  readonly count: number;
  readonly comm?: string | undefined;
}

/** Where answers are kept: `openStore(path)` of fleet/store gives one to write to. One writer at a time. */
export interface AnswerStore {
  /**
   * Keeps the answers whose ids are new, and returns how many that were once they are on disk for good: all of them or, where it throws or
   * the process dies, maybe some; to ingest them again is safe, in any order.
   */
  ingest(answers: readonly Answer[]): Promise<number>;
  /** Those of the ids that are in the store. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}
