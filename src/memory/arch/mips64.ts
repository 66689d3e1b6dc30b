import type { Architecture } from './architecture.ts';
import { asPhysical } from './architecture.ts';

/** mips64: XKPHYS strips to 59 bits, the 32-bit compatibility segment CKSEG0 (where the image lies) to 29. */
export const mips64: Architecture = {
  machine: 'mips64',
  wordSize: 8,
  *translations() {
    yield {
      translate(v) {
        if (v >> 62n === 2n) return asPhysical(v & 0x07ffffffffffffffn);
        return v >= 0xffffffff80000000n && v < 0xffffffffa0000000n ? asPhysical(v & 0x1fffffffn) : undefined;
      },
    };
  },
};
