import type { KnownMemory } from '../memory/known.ts';
import { returnAddresses, type StackRange } from './return-addresses.ts';
import type { Frame } from './stack.ts';

/** As many as are worth looking at; an old stack is full of them. */
const MAX_SCANNED = 64;

/**
 * Where there is nothing to unwind by: every word of the stack that may be a return address, as the kernel prints them with a `?`.
 * None of them is reliable: calls that returned long ago leave theirs behind.
 */
export function scanStack(memory: KnownMemory, range: StackRange, isReturn: (ip: bigint) => boolean): Frame[] {
  const frames: Frame[] = [];
  for (const { ip, at } of returnAddresses(memory, range, isReturn)) {
    frames.push({ ip, sp: at, kind: 'call', reliable: false });
    if (frames.length === MAX_SCANNED) break;
  }
  return frames;
}
