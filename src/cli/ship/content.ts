/** Bytes that can be read twice, and what was lost of them. */
export interface Content {
  pieces(): Iterable<Buffer>;
  readonly losses: readonly string[];
  close(): void | Promise<void>;
}

/** What is to be shipped of one input. */
export interface Prepared {
  /** SHA-256 of its bytes, in hex. */
  readonly id: string;
  readonly bytes: number;
  readonly input: string;
  /** Microseconds since 1970. */
  readonly modified?: number | undefined;
  /** What was lost of it, a line each. */
  readonly losses: readonly string[];
  /** The bytes, from the beginning each time. */
  pieces(): Iterable<Buffer>;
  close(): Promise<void>;
}
