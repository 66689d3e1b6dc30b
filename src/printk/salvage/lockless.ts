import { COMMITTED, descAt, FINALIZED, indexOf, infoAt, RESERVED } from '../lockless.ts';
import type { LocklessRing } from '../lockless-layout.ts';
import { type Fragment, textsOf } from './fragment.ts';
import { readWhole } from './read-whole.ts';

/** Of a larger ring nothing is salvaged: CONFIG_LOG_BUF_SHIFT gives 2^25 bytes at most, and a descriptor for 32 of them. */
const MAX_DESCRIPTORS = 1 << 21;
const MAX_BYTES = 64 << 20;
/** Numbers from one block to the one behind it in which an identifier is believed: the end of a text may look like one. */
const STEP = { back: 16, on: 256 } as const;

interface Block {
  readonly id: bigint;
  readonly seq: number;
  readonly state: number;
  /** Offsets in the buffer: of the identifier before the text, and behind the block. */
  readonly start: number;
  readonly end: number;
}

/**
 * Text of a ring since 5.10 that no committed record owns, oldest first. An old block still begins with its record's identifier, and
 * identifiers count up as sequence numbers do, so that most fragments have their number; level, time and length stood in the
 * descriptor, which another record has now.
 */
export function salvageLockless(ring: LocklessRing): Fragment[] {
  const size = 2 ** ring.sizeBits;
  if (size > MAX_BYTES || 2 ** ring.countBits > MAX_DESCRIPTORS) return [];
  const blocks = blocksOf(ring, size);
  const newest = blocks.reduce<Block | undefined>((a, b) => (a && a.seq > b.seq ? a : b), undefined);
  if (!newest) return [];
  const bytes = readWhole(ring.memory, ring.data, size);
  const own = blocks.filter(({ state }) => state !== RESERVED);
  const walk = new FreeText(ring, bytes, newest, blocks);
  return gapsFrom(own, newest.end % size, size).flatMap(({ start, end }) => walk.fragments(start, end));
}

/** Blocks that begin with the identifier of their descriptor, as they lie in the buffer. */
function blocksOf(ring: LocklessRing, size: number): Block[] {
  const { memory } = ring;
  const blocks: Block[] = [];
  for (let index = 0; index < 2 ** ring.countBits; index++) {
    const desc = descAt(ring, index);
    if (typeof desc === 'string' || indexOf(ring, desc.id) !== index || (desc.begin & 1n) === 1n) continue;
    if (desc.state !== RESERVED && desc.state !== COMMITTED && desc.state !== FINALIZED) continue;
    const info = infoAt(ring, index);
    const length = Number(BigInt.asUintN(memory.wordSize * 8, desc.next - desc.begin));
    if (typeof info === 'string' || length <= memory.wordSize || length > 2 * size) continue;
    const begin = Number(desc.begin & BigInt(size - 1));
    // a block that does not fit behind its start lies at 0
    const start = begin + length > size ? 0 : begin;
    const end = start === begin ? begin + length : Number(desc.next & BigInt(size - 1));
    if (memory.word(ring.data + BigInt(start)) === desc.id) blocks.push({ id: desc.id, seq: info.seq, state: desc.state, start, end });
  }
  return blocks;
}

/** Where no block lies, from an offset on and round to it again. */
function gapsFrom(blocks: readonly Block[], from: number, size: number): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  let at = 0;
  for (const { start, end } of blocks.toSorted((a, b) => a.start - b.start)) {
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < size) gaps.push({ start: at, end: size });
  return [...gaps.filter(({ start }) => start >= from), ...gaps.filter(({ start }) => start < from)];
}

const follows = (last: number, seq: number): boolean => seq > last - STEP.back && seq <= last + STEP.on;

class FreeText {
  readonly #known: ReadonlyMap<bigint, Block>;

  constructor(
    readonly ring: LocklessRing,
    readonly bytes: Buffer,
    readonly newest: Block,
    blocks: readonly Block[],
  ) {
    this.#known = new Map(blocks.map((block) => [block.id, block]));
  }

  fragments(start: number, end: number): Fragment[] {
    const { wordSize } = this.ring.memory;
    const found: Fragment[] = [];
    let from = start;
    let last: number | undefined;
    let of: { readonly seq: number; readonly inFlight?: boolean } | undefined;
    const take = (to: number): void => {
      const piece = this.bytes.subarray(from, to);
      // behind a NUL stands what an older record left
      const isFirst = piece[0] !== 0;
      textsOf(piece).forEach((text, i) => void found.push(i === 0 && isFirst ? { text, ...of } : { text }));
    };
    for (let at = start; at + wordSize <= end; at += wordSize) {
      const next = this.#recordAt(at);
      if (next === undefined || (last !== undefined && !follows(last, next.seq))) continue;
      take(at);
      from = at + wordSize;
      last = next.seq;
      of = this.#isOf(next.seq, at) ? next : undefined;
    }
    take(end);
    return found;
  }

  /** The record whose identifier stands at an offset. */
  #recordAt(at: number): { readonly seq: number; readonly inFlight?: boolean } | undefined {
    const { memory } = this.ring;
    const bits = BigInt(memory.wordSize * 8 - 2);
    const word = this.#word(at);
    if (word >> bits !== 0n) return undefined;
    const known = this.#known.get(word);
    if (known) return known.state === RESERVED ? { seq: known.seq, inFlight: true } : { seq: known.seq };
    const age = Number((this.newest.id - word) & ((1n << bits) - 1n));
    return age <= this.newest.seq ? { seq: this.newest.seq - age } : undefined;
  }

  /** Whether what follows an identifier is its record's text: of a block that did not fit behind it, the text lies at 0. */
  #isOf(seq: number, at: number): boolean {
    const known = this.#known.get(this.#word(at));
    return known ? known.start === at : at === 0 || this.#recordAt(0)?.seq !== seq;
  }

  #word(at: number): bigint {
    return this.ring.memory.wordAt(this.bytes, at);
  }
}
