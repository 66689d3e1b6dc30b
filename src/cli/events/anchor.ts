import type { Event } from '../../event/event.ts';
import { type ClockAnchor, clockAnchor } from '../../record/clock.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** Microseconds of uptime within which a driver of the real-time clock comes up. */
const EARLY = 600_000_000;

/** Gathers what ties a log's clock to wall time while its records pass by; events that state no time of their own get one from it. */
export class EventClock {
  #rtc: PrintkRecord | undefined;
  #last: PrintkRecord | undefined;

  see(records: readonly PrintkRecord[]): void {
    for (const record of records) {
      if (record.usec === undefined) continue;
      // a new boot begins at zero and has a clock of its own; a CPU that comes up late may go back by less than this
      if (this.#last && record.usec < (this.#last.usec ?? 0) - 5_000_000) this.#rtc = undefined;
      this.#last = record;
      // drivers set the clock once, early: later records are not looked at
      if (this.#rtc === undefined && record.usec < EARLY && record.text.includes('setting system clock')) this.#rtc = record;
    }
  }

  /** @param crashTime seconds since 1970, where a dump states it */
  anchor(crashTime?: number): ClockAnchor | undefined {
    const known = [this.#rtc, this.#last].filter((record) => record !== undefined);
    return clockAnchor(known, { crashTime });
  }
}

/** The event with a wall time from the anchor, unless it has one or has no time at all. */
export function anchored(event: Event, anchor: ClockAnchor | undefined): Event {
  if (!anchor || event.wall || event.uptime === undefined) return event;
  const { source, uncertaintySeconds, bootUsec } = anchor;
  const milliseconds = Math.round(bootUsec / 1000 + event.uptime * 1000);
  if (!(Math.abs(milliseconds) <= 8.64e15)) return event; // what a damaged dump says may be no date
  return { ...event, wall: { time: new Date(milliseconds).toISOString(), source, uncertaintySeconds } };
}
