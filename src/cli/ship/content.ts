/** Bytes that can be read twice, and what was lost of them. */
export interface Content {
  pieces(): Iterable<Buffer>;
  readonly losses: readonly string[];
  close(): void | Promise<void>;
}
