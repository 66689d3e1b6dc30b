/**
 * One printk record, from whatever it was read: a ring in a dump, /dev/kmsg, a line of text.
 *
 * Text is kept as the kernel stored it, byte for byte: a "byte string" holds one byte in each UTF-16 unit (latin1), so that
 * nothing is lost, V8 keeps it at one byte a character, and the escaping rules of the peers, which work on bytes, can be applied.
 * {@link decodeText} makes what people read.
 */
export interface PrintkRecord {
  /** Sequence number of the ring; for text inputs the line number, from 1. */
  readonly seq: number;
  /** Microseconds since boot (the kernel prints no finer time); absent where the text has none. */
  readonly usec?: number | undefined;
  /** 0 emerg … 7 debug. */
  readonly level?: number | undefined;
  /** syslog facility, 0 = kern. */
  readonly facility?: number | undefined;
  /** `T<thread id>` or `C<cpu>`, as the kernel prints it with CONFIG_PRINTK_CALLER. */
  readonly callerId?: string | undefined;
  /** Byte string without the final newline; may hold `\n` (a multi-line record), control bytes and invalid UTF-8. */
  readonly text: string;
  /** `SUBSYSTEM=pci`, `DEVICE=+pci:0000:00:1f.2`: byte strings. */
  readonly dict?: readonly string[] | undefined;
  /** The record continues the one before it (LOG_CONT). */
  readonly continuation?: boolean | undefined;
  /** Wall time that the text itself states (journal, syslog); never derived. */
  readonly wall?: RecordWall | undefined;
  /**
   * Not the kernel's: a line of prose, of a shell, of another program that stands beside the kernel's lines. It is a line of the log, but
   * no evidence: no report may begin with it.
   */
  readonly foreign?: boolean | undefined;
  /** What only a ring knows. */
  readonly ring?: RingFacts | undefined;
}

export interface RecordWall {
  /** Microseconds since 1970, UTC. */
  readonly usec: number;
  readonly source: 'journal' | 'syslog' | 'ctime' | 'iso' | 'pstore';
  /** How far off it may be, in seconds (the resolution of the text, or more). */
  readonly uncertaintySeconds: number;
  /** What the text does not state: the year is the latest that does not put the stamp after the writing of the log, the zone is UTC. */
  readonly inferred?: readonly WallPart[] | undefined;
}

export type WallPart = 'year' | 'zone';

/** Why a ring record has no text, or not all of it. */
export type TextLoss = 'failed' | 'overwritten' | 'excluded' | 'unreadable' | 'truncated';

interface RingFacts {
  /** False: committed but still open for continuation (descriptor state 1, since 5.10); dmesg does not show such a record yet. */
  readonly finalized: boolean;
  /** The record never had a data block (NO_LPOS: an empty line), or lost it (FAILED_LPOS): peers treat these apart. */
  readonly dataless?: boolean | undefined;
  readonly loss?: TextLoss | undefined;
  /** Name of the printing task (CONFIG_PRINTK_EXECUTION_CTX, since 7.0). */
  readonly comm?: string | undefined;
  /** The complement of callerId: the CPU of a task, the thread of an interrupted CPU (since 7.0). */
  readonly callerId2?: string | undefined;
}
