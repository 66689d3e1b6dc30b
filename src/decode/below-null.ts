import { errnoName } from './errno.ts';
import { toHex } from './hex.ts';

const MAX_ERRNO = 4095n; // include/linux/err.h

/** What an address in the last page means; `null` where it is container_of() of a NULL pointer rather than an error. */
export interface BelowNull {
  readonly class: 'null' | 'error-pointer';
  readonly text: string;
}

/**
 * An address in the last page is an error pointer plus a member's offset, or a member in front of a NULL pointer (container_of()). Where a
 * register holds the pointer, it tells: objects are aligned and most error numbers are not. `bases`: what the registers hold.
 */
export function belowNull(address: bigint, bits: 32 | 64, bases?: () => readonly bigint[]): BelowNull | undefined {
  const end = 1n << BigInt(bits);
  const below = end - address;
  if (below > MAX_ERRNO || below <= 0n) return undefined;
  const step = BigInt(bits / 8);
  const base = bases?.()
    .filter((b) => b < address && end - b <= MAX_ERRNO)
    .sort((a, b) => (a < b ? 1 : -1))[0];
  if (base === undefined) return alone(below, step);
  const [from, offset] = [end - base, toHex(address - base)];
  const name = errnoName(Number(from));
  if (from % step === 0n || name === undefined)
    return { class: 'null', text: `NULL - ${toHex(from)}, plus ${offset}: container_of() of a NULL pointer, and its member at ${offset}` };
  return { class: 'error-pointer', text: `ERR_PTR(-${from}) = -${name} used as a pointer, plus ${offset}: its member at ${offset}` };
}

/** No register holds the pointer: an aligned one can be either. */
function alone(below: bigint, step: bigint): BelowNull {
  const name = errnoName(Number(below));
  const minus = `NULL - ${toHex(below)} (container_of() of a NULL pointer)`;
  if (name === undefined) return { class: 'null', text: minus };
  const error = `ERR_PTR(-${below}) = -${name} used as a pointer`;
  return { class: 'error-pointer', text: below % step === 0n ? `${error}, or ${minus}` : error };
}
