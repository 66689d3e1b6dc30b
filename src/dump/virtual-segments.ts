import type { VirtualSegment, VirtualSegments } from './dump.ts';
import { lastBy, upTo } from './intervals.ts';

export const NO_SEGMENTS: VirtualSegments = { length: 0, physical: () => undefined, *[Symbol.iterator]() {} };

/** Segments for bisection: each translation asks for one, and a file may have a million. */
export function virtualSegments(unsorted: Iterable<VirtualSegment>, count: number): VirtualSegments {
  const vaddrs = new BigUint64Array(count);
  const numbers = new Float64Array(2 * count);
  let length = 0;
  let sorted = true;
  for (const { vaddr, size, paddr } of unsorted) {
    if (length === count) break;
    sorted &&= length === 0 || vaddr >= vaddrs[length - 1]!;
    vaddrs[length] = vaddr;
    numbers[2 * length] = size;
    numbers[2 * length++ + 1] = paddr;
  }
  const order = upTo(length);
  if (!sorted) order.sort((a, b) => (vaddrs[a]! < vaddrs[b]! ? -1 : vaddrs[a]! > vaddrs[b]! ? 1 : a - b));
  const at = (i: number): VirtualSegment => ({
    vaddr: vaddrs[order[i]!]!,
    size: numbers[2 * order[i]!]!,
    paddr: numbers[2 * order[i]! + 1]!,
  });
  const endOf = ({ vaddr, size }: VirtualSegment): bigint => vaddr + BigInt(Number.isFinite(size) ? size : 0);
  /** Of those up to each one the one that ends last: it may reach over those behind it. */
  const farthest = new Uint32Array(length);
  for (let i = 1; i < length; i++) farthest[i] = endOf(at(farthest[i - 1]!)) > endOf(at(i)) ? farthest[i - 1]! : i;
  return {
    length,
    *[Symbol.iterator]() {
      for (let i = 0; i < length; i++) yield at(i);
    },
    physical(vaddr) {
      const last = lastBy(length, (i) => vaddrs[order[i]!]! <= vaddr);
      const segment = last < 0 ? undefined : [last, farthest[last]!].map(at).find((s) => vaddr < endOf(s));
      return segment && segment.paddr + Number(vaddr - segment.vaddr);
    },
  };
}
