/** Bits of x86's EFLAGS, Intel SDM volume 1, 3.4.3; low bits last, as they are read aloud. @tested */
export const EFLAGS: readonly (readonly [bit: number, name: string])[] = [
  [18, 'AC'],
  [11, 'OF'],
  [10, 'DF'],
  [9, 'IF'],
  [8, 'TF'],
  [7, 'SF'],
  [6, 'ZF'],
  [4, 'AF'],
  [2, 'PF'],
  [0, 'CF'],
];

/** `IF ZF PF`: the flags that are set; bit 1 always is and says nothing. */
export const decodeEflags = (value: bigint): string =>
  EFLAGS.filter(([bit]) => (value >> BigInt(bit)) & 1n)
    .map(([, name]) => name)
    .join(' ');
