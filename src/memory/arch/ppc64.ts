import type { Architecture } from './architecture.ts';
import { asPhysical } from './architecture.ts';

/**
 * ppc64, both byte orders: the linear map at 0xc000… holds the image too, relocated or not, under radix and hash tables alike, and
 * rings are static or come from memblock: nothing that the log needs lies elsewhere, so no tables are walked.
 */
export const ppc64: Architecture = {
  machine: 'ppc64',
  wordSize: 8,
  *translations() {
    yield { translate: (v) => (v >> 60n === 0xcn ? asPhysical(v & 0x0fffffffffffffffn) : undefined) };
  },
};
