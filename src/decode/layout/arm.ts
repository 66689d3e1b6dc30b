import { atLeast, type KernelRelease } from '../kernel-release.ts';
import { type Layout, type Region, region } from './layout.ts';

const TAGGED = 'neither user nor kernel: the top bits are a tag, a signature or garbage';

/** 48-bit addresses. 5.4 turned the kernel half upside down: the linear map went to its bottom (14c127c957c1). */
export const ARM64: Layout = {
  source: 'Documentation/arch/arm64/memory.rst',
  userEnd: 0x0001000000000000n,
  kasanOffset: 0xdfff800000000000n,
  regions: (release) => [
    region(0n, 0x0000ffffffffffffn, 'user', 'a user-space address'),
    region(0x0001000000000000n, 0x000fffffffffffffn, 'non-canonical', 'a user-space address of 52 bits, or a damaged pointer'),
    region(0x0010000000000000n, 0xffefffffffffffffn, 'non-canonical', TAGGED),
    region(0xfff0000000000000n, 0xfffeffffffffffffn, 'direct-map', 'the linear map of 52-bit addresses: heap'),
    ...kernelHalf(release),
  ],
};

function kernelHalf(release: KernelRelease | undefined): Region[] {
  if (release && !atLeast(release, [5, 4])) {
    return [
      region(0xffff000000000000n, 0xffff7dffffffffffn, 'vmalloc', 'modules, kernel image or vmalloc (before 5.4)'),
      region(0xffff7e0000000000n, 0xffff7fffffffffffn, 'vmemmap', 'vmemmap, fixmap or PCI I/O (before 5.4)'),
      region(0xffff800000000000n, 0xffffffffffffffffn, 'direct-map', 'the linear map of memory: heap (before 5.4)'),
    ];
  }
  // BPF had 128 MiB of its own before the modules' until 5.15 (b89ddf4cca43); 6.4 widened the modules' to 2 GiB
  const modules =
    !release || atLeast(release, [6, 4]) ? 0xffff80007fffffffn : atLeast(release, [5, 16]) ? 0xffff800007ffffffn : 0xffff80000fffffffn;
  return [
    region(0xffff000000000000n, 0xffff7fffffffffffn, 'direct-map', 'the linear map of memory: heap'),
    region(0xffff800000000000n, modules, 'module', 'modules or BPF'),
    region(modules + 1n, 0xfffffbffffffffffn, 'vmalloc', 'vmalloc: a kernel stack, the kernel image or I/O memory'),
    region(0xfffffc0000000000n, 0xfffffdffffffffffn, 'vmemmap', 'vmemmap: a struct page'),
    region(0xfffffe0000000000n, 0xffffffffffffffffn, 'fixed', 'vmemmap, PCI I/O or the fixmap'),
  ];
}

/** The usual 3 GiB / 1 GiB split (PAGE_OFFSET 0xc0000000); modules lie 16 MiB below it. */
export const ARM: Layout = {
  source: 'Documentation/arch/arm/memory.rst, PAGE_OFFSET=0xc0000000',
  userEnd: 0xbf000000n,
  regions: () => [
    region(0n, 0xbeffffffn, 'user', 'a user-space address'),
    region(0xbf000000n, 0xbfffffffn, 'module', 'modules'),
    region(0xc0000000n, 0xefffffffn, 'direct-map', 'lowmem: the kernel image or heap'),
    region(0xf0000000n, 0xff7fffffn, 'vmalloc', 'vmalloc or I/O memory'),
    region(0xff800000n, 0xffffefffn, 'fixed', 'the fixmap, DTB, DMA or vectors'),
  ],
};
