import type { Architecture, KernelFacts, Translate } from './architecture.ts';
import { asPhysical, U64, walkFromTop } from './architecture.ts';
import { type Level, pageTableWalk } from './walk.ts';

/** arm64: image by kimage_voffset, linear map by PHYS_OFFSET, the rest through tables of 4, 16 or 64 KiB pages. Keys since 4.12. */
export const arm64: Architecture = {
  machine: 'arm64',
  wordSize: 8,
  *translations(facts) {
    const { info } = facts;
    const vaBits = Number(info.number('VA_BITS') ?? 48n);
    const voffset = info.number('kimage_voffset');
    if (voffset === undefined || vaBits < 36 || vaBits > 52) return;
    // T1SZ says how many bits this CPU really uses (5.9); some vendor trees spell it in lower case
    const t1sz = info.number('TCR_EL1_T1SZ') ?? info.number('tcr_el1_t1sz');
    const actual = t1sz === undefined ? vaBits : 64 - Number(t1sz);
    if (actual < 36 || actual > 52) return;
    const image = (v: bigint): number | undefined => asPhysical((v - voffset) & U64);
    const walk = walkFromTop(info.symbol('swapper_pg_dir'), image, (root) => walkFrom(facts, vaBits, actual, root));
    const linear = linearMap(facts, vaBits, actual);
    const translate: Translate = (v) => (linear.covers(v) ? (linear.translate(v) ?? walk?.(v)) : (walk?.(v) ?? image(v)));
    yield { translate, walk, image, walkFrom: (root) => walkFrom(facts, vaBits, actual, root) };
  },
};

interface LinearMap {
  readonly covers: (v: bigint) => boolean;
  readonly translate: Translate;
}

function linearMap({ info }: KernelFacts, vaBits: number, actual: number): LinearMap {
  const physOffset = info.number('PHYS_OFFSET') ?? 0n;
  const top = 1n << BigInt(actual - 1);
  // 5.4 turned the kernel's half around: the linear map moved from its upper to its lower part
  const flipped = (info.symbol('_stext') ?? U64) > U64 + 1n - (1n << BigInt(Math.min(vaBits, 48) - 1));
  const pageOffset = U64 + 1n - (flipped ? 1n << BigInt(actual) : top);
  return {
    covers: (v) => v >= pageOffset && ((v & top) === 0n) === flipped,
    // PHYS_OFFSET may be "negative" where a kernel for 52 bits runs with 48: modular arithmetic
    translate: (v) => asPhysical((v - pageOffset + physOffset) & U64),
  };
}

function walkFrom({ physical, reader, pageSize }: KernelFacts, vaBits: number, actual: number, root: number): Translate {
  const pageShift = Math.log2(pageSize);
  const va = pageShift === 16 ? vaBits : actual;
  const lpa2 = va === 52 && pageShift !== 16; // 6.9: 52 bits with pages of 4 or 16 KiB
  const page = BigInt(pageSize);
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: levelsOf(va, pageShift),
    entrySize: 8,
    decode(entry, _level, last) {
      const kind = entry & 3n;
      if ((entry & 1n) === 0n || (last && kind !== 3n)) return undefined;
      let address = entry & 0x0000ffffffffffffn & ~(page - 1n);
      if (pageShift === 16) address |= ((entry >> 12n) & 0xfn) << 48n;
      else if (lpa2) address = (entry & 0x0003ffffffffffffn & ~(page - 1n)) | (((entry >> 8n) & 3n) << 50n);
      return last || kind === 1n ? { leaf: address } : { next: address };
    },
  });
}

function levelsOf(va: number, pageShift: number): Level[] {
  const bits = pageShift - 3;
  const count = Math.ceil((va - pageShift) / bits);
  return Array.from({ length: count }, (_, i) => ({
    shift: pageShift + bits * (count - 1 - i),
    bits: i === 0 ? ((va - pageShift - 1) % bits) + 1 : bits,
  }));
}
