import type { Since } from '../kernel-release.ts';

/** Names without `__GFP_`, by bit value; a later era is a whole table, or the one before with changes. */
type Bits = Readonly<Record<string, number>>;

export interface GfpEra {
  readonly since: Since;
  /** What moved, and the commit or release that moved it. */
  readonly why: string;
  readonly bits: Bits;
}

const without = (bits: Bits, ...names: string[]): Bits =>
  Object.fromEntries(Object.entries(bits).filter(([name]) => !names.includes(name)));

const LOW: Bits = { DMA: 0x01, HIGHMEM: 0x02, DMA32: 0x04, MOVABLE: 0x08, HIGH: 0x20, IO: 0x40, FS: 0x80 };
const MIDDLE: Bits = {
  NOWARN: 0x200,
  REPEAT: 0x400,
  NOFAIL: 0x800,
  NORETRY: 0x1000,
  COMP: 0x4000,
  ZERO: 0x8000,
  NOMEMALLOC: 0x10000,
  HARDWALL: 0x20000,
  THISNODE: 0x40000,
};

const V2_6_32: Bits = { ...LOW, WAIT: 0x10, COLD: 0x100, ...MIDDLE, RECLAIMABLE: 0x80000, NOTRACK: 0x200000 };
const V2_6_38: Bits = { ...V2_6_32, NO_KSWAPD: 0x400000 };
const V2_6_39: Bits = { ...V2_6_38, OTHER_NODE: 0x800000 };
const V3_3: Bits = { ...V2_6_39, WRITE: 0x1000000 };
const V3_6: Bits = { ...V3_3, MEMALLOC: 0x2000 };
const V3_8: Bits = { ...V3_6, KMEMCG: 0x100000 };
const V4_1: Bits = { ...V3_6, NOACCOUNT: 0x100000 };
const V4_4: Bits = {
  ...LOW,
  RECLAIMABLE: 0x10,
  COLD: 0x100,
  ...MIDDLE,
  MEMALLOC: 0x2000,
  ATOMIC: 0x80000,
  NOACCOUNT: 0x100000,
  NOTRACK: 0x200000,
  DIRECT_RECLAIM: 0x400000,
  OTHER_NODE: 0x800000,
  WRITE: 0x1000000,
  KSWAPD_RECLAIM: 0x2000000,
};
const V4_5: Bits = { ...without(V4_4, 'NOACCOUNT'), ACCOUNT: 0x100000 };
const V4_10: Bits = { ...without(V4_5, 'OTHER_NODE'), WRITE: 0x800000, KSWAPD_RECLAIM: 0x1000000 };
const V4_12: Bits = { ...V4_10, NOLOCKDEP: 0x2000000 };
const V4_13: Bits = { ...without(V4_12, 'REPEAT'), RETRY_MAYFAIL: 0x400 };
const V4_15: Bits = without(V4_13, 'COLD', 'NOTRACK');
const V4_18: Bits = { ...V4_15, WRITE: 0x100, DIRECT_RECLAIM: 0x200000, KSWAPD_RECLAIM: 0x400000, NOLOCKDEP: 0x800000 };
const V5_1: Bits = {
  ...LOW,
  RECLAIMABLE: 0x10,
  ZERO: 0x100,
  ATOMIC: 0x200,
  DIRECT_RECLAIM: 0x400,
  KSWAPD_RECLAIM: 0x800,
  WRITE: 0x1000,
  NOWARN: 0x2000,
  RETRY_MAYFAIL: 0x4000,
  NOFAIL: 0x8000,
  NORETRY: 0x10000,
  MEMALLOC: 0x20000,
  COMP: 0x40000,
  NOMEMALLOC: 0x80000,
  HARDWALL: 0x100000,
  THISNODE: 0x200000,
  ACCOUNT: 0x400000,
  NOLOCKDEP: 0x800000,
};
const V5_14: Bits = { ...V5_1, ZEROTAGS: 0x800000, SKIP_KASAN_POISON: 0x1000000, NOLOCKDEP: 0x2000000 };
const V5_18: Bits = { ...V5_14, SKIP_ZERO: 0x1000000, SKIP_KASAN_UNPOISON: 0x2000000, SKIP_KASAN_POISON: 0x4000000, NOLOCKDEP: 0x8000000 };
const V6_3: Bits = without(V5_18, 'ATOMIC');
const V6_4: Bits = { ...without(V6_3, 'SKIP_KASAN_UNPOISON', 'SKIP_KASAN_POISON'), SKIP_KASAN: 0x2000000, NOLOCKDEP: 0x4000000 };
// from bit 24 on the place of a flag depends on KASAN_HW_TAGS and LOCKDEP: the number alone does not say which it is
const V6_10: Bits = without(V6_4, 'SKIP_ZERO', 'SKIP_KASAN', 'NOLOCKDEP');

/** include/linux/gfp.h, since 6.0 gfp_types.h; oldest first. */
export const GFP_ERAS: readonly GfpEra[] = [
  { since: [2, 6, 32], why: 'the first release that lastkmsg reads', bits: V2_6_32 },
  { since: [2, 6, 38], why: 'transparent huge pages add NO_KSWAPD', bits: V2_6_38 },
  { since: [2, 6, 39], why: 'khugepaged adds OTHER_NODE', bits: V2_6_39 },
  { since: [3, 3], why: 'per-zone dirty limits add WRITE', bits: V3_3 },
  { since: [3, 6], why: 'swap over NFS adds MEMALLOC', bits: V3_6 },
  { since: [3, 8], why: 'kernel memory accounting adds KMEMCG', bits: V3_8 },
  { since: [3, 16], why: '52383431b37c: KMEMCG is gone', bits: V3_6 },
  { since: [4, 1], why: 'NOACCOUNT takes the bit that KMEMCG had', bits: V4_1 },
  { since: [4, 4], why: 'd0164adc89f6: WAIT splits into DIRECT_RECLAIM and KSWAPD_RECLAIM, ATOMIC comes', bits: V4_4 },
  { since: [4, 5], why: 'accounting turns from opt-out to opt-in: ACCOUNT', bits: V4_5 },
  { since: [4, 10], why: 'OTHER_NODE is gone, the bits above move down', bits: V4_10 },
  { since: [4, 12], why: 'NOLOCKDEP', bits: V4_12 },
  { since: [4, 13], why: 'REPEAT becomes RETRY_MAYFAIL', bits: V4_13 },
  { since: [4, 15], why: 'COLD and NOTRACK (kmemcheck) are gone, their bits free', bits: V4_15 },
  { since: [4, 18], why: 'the free bits are used: WRITE and the reclaim bits move', bits: V4_18 },
  { since: [5, 1], why: '"mm: shuffle GFP_* flags": GFP_KERNEL becomes 0xcc0', bits: V5_1 },
  { since: [5, 14], why: 'memory tagging adds ZEROTAGS and SKIP_KASAN_POISON', bits: V5_14 },
  { since: [5, 18], why: 'SKIP_ZERO and SKIP_KASAN_UNPOISON', bits: V5_18 },
  { since: [6, 3], why: '2973d8229b78: ATOMIC is gone, GFP_ATOMIC is HIGH and KSWAPD_RECLAIM', bits: V6_3 },
  { since: [6, 4], why: 'SKIP_KASAN alone', bits: V6_4 },
  { since: [6, 10], why: 'bits are counted by an enum with the configuration in it; NO_OBJ_EXT', bits: V6_10 },
];
