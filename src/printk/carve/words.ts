import type { ByteOrder } from '../../dump/bytes.ts';

/** Memory as 32-bit words in the order of its machine, and where in a pair of them the low half of 64 bits stands. */
export interface Words {
  readonly words: Uint32Array;
  readonly low: 0 | 1;
  readonly high: 0 | 1;
}

/** A copy where it must be turned around, or does not begin on a word. */
export function wordsOf(bytes: Buffer, order: ByteOrder): Words {
  const whole = bytes.subarray(0, bytes.length & ~3);
  const own = order === 'big' ? Buffer.from(whole).swap32() : whole.byteOffset % 4 === 0 ? whole : Buffer.from(whole);
  const words = new Uint32Array(own.buffer, own.byteOffset, own.length >> 2);
  return order === 'big' ? { words, low: 1, high: 0 } : { words, low: 0, high: 1 };
}
