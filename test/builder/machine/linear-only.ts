import { Region } from '../image/region.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

/** Architectures whose kernel image and boot-time memory lie in one linear map: no table is needed to find the log. */
function linearMachine(
  m: Pick<Machine, 'arch' | 'release' | 'pageSize' | 'elfMachine' | 'utsMachine'> & {
    readonly order: 'little' | 'big';
    readonly imageBase: bigint;
    readonly linearBase: bigint;
    readonly lines: (image: bigint) => string[];
  },
): Machine {
  const at = place(0, { imageAt: 0x20_0000, linearAt: 0x100_0000 });
  const image = Region.contiguous(m.imageBase + BigInt(at.imagePhys), at.imagePhys, IMAGE_SIZE);
  return {
    ...m,
    shape: { order: m.order, wordSize: 8, u64Align: 8 },
    image,
    linear: Region.contiguous(m.linearBase + BigInt(at.linearPhys), at.linearPhys, LINEAR_SIZE),
    scattered: undefined,
    tables: at.tables,
    ram: at.ram,
    stext: image.vbase,
    segments: [
      ...(m.imageBase === m.linearBase ? [] : [{ vaddr: image.vbase, paddr: at.imagePhys, size: IMAGE_SIZE }]),
      ...at.ram.map((r) => ({ vaddr: m.linearBase + BigInt(r.start), paddr: r.start, size: r.end - r.start })),
    ],
    translation: undefined,
    physBase: 0n,
    vmcoreinfo: () => m.lines(image.vbase),
  };
}

export interface Ppc64Options {
  readonly release?: string;
  readonly order?: 'little' | 'big';
  readonly radix?: boolean;
  readonly pageSize?: 4096 | 65536;
}

export function ppc64(options: Ppc64Options = {}): Machine {
  const release = options.release ?? '6.1.0';
  const order = options.order ?? 'little';
  return linearMachine({
    arch: 'ppc64',
    release,
    pageSize: options.pageSize ?? 65536,
    elfMachine: 21,
    utsMachine: order === 'little' ? 'ppc64le' : 'ppc64',
    order,
    imageBase: 0xc000_0000_0000_0000n,
    linearBase: 0xc000_0000_0000_0000n,
    lines: (image) => [
      `SYMBOL(vmemmap_list)=${hex(image + 0x2_0000n)}`,
      `SYMBOL(mmu_vmemmap_psize)=${hex(image + 0x2_0008n)}`,
      `SYMBOL(mmu_psize_defs)=${hex(image + 0x2_0010n)}`,
      'SIZE(mmu_psize_def)=96',
      ...(since(release, 4, 20) ? [`SYMBOL(cur_cpu_spec)=${hex(image + 0x2_0018n)}`] : []),
      ...(since(release, 5, 17) ? [`NUMBER(RADIX_MMU)=${options.radix === false ? 0 : 1}`] : []),
      'KERNELOFFSET=0',
    ],
  });
}

export function loongarch64(options: { readonly release?: string } = {}): Machine {
  return linearMachine({
    arch: 'loongarch64',
    release: options.release ?? '6.6.0',
    pageSize: 16384,
    elfMachine: 258,
    utsMachine: 'loongarch64',
    order: 'little',
    // Both are windows onto physical memory: cached 0x9000…, and 0x8000… uncached.
    imageBase: 0x9000_0000_0000_0000n,
    linearBase: 0x9000_0000_0000_0000n,
    lines: () => ['KERNELOFFSET=0'],
  });
}

export function mips64(options: { readonly release?: string; readonly order?: 'little' | 'big' } = {}): Machine {
  return linearMachine({
    arch: 'mips64',
    release: options.release ?? '6.1.0',
    pageSize: 16384,
    elfMachine: 8,
    utsMachine: 'mips64',
    order: options.order ?? 'big',
    // The image is linked into CKSEG0; memblock's memory is addressed through cached XKPHYS.
    imageBase: 0xffff_ffff_8000_0000n,
    linearBase: 0x9800_0000_0000_0000n,
    lines: () => [],
  });
}
