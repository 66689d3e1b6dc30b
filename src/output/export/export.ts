import type { Event } from '../../event/event.ts';

/** Events, or incidents, in the form of another program, as they are found: `head`, each, `end`. */
export interface Export {
  /** `latin1` where what is written are bytes. */
  readonly encoding: 'utf8' | 'latin1';
  /** Each event can be used before the end is there. */
  readonly streamed: boolean;
  readonly head: string;
  /** An input begins, which may have no event at all. */
  input(source: string): void;
  /** @param reasons of an incident, a sentence each; an event has none */
  event(event: Event, reasons?: readonly string[]): string;
  end(): string;
}

/** What an export must be told, as it reads neither a clock nor a package. */
export interface ExportContext {
  /** Milliseconds since 1970 at which the log is read: what stands where the log has no time of the day, and says so. */
  readonly now: number;
  /** Of lastkmsg. */
  readonly version: string;
  /** What is told: events one by one, or incidents, each as the event that it began with (incident.ts). */
  readonly what: 'events' | 'incidents';
}
