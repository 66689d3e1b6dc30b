import type { PrintkRecord } from './record.ts';

/** What ties seconds since boot to wall time. */
export interface ClockAnchor {
  /** Microseconds since 1970 at which the machine booted. */
  readonly bootUsec: number;
  readonly source: 'crashtime' | 'rtc' | 'dump-header';
  /** How far off a derived time may be, seconds. */
  readonly uncertaintySeconds: number;
}

/** drivers/rtc/class.c since 2.6.39: `setting system clock to 2024-05-01T12:00:00 UTC (1714564800)`. */
const RTC = /setting system clock to \S+[ T]\S+ UTC \((\d{9,11})\)/;

/**
 * The best anchor there is. CRASHTIME is taken just after the panic's messages, so it is the time of the last record; printk's clock
 * stands still in suspend, so CRASHTIME dates the records since the last resume, which are nearest to the crash. A line of the RTC dates
 * all records from boot on. The dump's own time stamp is when makedumpfile ran, in the capture kernel.
 */
export function clockAnchor(
  records: Iterable<PrintkRecord>,
  facts: { crashTime?: number | undefined; dumpTime?: number | undefined },
): ClockAnchor | undefined {
  let last: number | undefined;
  let rtc: ClockAnchor | undefined;
  for (const r of records) {
    if (r.usec === undefined) continue;
    last = r.usec;
    const seconds = rtc === undefined && r.text.includes('setting system clock') ? RTC.exec(r.text)?.[1] : undefined;
    if (seconds !== undefined) rtc = { bootUsec: Number(seconds) * 1e6 - r.usec, source: 'rtc', uncertaintySeconds: 1 };
  }
  if (last === undefined) return undefined;
  if (facts.crashTime !== undefined && facts.crashTime > 0)
    return { bootUsec: facts.crashTime * 1e6 - last, source: 'crashtime', uncertaintySeconds: 5 };
  if (rtc) return rtc;
  if (facts.dumpTime !== undefined && facts.dumpTime > 0)
    return { bootUsec: facts.dumpTime * 1e6 - last, source: 'dump-header', uncertaintySeconds: 300 };
  return undefined;
}
