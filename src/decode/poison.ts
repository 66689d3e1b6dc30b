/** Values that the kernel writes where nobody may look, include/linux/poison.h. */
interface PoisonPointer {
  readonly name: string;
  /** Without the architecture's delta. */
  readonly value: bigint;
  readonly meaning: string;
  /** Bytes behind it that still are its own, where other values lie near; {@link REACH} elsewhere. */
  readonly reach?: bigint;
}

/**
 * CONFIG_ILLEGAL_POINTER_VALUE, added to every poison pointer: 0xdead000000000000 on x86-64, arm64, riscv64, s390x and others,
 * 0x5deadbeef0000000 on ppc64, nothing on 32-bit.
 */
const POISON_DELTAS = [0xdead000000000000n, 0x5deadbeef0000000n] as const;

/** Pointers, without the delta. @tested */
export const POISON_POINTERS: readonly PoisonPointer[] = [
  // since 5.14: stands where the page has lru.next, and an entry of a list is two pointers long
  { name: 'PP_SIGNATURE', value: 0x40n, meaning: 'mark of a page that belongs to a page pool, used as a list entry', reach: 0x10n },
  { name: 'VFS_PTR_POISON', value: 0xf5n, meaning: 'file system pointer that must no longer be followed' },
  { name: 'LIST_POISON1', value: 0x100n, meaning: 'next of a list entry that was deleted already' },
  // since 5.2 (b422d28b2177); 0x200 from 4.3 (8a5e5e02fc83) to 5.1
  { name: 'LIST_POISON2', value: 0x122n, meaning: 'prev of a list entry that was deleted already' },
  { name: 'LIST_POISON2', value: 0x200n, meaning: 'prev of a list entry that was deleted already' },
  { name: 'LIST_POISON1', value: 0x100100n, meaning: 'next of a list entry that was deleted already' }, // before 4.3
  { name: 'LIST_POISON2', value: 0x200200n, meaning: 'prev of a list entry that was deleted already' }, // before 4.3
  { name: 'TIMER_ENTRY_STATIC', value: 0x300n, meaning: 'list entry of a timer that was never queued' },
  { name: 'TAIL_MAPPING', value: 0x400n, meaning: 'mapping of a tail page of a compound page' },
  { name: 'MUTEX_POISON_WW_CTX', value: 0x500n, meaning: 'context of a finished ww_mutex acquire' },
  { name: 'SKB_LIST_POISON_NEXT', value: 0x800n, meaning: 'next of a socket buffer that left its list' },
  { name: 'NET_PTR_POISON', value: 0x801n, meaning: 'pointer to a network device that is gone' },
  { name: 'IO_URING_PTR_POISON', value: 0x1091n, meaning: 'pointer of an io_uring request that is done' },
  { name: 'STACK_DEPOT_POISON', value: 0xd390n, meaning: 'stack trace that the stack depot gave up' },
  { name: 'BPF_PTR_POISON', value: 0xeb9fn, meaning: 'BPF pointer that must not be followed' },
];

interface PoisonByte {
  readonly name: string;
  readonly byte: number;
  readonly meaning: string;
}

/** Bytes that fill memory; a pointer read from such memory consists of them. @tested */
export const POISON_BYTES: readonly PoisonByte[] = [
  { name: 'POISON_FREE', byte: 0x6b, meaning: 'freed slab object (use after free)' },
  { name: 'POISON_INUSE', byte: 0x5a, meaning: 'slab object that was never initialised' },
  { name: 'POISON_END', byte: 0xa5, meaning: 'last byte of a poisoned slab object' },
  { name: 'SLUB_RED_INACTIVE', byte: 0xbb, meaning: 'red zone of a free slab object' },
  { name: 'SLUB_RED_ACTIVE', byte: 0xcc, meaning: 'red zone of a slab object in use, or freed init memory' },
  { name: 'PAGE_POISON', byte: 0xaa, meaning: 'freed page, or a stack variable that was never initialised' },
  { name: 'JBD_POISON_FREE', byte: 0x5b, meaning: 'freed journal head (jbd)' },
  { name: 'JBD2_POISON_FREE', byte: 0x5c, meaning: 'freed journal head (jbd2)' },
  { name: 'POOL_POISON_FREED', byte: 0xa7, meaning: 'freed DMA pool block' },
  { name: 'POOL_POISON_ALLOCATED', byte: 0xa9, meaning: 'DMA pool block that was never initialised' },
  { name: 'MUTEX_DEBUG_INIT', byte: 0x11, meaning: 'debug mutex, initialised' },
  { name: 'MUTEX_DEBUG_FREE', byte: 0x22, meaning: 'debug mutex, freed' },
  { name: 'KEY_DESTROY', byte: 0xbd, meaning: 'destroyed key' },
  { name: 'FLEX_ARRAY_FREE', byte: 0x6c, meaning: 'freed part of a flex array' },
];

/** How far a member may lie from a poison pointer before it no longer looks like one, in bytes. */
const REACH = 0x1000n;

export interface PoisonMatch {
  readonly name: string;
  readonly meaning: string;
  /** Bytes from the poison to the address: the member that was used. */
  readonly offset: bigint;
}

/**
 * The poison pointer at or shortly before (or after) the address. Without a delta, on 32 bits, only the values before 4.3 stand out:
 * later ones look like NULL plus an offset.
 */
export function matchPoisonPointer(address: bigint, bits: 32 | 64): PoisonMatch | undefined {
  const deltas = bits === 64 ? POISON_DELTAS : [0n];
  const pointers = bits === 64 ? POISON_POINTERS : POISON_POINTERS.filter((p) => p.value >= 0x100000n);
  for (const delta of deltas) {
    const near = pointers
      .map((p) => ({ name: p.name, meaning: p.meaning, offset: address - p.value - delta, reach: p.reach ?? REACH }))
      .filter((p) => p.offset > -0x100n && p.offset < p.reach)
      .sort((a, b) => Number(distance(a.offset) - distance(b.offset)));
    const [best] = near;
    if (best) return { name: best.name, meaning: best.meaning, offset: best.offset };
  }
  return undefined;
}

/** A member lies behind its pointer and is mostly aligned: what lies before, or askew, costs more. */
function distance(offset: bigint): bigint {
  const far = offset < 0n ? -offset * 16n : offset;
  return offset % 4n === 0n ? far : far * 64n;
}

/** An address of `bits` that is one fill byte over and over, or that plus a member offset. */
export function matchPoisonBytes(address: bigint, bits: 32 | 64): PoisonMatch | undefined {
  const top = address >> BigInt(bits - 16);
  for (const { name, byte, meaning } of POISON_BYTES) {
    const pattern = BigInt(
      `0x${byte
        .toString(16)
        .padStart(2, '0')
        .repeat(bits / 8)}`,
    );
    const offset = address - pattern;
    if (top === pattern >> BigInt(bits - 16) && offset > -REACH && offset < REACH) return { name, meaning, offset };
  }
  return undefined;
}
