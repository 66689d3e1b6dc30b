import { textOf } from '../record/decode-text.ts';
import type { PrintkRecord, RecordWall } from '../record/record.ts';

/** One record of a kernel log. Absent facts are absent fields. */
export interface LogRecord {
  /** Sequence number of the ring; of a text the line number, from 1. */
  readonly seq: number;
  /** Seconds since boot, to the microsecond. */
  readonly uptime?: number;
  /** 0 (emerg) to 7 (debug). */
  readonly level?: number;
  /** Facility as in syslog: 0 is the kernel. */
  readonly facility?: number;
  /** Who printed it: `T` and a thread's id, or `C` and a CPU (CONFIG_PRINTK_CALLER, since 5.1). */
  readonly callerId?: string;
  /** UTF-8 decoded; may have several lines, and whatever control characters the kernel stored. */
  readonly text: string;
  /** `SUBSYSTEM=pci`, `DEVICE=+pci:0000:00:1f.2`. */
  readonly dict?: readonly string[];
  /** The time of the day that the text itself states; never derived. */
  readonly wall?: {
    /** ISO 8601, UTC. */
    readonly time: string;
    readonly source: 'journal' | 'syslog' | 'ctime' | 'iso' | 'pstore';
    readonly uncertaintySeconds: number;
    /** What the text does not state: its year is the last that fits, its zone is UTC. */
    readonly inferred?: readonly ('year' | 'zone')[];
  };
  /** Why its text is not there, or not all of it; only of records of a dump. */
  readonly loss?: 'failed' | 'overwritten' | 'excluded' | 'unreadable' | 'truncated';
}

/** A record as libraries see it. */
export function logRecord({ seq, usec, level, facility, callerId, text, dict, wall, ring }: PrintkRecord): LogRecord {
  return {
    seq,
    ...(usec !== undefined && { uptime: usec / 1e6 }),
    ...(level !== undefined && { level }),
    ...(facility !== undefined && { facility }),
    ...(callerId !== undefined && { callerId }),
    text: textOf(text),
    ...(dict !== undefined && { dict: dict.map(textOf) }),
    ...(wall !== undefined && { wall: wallOf(wall) }),
    ...(ring?.loss !== undefined && { loss: ring.loss }),
  };
}

function wallOf({ usec, source, uncertaintySeconds, inferred }: RecordWall): NonNullable<LogRecord['wall']> {
  return { time: new Date(usec / 1000).toISOString(), source, uncertaintySeconds, ...(inferred && { inferred }) };
}
