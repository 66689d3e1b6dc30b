/** The contract's form of addresses, registers and codes: lower case, `0x`, no leading zeros. */
export const toHex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** Reads hex with or without `0x`, any case, leading zeros, and arm64's `(____ptrval____)` as nothing. */
export function parseHex(text: string): bigint | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,32})$/i.exec(text)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}
