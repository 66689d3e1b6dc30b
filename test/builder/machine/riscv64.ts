import { Region } from '../image/region.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface Riscv64Options {
  readonly release?: string;
  /** Sv39, Sv48, Sv57. */
  readonly vaBits?: 39 | 48 | 57;
  readonly ramBase?: number;
}

const LINK_ADDR = 0xffff_ffff_8000_0000n;
const PAGE_OFFSET = { 39: 0xffff_ffd6_0000_0000n, 48: 0xffff_af80_0000_0000n, 57: 0xff60_0000_0000_0000n } as const;
const VMALLOC_START = { 39: 0xffff_ffc8_0000_0000n, 48: 0xffff_8f80_0000_0000n, 57: 0xff20_0000_0000_0000n } as const;

export function riscv64(options: Riscv64Options = {}): Machine {
  const release = options.release ?? '6.12.0';
  const vaBits = options.vaBits ?? 57;
  const ramBase = options.ramBase ?? 0x8000_0000;
  const at = place(ramBase, { imageAt: 0x20_0000, linearAt: 0x200_0000 });
  const pageOffset = PAGE_OFFSET[vaBits];
  const toVirtual = (pa: number) => pageOffset + BigInt(pa - ramBase);
  const image = Region.contiguous(LINK_ADDR, at.imagePhys, IMAGE_SIZE);
  const linear = Region.contiguous(toVirtual(at.linearPhys), at.linearPhys, LINEAR_SIZE);
  const vmallocStart = VMALLOC_START[vaBits];
  const scattered = at.scattered(vmallocStart + 0x1000n, 4096);
  const count = (vaBits - 12) / 9;
  const entry = (pa: number) => (BigInt(pa) >> 12n) << 10n;
  return {
    arch: 'riscv64',
    release,
    shape: { order: 'little', wordSize: 8, u64Align: 8 },
    pageSize: 4096,
    elfMachine: 243,
    utsMachine: 'riscv64',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext: LINK_ADDR + 0x2000n,
    segments: [
      { vaddr: LINK_ADDR, paddr: at.imagePhys, size: IMAGE_SIZE },
      ...at.ram.map((r) => ({ vaddr: toVirtual(r.start), paddr: r.start, size: r.end - r.start })),
    ],
    translation: {
      rootAlign: 4096,
      format: {
        levels: Array.from({ length: count }, (_, i) => ({ shift: 12 + 9 * (count - 1 - i), bits: 9 })),
        entryBytes: 8,
        table: (pa) => entry(pa) | 1n,
        // Valid, readable, writable, accessed, dirty, global.
        leaf: (pa) => entry(pa) | 0xe7n,
      },
      fill(tables) {
        tables.map(LINK_ADDR, (o) => at.imagePhys + o, 0x20_0000, count - 2);
        tables.map(linear.vbase, (o) => at.linearPhys + o, LINEAR_SIZE);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size);
      },
    },
    physBase: 0n,
    vmcoreinfo: () => [
      `NUMBER(phys_ram_base)=${ramBase}`,
      ...(since(release, 6, 2)
        ? [
            `NUMBER(PAGE_OFFSET)=0x${hex(pageOffset)}`,
            `NUMBER(VMALLOC_START)=0x${hex(vmallocStart)}`,
            `NUMBER(VMALLOC_END)=0x${hex(pageOffset)}`,
          ]
        : []),
      `NUMBER(VA_BITS)=${vaBits}`,
      ...(since(release, 6, 2) ? [`NUMBER(KERNEL_LINK_ADDR)=0x${hex(LINK_ADDR)}`] : []),
      ...(since(release, 6, 5) ? [`NUMBER(va_kernel_pa_offset)=0x${hex(LINK_ADDR - BigInt(at.imagePhys))}`] : []),
    ],
  };
}
