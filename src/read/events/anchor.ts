import type { Event } from '../../event/event.ts';
import { type ClockAnchor, clockAnchor } from '../../record/clock.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** Microseconds of uptime within which a driver of the real-time clock comes up. */
const EARLY = 600_000_000;

/** By then most drivers have: what happened before waits for them, so that it does not matter how the log was cut into batches. */
const BOOTED = 30_000_000;
/** Boots that are remembered; an event is given out soon after it happened. */
const MAX_ERAS = 1024;

/** A stretch of the log whose times are of one boot. */
interface Era {
  /** `seq` of its first record. */
  readonly from: number;
  rtc: ClockAnchor | undefined;
  /** The RTC's line dates what comes after it; one that comes while the machine boots dates the whole boot. */
  datesFrom: number;
}

/** Gathers what ties a log's clock to wall time while its records pass by; events that state no time of their own get one from it. */
export class EventClock {
  #eras: Era[] = [];
  #last: PrintkRecord | undefined;

  see(records: readonly PrintkRecord[]): void {
    let era = this.#eras.at(-1);
    for (const record of records) {
      const { usec, text } = record;
      if (usec === undefined) continue;
      // a new boot begins at zero and has a clock of its own; a CPU that comes up late may go back by less than this
      if (era === undefined || usec < (this.#last?.usec ?? 0) - 5_000_000) era = this.#begin(era && record.seq);
      this.#last = record;
      // drivers set the clock once, early: later records are not looked at; the line ends in a parenthesis
      if (era.rtc !== undefined || usec >= EARLY || text.charCodeAt(text.length - 1) !== 0x29) continue;
      if (!text.includes('setting system clock')) continue;
      era.rtc = clockAnchor([record], {});
      era.datesFrom = usec < BOOTED ? era.from : record.seq;
    }
  }

  /**
   * @param crashTime seconds since 1970, where a dump states it
   * @param seq of the event's first record: it may be given out when the next boot has begun
   */
  anchor(crashTime?: number, seq = Number.POSITIVE_INFINITY): ClockAnchor | undefined {
    const crash = crashTime === undefined || this.#last === undefined ? undefined : clockAnchor([this.#last], { crashTime });
    const era = this.#eras.findLast(({ from }) => from <= seq);
    return crash ?? (era !== undefined && era.datesFrom <= seq ? era.rtc : undefined);
  }

  /** Whether a line that dates the event may still come. */
  mayDate({ wall, uptime, records }: Event): boolean {
    const era = this.#eras.at(-1);
    if (wall !== undefined || uptime === undefined || era === undefined || era.from > records.first) return false;
    return this.isOpen;
  }

  /** Whether a line that dates the boot at hand may still come. */
  get isOpen(): boolean {
    return this.#eras.at(-1)?.rtc === undefined && (this.#last?.usec ?? 0) < BOOTED;
  }

  #begin(from = Number.NEGATIVE_INFINITY): Era {
    const era = { from, rtc: undefined, datesFrom: from };
    this.#eras.push(era);
    if (this.#eras.length > MAX_ERAS) this.#eras.shift();
    return era;
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
