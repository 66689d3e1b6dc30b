/** Text of a log buffer that no record owns: of a record that was overwritten, or that was being written when the machine stopped. */
export interface Fragment {
  /** Byte string. Its end is a guess: up to a word of older text may follow it, or all of it be older where a record was in flight. */
  readonly text: string;
  /** Number of the record that it was of, where the identifier before the text still stands (since 5.10). */
  readonly seq?: number | undefined;
  /** Microseconds since boot, where the header before the text still stands (3.5 to 5.9). */
  readonly usec?: number | undefined;
  /** Its record had been reserved and not committed yet: newer than what was committed before it. */
  readonly inFlight?: boolean | undefined;
}

/** Fewer bytes in a row than this are chance. */
const MIN_TEXT = 4;

/** The texts of a stretch of bytes between NULs, without what is mostly no text. */
export function textsOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\0')
    .map((text) => text.replace(EDGES, ''))
    .filter(isText);
}

export function isText(text: string): boolean {
  if (text.length < MIN_TEXT) return false;
  const printable = text.match(PRINTABLE)?.length ?? 0;
  return printable >= MIN_TEXT && printable >= text.length * 0.75;
}

/** What is left of a header before the text, and the newline behind it. */
const EDGES = /^[^\x20-\x7e]+|[\x01-\x1f]+$/g;
const PRINTABLE = /[\x20-\x7e\n\t]/g;
