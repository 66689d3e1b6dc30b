/** One call of printk(), as the tests write it. */
export interface PrintkCall {
  readonly text: string | Buffer;
  /** Default: 1 ms after the call before. */
  readonly tsNsec?: bigint;
  readonly level?: number;
  readonly facility?: number;
  readonly caller?: { readonly task: number } | { readonly cpu: number };
  /** Execution context, kept since 7.0: the CPU of a task, the thread that an interrupt hit. */
  readonly otherCaller?: number;
  readonly comm?: string;
  readonly subsystem?: string;
  readonly device?: string;
  /** False: the line stays open for a KERN_CONT. */
  readonly newline?: boolean;
  /** KERN_CONT: extends the record before it where the ring can. */
  readonly cont?: boolean;
  /** The writer reserves the record and never comes back (5.10+). */
  readonly hold?: boolean;
}

export const LOG_NEWLINE = 2;
export const LOG_CONT = 8;

/** A record that a correct reader gets out of the ring. */
export interface ExpectedRecord {
  readonly seq: number;
  readonly tsNsec: bigint;
  readonly level: number;
  readonly facility: number;
  readonly text: Buffer;
  readonly callerId?: string | undefined;
  readonly callerId2?: string | undefined;
  readonly comm?: string | undefined;
  /** `KEY=value` strings. */
  readonly dict: readonly string[];
  readonly continuation: boolean;
  /** Descriptor state 2; false is committed, 1. Always true before 5.10. */
  readonly finalized: boolean;
  readonly dataless?: 'failed' | 'empty' | undefined;
}

export interface ExpectedLog {
  /** Ascending by seq. Empty for a flat ring, which has no records. */
  readonly records: readonly ExpectedRecord[];
  /** First and last seq (inclusive) of runs between 0 and the last record that no ring holds any more. */
  readonly lost: readonly { readonly first: number; readonly last: number }[];
  /** printk_ringbuffer.fail: calls that got no descriptor. */
  readonly fail: number;
  /** Records before 5.10: index of the record that follows the header of zeros which marks the wrap. */
  readonly wrapBefore?: number | undefined;
  /** Flat ring: the bytes, oldest first. */
  readonly flat?: Buffer | undefined;
}

export const callerWord = (c: PrintkCall['caller']): number => (c === undefined ? 0 : 'cpu' in c ? (0x8000_0000 | c.cpu) >>> 0 : c.task);

/** As dmesg shows it: bit 31 says CPU. */
export const callerName = (word: number): string => (word >= 0x8000_0000 ? `C${word - 0x8000_0000}` : `T${word}`);

export function lostRuns(seqs: readonly number[]): { first: number; last: number }[] {
  const out: { first: number; last: number }[] = [];
  let expected = 0;
  for (const seq of seqs) {
    if (seq > expected) out.push({ first: expected, last: seq - 1 });
    expected = seq + 1;
  }
  return out;
}

export const dictOf = (call: { readonly subsystem?: string; readonly device?: string }): string[] => [
  ...(call.subsystem === undefined ? [] : [`SUBSYSTEM=${call.subsystem}`]),
  ...(call.device === undefined ? [] : [`DEVICE=${call.device}`]),
];
