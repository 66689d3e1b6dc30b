import type { TableFormat } from '../image/page-tables.ts';
import { Region } from '../image/region.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface Arm64Options {
  readonly release?: string;
  readonly pageSize?: 4096 | 16384 | 65536;
  /** CONFIG_ARM64_VA_BITS. */
  readonly vaBits?: 39 | 42 | 47 | 48 | 52;
  /** What the hardware does; 48 under a 52-bit kernel on old hardware. */
  readonly actualBits?: number;
  /** Where RAM starts, which is memstart_addr where nothing was randomised. */
  readonly ramBase?: number;
  readonly kernelOffset?: bigint;
}

const u64 = (v: bigint): bigint => BigInt.asUintN(64, v);

export function arm64(options: Arm64Options = {}): Machine {
  const release = options.release ?? '6.12.0';
  const pageSize = options.pageSize ?? 4096;
  const vaBits = options.vaBits ?? 48;
  const actual = options.actualBits ?? vaBits;
  const ramBase = options.ramBase ?? 0x4000_0000;
  // 5.4 turned the address space over: the linear map went from the upper half to the lower (commit 14c127c957c1).
  const flipped = since(release, 5, 4);
  // TEXT_OFFSET was 0x80000 until 5.8.
  const at = place(ramBase, { imageAt: flipped ? 0x100_0000 : 0x108_0000 });
  const minBits = Math.min(vaBits, 48);
  const kernelOffset = options.kernelOffset ?? 0x29bd_7000_0000n & ((1n << BigInt(minBits - 3)) - 1n);
  const half = u64(-(1n << BigInt(minBits - 1)));
  const imageBase = (flipped ? half + 0x8000_0000n : u64(-(1n << BigInt(vaBits))) + 0x808_0000n) + kernelOffset;
  const pageOffset = flipped ? u64(-(1n << BigInt(vaBits))) : u64(-(1n << BigInt(vaBits - 1)));
  // A 52-bit kernel on 48-bit hardware keeps its linear map in the upper part, by lowering memstart_addr (5.11).
  const shiftDown = flipped && actual < vaBits ? (1n << BigInt(vaBits)) - (1n << BigInt(actual)) : 0n;
  const physOffset = BigInt(ramBase) - shiftDown;
  const linearBase = u64(BigInt(at.linearPhys) - physOffset) | pageOffset;
  const image = Region.contiguous(imageBase, at.imagePhys, IMAGE_SIZE);
  const linear = Region.contiguous(linearBase, at.linearPhys, LINEAR_SIZE);
  // Between image and vmemmap, inside what the walk covers.
  const scattered = at.scattered(imageBase + 0x4000_0000n, pageSize);
  const voffset = u64(imageBase - BigInt(at.imagePhys));
  const format = tableFormat(pageSize, pageSize === 65536 ? vaBits : actual, vaBits === 52);
  return {
    arch: 'arm64',
    release,
    shape: { order: 'little', wordSize: 8, u64Align: 8 },
    pageSize,
    elfMachine: 183,
    utsMachine: 'aarch64',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext: imageBase,
    segments: [
      { vaddr: imageBase, paddr: at.imagePhys, size: IMAGE_SIZE },
      ...at.ram.map((r) => ({ vaddr: u64(BigInt(r.start) - physOffset) | pageOffset, paddr: r.start, size: r.end - r.start })),
    ],
    translation: {
      rootAlign: pageSize,
      format,
      fill(tables) {
        const last = format.levels.length - 1;
        if (pageSize === 4096)
          tables.map(imageBase & ~0x1f_ffffn, (o) => at.imagePhys - Number(imageBase & 0x1f_ffffn) + o, 0x40_0000, last - 1);
        else tables.map(imageBase, (o) => at.imagePhys + o, IMAGE_SIZE);
        tables.map(linearBase, (o) => at.linearPhys + o, LINEAR_SIZE);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size);
      },
    },
    physBase: 0n,
    vmcoreinfo: () => [
      ...(since(release, 4, 12)
        ? [
            `NUMBER(VA_BITS)=${vaBits}`,
            ...(since(release, 6, 2) ? [`NUMBER(MODULES_VADDR)=0x${hex(half)}`, `NUMBER(MODULES_END)=0x${hex(half + 0x8000_0000n)}`] : []),
            `NUMBER(kimage_voffset)=0x${hex(voffset)}`,
            `NUMBER(PHYS_OFFSET)=0x${hex(physOffset)}`,
          ]
        : []),
      ...(since(release, 5, 9) ? [`NUMBER(TCR_EL1_T1SZ)=0x${(64 - actual).toString(16)}`] : []),
      `KERNELOFFSET=${hex(kernelOffset)}`,
      ...(since(release, 5, 14) ? ['NUMBER(KERNELPACMASK)=0x0'] : []),
    ],
  };
}

function tableFormat(pageSize: number, vaBits: number, wide: boolean): TableFormat {
  const pageShift = Math.log2(pageSize);
  const bits = pageShift - 3;
  const count = Math.ceil((vaBits - pageShift) / bits);
  const levels = Array.from({ length: count }, (_, i) => {
    const shift = pageShift + bits * (count - 1 - i);
    return { shift, bits: i === 0 ? vaBits - shift : bits };
  });
  /** Physical bits beyond 48: 51:48 in 15:12 with 64 KiB pages, 51:50 in 9:8 with LPA2. */
  const address = (pa: number): bigint => {
    const v = BigInt(pa);
    if (!wide) return v;
    if (pageShift === 16) return (v & 0xffff_ffff_0000n) | ((v >> 48n) << 12n);
    return (v & 0x3_ffff_ffff_f000n) | ((v >> 50n) << 8n);
  };
  return {
    levels,
    entryBytes: 8,
    table: (pa) => address(pa) | 3n,
    leaf: (pa, level) => address(pa) | 0x0078_0000_0000_0400n | (level === count - 1 ? 3n : 1n),
  };
}
