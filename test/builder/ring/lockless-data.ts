import { type Shape, StructWriter } from '../image/struct-writer.ts';

/** Logical positions with bit 0 set say that a record has no data block. */
export const FAILED_LPOS = 1n;
export const NO_LPOS = 3n;

export interface Block {
  begin: bigint;
  next: bigint;
}

/**
 * The text data ring of kernel/printk/printk_ringbuffer.c: blocks of an ID word and text at ever growing logical positions.
 * Whether a block may end exactly at the ring's end changed in 6.19 (commit 67e1b0052f6b).
 */
export class DataRing {
  readonly size: number;
  readonly bytes: Buffer;
  head: bigint;
  tail: bigint;
  readonly #mask: bigint;
  readonly #word: (v: bigint) => bigint;

  constructor(
    readonly shape: Shape,
    readonly sizeBits: number,
    readonly perfectFit: boolean,
    /** May the block with this ID at this position be recycled? Recycles it and says where it ends, or undefined. */
    readonly recycle: (id: bigint, begin: bigint) => bigint | undefined,
  ) {
    this.size = 2 ** sizeBits;
    this.bytes = Buffer.alloc(this.size);
    this.#mask = BigInt(this.size - 1);
    const bits = shape.wordSize * 8;
    this.#word = (v) => BigInt.asUintN(bits, v);
    this.head = this.#word(-BigInt(this.size));
    this.tail = this.head;
  }

  /**
   * Half of the ring at most. A block wider than that, wrapped, needs a tail more than one ring's size ahead, which pushTail() takes for
   * one already passed: the block before it is then overwritten though its descriptor stays. Real rings hold 4 KiB and more, records 1 KiB.
   */
  fits(textSize: number): boolean {
    return textSize === 0 || this.#blockSize(textSize) <= this.size / 2;
  }

  /** A block for `textSize` bytes, or FAILED where the tail is held by an open record. */
  allocate(id: bigint, textSize: number): Block {
    if (textSize === 0) return { begin: NO_LPOS, next: NO_LPOS };
    const begin = this.head;
    const next = this.#next(begin, this.#blockSize(textSize));
    if (!this.pushTail(this.#word(next - BigInt(this.size)))) return { begin: FAILED_LPOS, next: FAILED_LPOS };
    this.head = next;
    this.#id(begin, id);
    if (this.#wrapped(begin, next)) this.#id(0n, id);
    return { begin, next };
  }

  /** Makes the newest block larger in place (a continuation); false where it cannot. */
  grow(id: bigint, block: Block, textSize: number): boolean {
    if (block.next !== this.head) return false;
    const next = this.#next(block.begin, this.#blockSize(textSize));
    if (this.#word(this.head - next) < BigInt(this.size)) return true;
    if (!this.pushTail(this.#word(next - BigInt(this.size)))) return false;
    this.head = next;
    if (this.#wrapped(block.begin, next)) {
      this.#id(0n, id);
      if (!this.#wrapped(block.begin, block.next)) {
        const from = Number(block.begin & this.#mask) + this.shape.wordSize;
        this.bytes.copy(this.bytes, this.shape.wordSize, from, from + Number(this.#word(block.next - block.begin)) - this.shape.wordSize);
      }
    }
    block.next = next;
    return true;
  }

  write(block: Block, at: number, text: Buffer): void {
    text.copy(this.bytes, this.#start(block) + this.shape.wordSize + at);
  }

  /** Frees blocks until the tail is at or beyond `lpos`. */
  pushTail(lpos: bigint): boolean {
    if (lpos & 1n) return true;
    while (this.#word(lpos - this.tail - 1n) < BigInt(this.size)) {
      const next = this.recycle(this.#idAt(this.tail), this.tail);
      if (next === undefined) return false;
      this.tail = next;
    }
    return true;
  }

  #start(block: Block): number {
    return this.#wrapped(block.begin, block.next) ? 0 : Number(block.begin & this.#mask);
  }

  #blockSize(textSize: number): number {
    const w = this.shape.wordSize;
    return Math.ceil((textSize + w) / w) * w;
  }

  #wrapped(begin: bigint, next: bigint): boolean {
    // Until 6.18 a block was taken for wrapped as soon as its end had another wrap count, even where it ended at the very end.
    const last = this.perfectFit ? this.#word(next - 1n) : next;
    return begin >> BigInt(this.sizeBits) !== last >> BigInt(this.sizeBits);
  }

  #next(begin: bigint, size: number): bigint {
    const next = this.#word(begin + BigInt(size));
    return this.#wrapped(begin, next) ? this.#word((next & ~this.#mask) + BigInt(size)) : next;
  }

  #id(lpos: bigint, id: bigint): void {
    new StructWriter(this.shape, this.shape.wordSize).word(0, id).bytes.copy(this.bytes, Number(lpos & this.#mask));
  }

  #idAt(lpos: bigint): bigint {
    const at = Number(lpos & this.#mask);
    const little = this.shape.order === 'little';
    if (this.shape.wordSize === 4) return BigInt(little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at));
    return little ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at);
  }
}
