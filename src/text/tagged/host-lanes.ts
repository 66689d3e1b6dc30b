import { HOST_ENTRY } from '../../record/boot-entry.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** A host that is silent for so long (µs of wall time, or lines of others where the stamps give none) has ended what it was saying. */
const REST_USEC = 5_000_000;
const REST_LINES = 200;
/** Records of other hosts that wait at most. */
const WAITING_LIMIT = 4000;

/**
 * A log server's file holds the kernels of several machines, line by line. Each machine's burst is given out in one piece, so that a
 * report is not torn by another machine's; the first record of a piece names its host.
 */
export class HostLanes {
  private current: string | undefined;
  private lastWall = 0;
  private since = 0;
  private waitingCount = 0;
  private readonly waiting = new Map<string, PrintkRecord[]>();

  push(record: PrintkRecord, host: string, out: PrintkRecord[]): void {
    if (host === this.current) {
      this.lastWall = record.wall?.usec ?? 0;
      this.since = 0;
      out.push(record);
      return;
    }
    if (this.current === undefined) {
      this.current = host;
      out.push(named(record, host));
      return;
    }
    const lane = this.waiting.get(host);
    if (lane === undefined) this.waiting.set(host, [record]);
    else lane.push(record);
    this.waitingCount++;
    this.since++;
    const silent = record.wall !== undefined && this.lastWall > 0 ? record.wall.usec - this.lastWall : 0;
    if (silent > REST_USEC || this.since > REST_LINES || this.waitingCount > WAITING_LIMIT) this.turn(out);
  }

  flush(out: PrintkRecord[]): void {
    while (this.waiting.size > 0) this.turn(out);
  }

  /** The host that waits longest speaks next. */
  private turn(out: PrintkRecord[]): void {
    const next = this.waiting.entries().next().value;
    if (next === undefined) return;
    const [host, [first, ...rest]] = next;
    this.waiting.delete(host);
    this.current = host;
    this.since = 0;
    this.waitingCount -= rest.length + 1;
    if (first !== undefined) out.push(named(first, host));
    for (const record of rest) out.push(record);
    this.lastWall = (rest.at(-1) ?? first)?.wall?.usec ?? 0;
  }
}

const named = (record: PrintkRecord, host: string): PrintkRecord =>
  host === '' ? record : { ...record, dict: [...(record.dict ?? []), `${HOST_ENTRY}${host}`] };
