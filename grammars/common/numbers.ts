/** `0x5a` → 90; a hex string without leading zeros where the number does not fit 2^53 (contract.md "symbol sizes"). */
export function size(hex: string): number | string {
  const n = Number.parseInt(hex, 16);
  return Number.isSafeInteger(n) ? n : address(hex);
}

/** `ffff0000` or `0x0010` → `0xffff0000`, `0x10`: lower case, no leading zeros. */
export function address(hex: string): string {
  let from = hex.startsWith('0x') || hex.startsWith('0X') ? 2 : 0;
  while (from < hex.length - 1 && hex.charCodeAt(from) === 0x30) from++;
  return `0x${hex.slice(from).toLowerCase()}`;
}
