import type { Architecture } from './architecture.ts';
import { asPhysical } from './architecture.ts';

/** loongarch64: direct mapping windows 0x8000… to 0xbfff… (the image too, at 0x9000…) strip to 48 physical bits. */
export const loongarch64: Architecture = {
  machine: 'loongarch64',
  wordSize: 8,
  *translations() {
    yield { translate: (v) => (v >> 62n === 2n ? asPhysical(v & ((1n << 48n) - 1n)) : undefined) };
  },
};
