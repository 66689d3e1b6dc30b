import type { KnownMemory } from '../memory/known.ts';

export interface StackRange {
  readonly low: bigint;
  /** Exclusive. */
  readonly high: bigint;
}

export interface Candidate {
  readonly ip: bigint;
  /** Where it lies. */
  readonly at: bigint;
}

/** More than a stack's 64 KiB is a mistake in what claims to be one. */
const MAX_BYTES = 64n << 10n;

/** Words of a stack that may be return addresses, lowest place first; pages that are not there are passed over. */
export function* returnAddresses(memory: KnownMemory, { low, high }: StackRange, isReturn: (ip: bigint) => boolean): Generator<Candidate> {
  const size = BigInt(memory.wordSize);
  const page = BigInt(memory.pageSize);
  const end = high < low + MAX_BYTES ? high : low + MAX_BYTES;
  for (let at = low + ((size - (low % size)) % size); at < end; ) {
    const stop = at - (at % page) + page;
    const length = Number((stop < end ? stop : end) - at);
    const bytes = memory.bytes(at, length - (length % memory.wordSize));
    for (let i = 0; bytes && i < bytes.length; i += memory.wordSize) {
      const ip = memory.wordSize === 8 ? memory.reader.u64(bytes, i) : BigInt(memory.reader.u32(bytes, i));
      if (isReturn(ip)) yield { ip, at: at + BigInt(i) };
    }
    at = stop;
  }
}
