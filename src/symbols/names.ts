import { hashOf, type Tokens } from './tokens.ts';

/**
 * How many tokens a name has: one byte; since 6.1 (73bbb94466fd) a byte with its top bit set is continued by a second one. Before,
 * 0x80 to 0xff are lengths.
 */
export type LengthRule = 'uleb' | 'byte';

/** The names of all symbols, compressed: hashed in one pass over their tokens, and decoded one by one when asked. */
export class Names {
  /** Symbols whose names were there. */
  readonly count: number;
  /** Bytes that they take. */
  readonly end: number;
  /** Where each name's length stands. */
  readonly #starts: Uint32Array;
  readonly #hashes: Int32Array;

  constructor(
    readonly bytes: Buffer,
    readonly tokens: Tokens,
    count: number,
    readonly rule: LengthRule,
  ) {
    // a name takes two bytes at least: a count beyond that is no count
    const most = Math.min(count, bytes.length >> 1);
    const starts = new Uint32Array(most);
    const hashes = new Int32Array(most);
    const { hashes: whole, tailHashes, powers } = tokens;
    let at = 0;
    let i = 0;
    for (; i < most; i++) {
      const start = at;
      let length = bytes[at++]!;
      if (rule === 'uleb' && length >= 0x80) length = (length & 0x7f) | (bytes[at++]! << 7);
      const next = at + length;
      if (!(length > 0 && next <= bytes.length)) {
        at = start;
        break;
      }
      starts[i] = start;
      let hash = tailHashes[bytes[at]!]!;
      for (at++; at < next; at++) hash = (Math.imul(hash, powers[bytes[at]!]!) + whole[bytes[at]!]!) | 0;
      hashes[i] = hash;
    }
    this.count = i;
    this.end = at;
    this.#starts = starts;
    this.#hashes = hashes;
  }

  /** The first symbol of that name, or the next one after `after`; -1 where there is none. */
  indexOf(name: string, after = -1): number {
    const hash = hashOf(name);
    for (let i = this.#hashes.indexOf(hash, after + 1); i >= 0 && i < this.count; i = this.#hashes.indexOf(hash, i + 1)) {
      if (this.name(i) === name) return i;
    }
    return -1;
  }

  /** Where a name stands among the bytes. */
  startOf(index: number): number | undefined {
    return index < this.count ? this.#starts[index] : undefined;
  }

  name(index: number): string {
    return this.#decoded(index).slice(1);
  }

  /** nm's letter: T text, D data…; since 7.0 data may be T as well. */
  letter(index: number): string {
    return this.#decoded(index).slice(0, 1);
  }

  #decoded(index: number): string {
    let at = this.#starts[index]!;
    let length = this.bytes[at++]!;
    if (this.rule === 'uleb' && length >= 0x80) length = (length & 0x7f) | (this.bytes[at++]! << 7);
    const { texts } = this.tokens;
    let text = '';
    for (const end = at + length; at < end; at++) text += texts[this.bytes[at]!]!;
    return text;
  }
}
