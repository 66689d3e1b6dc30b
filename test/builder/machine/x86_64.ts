import { Region } from '../image/region.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface X8664Options {
  readonly release?: string;
  /** Page table levels. */
  readonly levels?: 4 | 5;
  /** KASLR: how far the image's virtual addresses were moved; 0 = nokaslr. A multiple of 2 MiB. */
  readonly kernelOffset?: number;
  /** Where the image was loaded. */
  readonly imagePhys?: number;
  /** Where memory that is not the image begins. */
  readonly linearPhys?: number;
  /** page_offset_base, randomised by CONFIG_RANDOMIZE_MEMORY since 4.8. */
  readonly directBase?: bigint;
  /** AMD memory encryption: the C bit, set in every entry. */
  readonly smeMask?: bigint;
}

const START_KERNEL_MAP = 0xffff_ffff_8000_0000n;

const defaultDirectBase = (release: string, levels: 4 | 5): bigint => {
  if (levels === 5) return since(release, 4, 20) ? 0xff11_0000_0000_0000n : 0xff10_0000_0000_0000n;
  if (since(release, 4, 20)) return 0xffff_8944_4000_0000n;
  return 0xffff_8800_0000_0000n;
};

export function x86_64(options: X8664Options = {}): Machine {
  const release = options.release ?? '6.1.0';
  const levels = options.levels ?? 4;
  const kernelOffset = options.kernelOffset ?? (since(release, 3, 14) ? 0x1520_0000 : 0);
  const sme = options.smeMask ?? 0n;
  const at = place(0, { imageAt: options.imagePhys ?? 0x180_0000, linearAt: options.linearPhys ?? 0x300_0000 });
  const directBase = options.directBase ?? defaultDirectBase(release, levels);
  const imageBase = START_KERNEL_MAP + 0x100_0000n + BigInt(kernelOffset);
  // Negative whenever KASLR moved the virtual addresses further than the physical ones.
  const physBase = BigInt(at.imagePhys) - (imageBase - START_KERNEL_MAP);
  const image = Region.contiguous(imageBase, at.imagePhys, IMAGE_SIZE);
  const linear = Region.contiguous(directBase + BigInt(at.linearPhys), at.linearPhys, LINEAR_SIZE);
  const scattered = at.scattered(levels === 5 ? 0xffa0_0000_0000_1000n : 0xffff_b000_0000_1000n, 4096);
  const shifts = levels === 5 ? [48, 39, 30, 21, 12] : [39, 30, 21, 12];
  const last = shifts.length - 1;

  return {
    arch: 'x86_64',
    release,
    shape: { order: 'little', wordSize: 8, u64Align: 8 },
    pageSize: 4096,
    elfMachine: 62,
    utsMachine: 'x86_64',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext: imageBase,
    // kexec writes the kernel's text map first, then the direct map of every range of RAM.
    segments: [
      { vaddr: imageBase, paddr: at.imagePhys, size: IMAGE_SIZE },
      ...at.ram.map((r) => ({ vaddr: directBase + BigInt(r.start), paddr: r.start, size: r.end - r.start })),
    ],
    translation: {
      rootAlign: 4096,
      format: {
        levels: shifts.map((shift) => ({ shift, bits: 9 })),
        entryBytes: 8,
        table: (pa) => BigInt(pa) | sme | 0x63n,
        // Global, dirty, accessed, writable, present; PSE above the last level; NX on every leaf.
        leaf: (pa, level) => BigInt(pa) | sme | 0x8000_0000_0000_0163n | (level < last ? 0x80n : 0n),
      },
      fill(tables) {
        const align = 0x20_0000;
        const image2m = Math.floor(at.imagePhys / align) * align;
        tables.map(imageBase & ~0x1f_ffffn, (o) => image2m + o, align * 2, last - 1);
        // The first GiB of the direct map by one 1 GiB page would hide the walk's lower levels; the linear area gets 4 KiB pages.
        for (let pa = 0; pa < at.linearPhys; pa += align) tables.map(directBase + BigInt(pa), (o) => pa + o, align, last - 1);
        tables.map(linear.vbase, (o) => at.linearPhys + o, LINEAR_SIZE, last);
        tables.map(directBase + 0x4000_0000n, (o) => 0x4000_0000 + o, 0x4000_0000, last - 2);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size, last);
      },
    },
    physBase,
    vmcoreinfo: ({ swapper }) => [
      ...(since(release, 4, 10) ? [`NUMBER(phys_base)=${physBase}`] : [`SYMBOL(phys_base)=${hex(image.vbase + 0x1_0000n)}`]),
      // Renamed when 5-level tables came.
      `SYMBOL(${since(release, 4, 13) ? 'init_top_pgt' : 'init_level4_pgt'})=${hex(swapper)}`,
      ...(since(release, 4, 18) ? [`NUMBER(pgtable_l5_enabled)=${levels === 5 ? 1 : 0}`] : []),
      `SYMBOL(node_data)=${hex(image.vbase + 0x2_0000n)}`,
      'LENGTH(node_data)=1024',
      ...(since(release, 3, 14) ? [`KERNELOFFSET=${hex(kernelOffset)}`] : []),
      ...(since(release, 4, 11) ? ['NUMBER(KERNEL_IMAGE_SIZE)=1073741824'] : []),
      ...(since(release, 5, 1) ? [`NUMBER(sme_mask)=${BigInt.asIntN(64, sme)}`] : []),
    ],
  };
}
