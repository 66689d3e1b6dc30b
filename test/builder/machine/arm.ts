import { Region } from '../image/region.ts';
import type { Machine } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface ArmOptions {
  readonly release?: string;
  readonly lpae?: boolean;
  /** Where RAM starts. */
  readonly physBase?: number;
  readonly order?: 'little' | 'big';
}

const PAGE_OFFSET = 0xc000_0000n;
/** swapper_pg_dir lies right below the image: 16 KiB of sections, or with LPAE a page before the tables of the second level. */
const TEXT_OFFSET = 0x40_0000;

export function arm(options: ArmOptions = {}): Machine {
  const release = options.release ?? '6.1.0';
  const lpae = options.lpae ?? true;
  const physBase = options.physBase ?? 0x4000_0000;
  const at = place(physBase, { imageAt: TEXT_OFFSET - 0x2_0000, linearAt: 0x200_0000 });
  const toVirtual = (pa: number) => PAGE_OFFSET + BigInt(pa - physBase);
  const image = Region.contiguous(toVirtual(at.imagePhys), at.imagePhys, IMAGE_SIZE);
  const swapper = image.allocate(lpae ? 0x1000 : 0x4000, 0x4000);
  const stext = toVirtual(physBase + TEXT_OFFSET);
  image.allocate(Number(stext - image.vbase) - 0x4000);
  const linear = Region.contiguous(toVirtual(at.linearPhys), at.linearPhys, LINEAR_SIZE);
  const scattered = at.scattered(0xf080_1000n, 4096);
  return {
    arch: 'arm',
    release,
    shape: { order: options.order ?? 'little', wordSize: 4, u64Align: 8 },
    pageSize: 4096,
    elfMachine: 40,
    utsMachine: 'armv7l',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext,
    swapper,
    segments: at.ram.map((r) => ({ vaddr: toVirtual(r.start), paddr: r.start, size: r.end - r.start })),
    translation: {
      rootAlign: 0x4000,
      format: lpae
        ? {
            levels: [
              { shift: 30, bits: 2 },
              { shift: 21, bits: 9 },
              { shift: 12, bits: 9 },
            ],
            entryBytes: 8,
            table: (pa) => BigInt(pa) | 3n,
            leaf: (pa, level) => BigInt(pa) | 0x0040_0000_0000_070cn | (level === 2 ? 3n : 1n),
          }
        : {
            // Short descriptors: 1 MiB sections, or a table of 256 small pages.
            levels: [
              { shift: 20, bits: 12 },
              { shift: 12, bits: 8 },
            ],
            entryBytes: 4,
            table: (pa) => BigInt(pa) | 1n,
            leaf: (pa, level) => BigInt(pa) | (level === 0 ? 0x1140en : 0x45en),
          },
      fill(tables) {
        const step = lpae ? 0x20_0000 : 0x10_0000;
        const blocks = lpae ? 1 : 0;
        for (let o = 0; o < 0x40_0000 + IMAGE_SIZE; o += step) tables.map(PAGE_OFFSET + BigInt(o), (x) => physBase + o + x, step, blocks);
        tables.map(linear.vbase, (o) => at.linearPhys + o, LINEAR_SIZE);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size);
      },
    },
    physBase: BigInt(physBase),
    vmcoreinfo: () => (lpae ? ['CONFIG_ARM_LPAE=y'] : []),
  };
}
