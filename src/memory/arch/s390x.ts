import type { Architecture, KernelFacts, Translate, Translation } from './architecture.ts';
import { asPhysical, walkFromTop } from './architecture.ts';

const LOWCORE = 0x2000n;

/** s390x: up to 6.9 virtual is physical but for vmalloc space; 6.10 gave the kernel a virtual layout of its own. */
export const s390x: Architecture = {
  machine: 's390x',
  wordSize: 8,
  *translations(facts) {
    const { info } = facts;
    const kernel = info.hex('KERNELOFFSET');
    const identity = info.hex('IDENTITYBASE');
    const image = info.hex('KERNELOFFPHYS');
    if (identity !== undefined && kernel !== undefined && image !== undefined) yield separate(facts, identity, kernel, image);
    const top = info.symbol('swapper_pg_dir');
    const walk = top === undefined || top > 1n << 52n ? undefined : walkFrom(facts, Number(top));
    // identity holds for all memory there is; what lies above it is vmalloc space
    const end = BigInt(facts.dump.ranges.at(-1)?.end ?? 0);
    yield { translate: (v) => (v < end ? asPhysical(v) : walk?.(v)), walk, walkFrom: (root) => walkFrom(facts, root) };
  },
};

function separate(facts: KernelFacts, identity: bigint, kernel: bigint, imagePhysical: bigint): Translation {
  const { info, dump } = facts;
  const low = info.hex('SAMODE31') ?? 0n;
  const lowEnd = info.hex('EAMODE31') ?? 0n;
  const memory = BigInt(dump.ranges.at(-1)?.end ?? 0);
  const linear: Translate = (v) => {
    if (v < LOWCORE || (v >= low && v < lowEnd)) return asPhysical(v); // lowcore and code that must stay below 2 GiB
    if (v >= kernel) return asPhysical(v - kernel + imagePhysical);
    return v >= identity && v - identity < memory ? asPhysical(v - identity) : undefined;
  };
  const walk = walkFromTop(info.symbol('swapper_pg_dir'), linear, (root) => walkFrom(facts, root));
  return { translate: (v) => linear(v) ?? walk?.(v), walk, walkFrom: (root) => walkFrom(facts, root) };
}

const TYPE = 0xcn;
const INVALID_TABLE = 0x20n;
const INVALID_PAGE = 0x400n;
const LARGE = 0x400n;

/**
 * Dynamic address translation: region first, second and third tables, segment table, page table. How many region tables there are
 * is not in VMCOREINFO: an entry's type bits (2 = second, 1 = third, 0 = segment table's) tell what the top table is.
 */
function walkFrom({ physical, reader }: KernelFacts, root: number): Translate {
  const shifts = [53n, 42n, 31n, 20n];
  return (v) => {
    // the top table's own type stands in each of its entries
    const first = physical.read(root, 8);
    if (first.state !== 'present') return undefined;
    const type = Number((reader.u64(first.bytes, 0) & TYPE) >> 2n);
    let table = BigInt(root);
    for (let level = 3 - type; level < 4; level++) {
      const index = (v >> shifts[level]!) & 0x7ffn;
      const entry = entryAt(table + index * 8n);
      if (entry === undefined || (entry & INVALID_TABLE) !== 0n) return undefined;
      if (level >= 2 && (entry & LARGE) !== 0n) {
        const within = (1n << shifts[level]!) - 1n; // enhanced DAT: 2 GiB in a region-third entry, 1 MiB in a segment entry
        return asPhysical((entry & ~within) | (v & within));
      }
      table = level === 3 ? entry & ~0x7ffn : entry & ~0xfffn;
    }
    const page = entryAt(table + ((v >> 12n) & 0xffn) * 8n);
    return page === undefined || (page & INVALID_PAGE) !== 0n ? undefined : asPhysical((page & ~0xfffn) | (v & 0xfffn));
  };

  function entryAt(paddr: bigint): bigint | undefined {
    const at = asPhysical(paddr);
    if (at === undefined) return undefined;
    const { bytes, state } = physical.read(at, 8);
    return state === 'present' ? reader.u64(bytes, 0) : undefined;
  }
}
