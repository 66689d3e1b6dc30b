import type { ByteSource } from './source.ts';

/** Bytes of bitmap read at a time: 2^18 page frames. */
const CHUNK = 32768;
/** Bytes of a chunk between two running counts. */
const STRIDE = 512;
/** Runs of empty chunks that are remembered. */
const MAX_RUNS = 1 << 12;
/** Chunks kept; a log's pages lie in few places. */
const KEPT = 16;

interface Chunk {
  readonly bytes: Buffer;
  /** Set bits before each stride. */
  readonly counts: Uint32Array;
}

/**
 * The bitmap of pages in the file, with rank: the descriptor of a page is found by how many bits are set before its own.
 * Read in chunks and only as far as the last page asked for; counts of whole chunks stay, their bytes do not.
 */
export class KdumpBitmap {
  /** Set bits before chunk i, as far as known. */
  readonly #before: number[] = [0];
  readonly #kept = new Map<number, Chunk>();
  /** By the first chunk of a run without a set bit, the chunk behind it: each run is read through once. */
  readonly #behind = new Map<number, number>();

  /**
   * @param start first bit that counts (start_pfn of a split member)
   * @param bits number of bits
   */
  constructor(
    readonly source: ByteSource,
    readonly offset: number,
    readonly bits: number,
    readonly start: number = 0,
  ) {}

  has(bit: number): boolean {
    if (bit < this.start || bit >= this.bits) return false;
    const at = Math.floor(bit / 8);
    const chunk = this.#chunk(Math.floor(at / CHUNK));
    return (((chunk.bytes[at % CHUNK] ?? 0) >> (bit & 7)) & 1) === 1;
  }

  /** How many bits are set in [start, bit). */
  rank(bit: number): number {
    const byte = Math.floor(bit / 8);
    const index = Math.floor(byte / CHUNK);
    for (let i = this.#before.length; i <= index; i++) this.#before.push(this.#before[i - 1]! + this.#total(i - 1));
    return this.#before[index]! + countWithin(this.#chunk(index), byte % CHUNK, bit & 7);
  }

  /** First set bit at or after `bit`; undefined where none follows. */
  next(bit: number): number | undefined {
    let at = Math.max(bit, this.start);
    while (at < this.bits) {
      const byte = Math.floor(at / 8);
      const index = Math.floor(byte / CHUNK);
      const { bytes, counts } = this.#chunk(index);
      if (counts === NONE) {
        at = this.#behindRun(index) * CHUNK * 8;
        continue;
      }
      for (let i = byte % CHUNK; i < CHUNK; i++) {
        const value = (bytes[i] ?? 0) >> (i === byte % CHUNK ? at & 7 : 0);
        if (value === 0) continue;
        const found = (index * CHUNK + i) * 8 + (i === byte % CHUNK ? at & 7 : 0) + (31 - Math.clz32(value & -value));
        return found < this.bits ? found : undefined;
      }
      at = (index + 1) * CHUNK * 8;
    }
    return undefined;
  }

  #behindRun(first: number): number {
    const known = this.#behind.get(first);
    if (known !== undefined) return known;
    let index = first + 1;
    while (index * CHUNK * 8 < this.bits && this.#chunk(index).counts === NONE) index++;
    if (index > first + 1 && this.#behind.size < MAX_RUNS) this.#behind.set(first, index);
    return index;
  }

  #total(index: number): number {
    return countWithin(this.#chunk(index), CHUNK, 0);
  }

  #chunk(index: number): Chunk {
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const length = Math.min(CHUNK, Math.ceil(this.bits / 8) - index * CHUNK);
    const bytes = length > 0 ? Buffer.from(this.source.read(this.offset + index * CHUNK, length)) : Buffer.alloc(0);
    this.#mask(index, bytes);
    const chunk = { bytes, counts: bytes.equals(ZEROS.subarray(0, bytes.length)) ? NONE : countsOf(bytes) };
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(index, chunk);
    return chunk;
  }

  /** Bits before `start` are other members' pages: they do not count. */
  #mask(index: number, bytes: Buffer): void {
    const first = this.start - index * CHUNK * 8;
    if (first <= 0) return;
    const whole = Math.floor(first / 8);
    bytes.fill(0, 0, Math.min(bytes.length, whole));
    if (whole < bytes.length) bytes[whole]! &= 0xff << (first & 7);
  }
}

/** Most of a bitmap of terabytes is holes: found by one comparison. */
const ZEROS = Buffer.alloc(CHUNK);
const NONE = new Uint32Array(CHUNK / STRIDE + 1);

function countsOf(bytes: Buffer): Uint32Array {
  const counts = new Uint32Array(NONE.length);
  for (let i = 0; i < CHUNK / STRIDE; i++) counts[i + 1] = counts[i]! + popcount(bytes, i * STRIDE, (i + 1) * STRIDE);
  return counts;
}

/** Of each byte. */
const BITS = new Uint8Array(256);
for (let i = 1; i < BITS.length; i++) BITS[i] = BITS[i >> 1]! + (i & 1);

function popcount(bytes: Buffer, from: number, to: number): number {
  let n = 0;
  for (let i = from, end = Math.min(to, bytes.length); i < end; i++) n += BITS[bytes[i]!]!;
  return n;
}

function countWithin(chunk: Chunk, byte: number, bit: number): number {
  const stride = Math.floor(byte / STRIDE);
  const partial = bit === 0 ? 0 : BITS[(chunk.bytes[byte] ?? 0) & ((1 << bit) - 1)]!;
  return chunk.counts[stride]! + popcount(chunk.bytes, stride * STRIDE, byte) + partial;
}
