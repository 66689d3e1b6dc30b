import { phraseOf } from './refusal.ts';

/**
 * Bytes at offsets: a file, a rearranged view of a flattened stream, a buffer in a test.
 * Reading is synchronous: a log needs a few hundred small reads, each next one depending on the last.
 */
export interface ByteSource {
  /** The FILE as the user gave it, for messages. */
  readonly name: string;
  /** Bytes; may be far larger than what is stored (sparse). */
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer at the end, none beyond it. The result may be a view that later calls do not change. */
  read(offset: number, length: number): Buffer;
  /**
   * The same into memory that is there, for who reads gigabytes.
   * @returns how many bytes; those behind them stay as they are
   */
  readInto?(offset: number, into: Buffer): number;
}

/** Something about an input that stops us: what was sought, where, what was found, what to try. One line. */
export class InputError extends Error {
  override name = 'InputError';
  constructor(
    readonly facts: {
      readonly file: string;
      readonly sought: string;
      readonly found: string;
      readonly offset?: number | undefined;
      readonly hint?: string | undefined;
    },
    options?: { cause?: unknown },
  ) {
    const where = facts.offset === undefined ? facts.file : `${facts.file} at offset ${facts.offset}`;
    const why = phraseOf(options?.cause) ?? `sought ${facts.sought}; found ${facts.found}`;
    super(inOneLine(`${where}: ${why}${facts.hint ? `; ${facts.hint}` : ''}`), options);
  }
}

const CONTROL = /\p{Cc}/gu;

/** What was found is quoted, a kernel's release for one: its controls are told by their numbers. */
const inOneLine = (text: string): string => text.replace(CONTROL, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
