/**
 * Bytes written as decimal digits, so that a QR code holds them as numbers and a URL as a parameter: drivers/gpu/drm/drm_panic_qr.rs.
 * Digits that no encoder writes end it: what came before is given.
 * @param isCut the end is not there: only groups that are whole count
 */
export type DigitsReader = (digits: string, isCut?: boolean) => Buffer;

/** SegmentIterator of 6.12 to 6.14, parameter `zl`: 13 bits, the first the highest, in 4 digits; those that are left in fewer. */
export const bitsOfDigits: DigitsReader = (digits, isCut = false) => {
  const whole = Math.floor(digits.length / 4);
  const left = digits.length % 4;
  // a last group of 4 digits may hold 11 to 13 bits: only one of the counts makes whole bytes
  const counts = left === 0 ? [13, 12, 11] : [3 * left - 1, 3 * left, 3 * left + 1, ...(left === 1 ? [1] : [])];
  const full = left === 0 && !isCut ? whole - 1 : whole;
  const last = isCut ? 0 : (counts.find((bits) => (full * 13 + bits) % 8 === 0) ?? 0);
  const bytes = Buffer.alloc(Math.max(0, (full * 13 + last) >> 3));
  let at = 0;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < digits.length; i += 4) {
    const value = Number(digits.slice(i, i + 4));
    const size = i / 4 < full ? 13 : last;
    if (value >= 2 ** 13) return bytes.subarray(0, at);
    // up to 3 digits hold one bit too many where 4, 7 or 10 bits were left (6.12): the end of the checksum, which nobody needs
    held = (held << size) | (value & ((1 << size) - 1));
    bits += size;
    for (; bits >= 8 && at < bytes.length; bits -= 8) bytes[at++] = (held >> (bits - 8)) & 0xff;
    held &= (1 << bits) - 1;
  }
  return bytes.subarray(0, at);
};

/** BYTES_TO_DIGITS: digits that so many bytes take. */
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
const GROUP = 17;

/** The same since 6.15, parameter `z`: 7 bytes, the lowest first, in 17 digits; those that are left in as many as their count takes. */
export const bytesOfDigits: DigitsReader = (digits, isCut = false) => {
  const bytes: number[] = [];
  for (let i = 0; i < digits.length; i += GROUP) {
    const group = digits.slice(i, i + GROUP);
    const count = DIGITS.indexOf(group.length);
    let value = BigInt(group);
    if (count < 0 || (isCut && count < 7) || value >= 1n << BigInt(8 * count)) break;
    for (let k = 0; k < count; k++, value >>= 8n) bytes.push(Number(value & 0xffn));
  }
  return Buffer.from(bytes);
};
