/**
 * kallsyms' dictionary: a name is stored as a run of token numbers (scripts/kallsyms.c). A polynomial hash of each token lets a
 * whole table of names be hashed without decoding one.
 */
export interface Tokens {
  /** By number, 256 of them. */
  readonly texts: readonly string[];
  /** Hash of the text, and of the text without its first character, which of a name's first token is the type letter. */
  readonly hashes: Int32Array;
  readonly tailHashes: Int32Array;
  /** What a hash before the token is multiplied by: BASE to the power of its length. */
  readonly powers: Int32Array;
}

const BASE = 0x01000193;

/** Joined from left to right, of texts and tokens alike: hash(a + b) = hash(a) · BASE^length(b) + hash(b). */
export function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

/** @param offsets of each token's text in `table`; each ends with a NUL */
export function tokensOf(table: Buffer, offsets: readonly number[]): Tokens {
  const texts = offsets.map((at) => {
    const end = table.indexOf(0, at);
    return table.toString('latin1', at, end < 0 ? table.length : end);
  });
  return {
    texts,
    hashes: Int32Array.from(texts, hashOf),
    tailHashes: Int32Array.from(texts, (text) => hashOf(text.slice(1))),
    powers: Int32Array.from(texts, (text) => [...text].reduce((power) => Math.imul(power, BASE), 1)),
  };
}
