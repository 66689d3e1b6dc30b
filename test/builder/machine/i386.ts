import { Region } from '../image/region.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface I386Options {
  readonly release?: string;
  readonly pae?: boolean;
  /** CONFIG_VMSPLIT: 0xc0000000, or 0xb0000000, 0x80000000… */
  readonly pageOffset?: bigint;
}

export function i386(options: I386Options = {}): Machine {
  const release = options.release ?? '6.1.0';
  const pae = options.pae ?? true;
  const pageOffset = options.pageOffset ?? 0xc000_0000n;
  const at = place(0, { imageAt: 0x400_0000, linearAt: 0x500_0000 });
  const image = Region.contiguous(pageOffset + BigInt(at.imagePhys), at.imagePhys, IMAGE_SIZE);
  const linear = Region.contiguous(pageOffset + BigInt(at.linearPhys), at.linearPhys, LINEAR_SIZE);
  const scattered = at.scattered(0xf800_1000n, 4096);
  const last = pae ? 2 : 1;
  return {
    arch: 'i386',
    release,
    shape: { order: 'little', wordSize: 4, u64Align: 4 },
    pageSize: 4096,
    elfMachine: 3,
    physicalExtension: pae,
    utsMachine: 'i686',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext: image.vbase,
    segments: at.ram.map((r) => ({ vaddr: pageOffset + BigInt(r.start), paddr: r.start, size: r.end - r.start })),
    translation: {
      rootAlign: 4096,
      format: {
        levels: pae
          ? [
              { shift: 30, bits: 2 },
              { shift: 21, bits: 9 },
              { shift: 12, bits: 9 },
            ]
          : [
              { shift: 22, bits: 10 },
              { shift: 12, bits: 10 },
            ],
        entryBytes: pae ? 8 : 4,
        // A page directory pointer has no writable or accessed bit.
        table: (pa, level) => BigInt(pa) | (pae && level === 0 ? 1n : 0x63n),
        leaf: (pa, level) => BigInt(pa) | 0x163n | (level < last ? 0x80n : 0n),
      },
      fill(tables) {
        const step = pae ? 0x20_0000 : 0x40_0000;
        for (let pa = 0; pa < 0x600_0000; pa += step)
          if (pa !== at.linearPhys) tables.map(pageOffset + BigInt(pa), (o) => pa + o, step, last - 1);
        tables.map(linear.vbase, (o) => at.linearPhys + o, LINEAR_SIZE, last);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size, last);
      },
    },
    physBase: 0n,
    vmcoreinfo: () => [
      ...(pae ? ['CONFIG_X86_PAE=y'] : []),
      ...(since(release, 3, 14) ? [`KERNELOFFSET=${hex(pageOffset === 0xc000_0000n ? 0x300_0000 : 0)}`] : []),
    ],
  };
}
