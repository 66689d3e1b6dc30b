import { type Layout, region } from './layout.ts';

const USER = 'a user-space address';

export const PPC64: Layout = {
  source: 'arch/powerpc/include/asm/book3s/64/{hash,radix}.h',
  userEnd: 0x0010000000000000n,
  regions: () => [
    region(0n, 0x000fffffffffffffn, 'user', USER),
    region(0x0010000000000000n, 0xbfffffffffffffffn, 'non-canonical', 'in no region that the kernel uses'),
    region(0xc000000000000000n, 0xc003ffffffffffffn, 'direct-map', 'the linear map: kernel image or heap'),
    region(0xc004000000000000n, 0xc007ffffffffffffn, 'direct-map', 'the linear map, above 1 PiB'),
    region(0xc008000000000000n, 0xc009ffffffffffffn, 'vmalloc', 'vmalloc, modules or I/O (radix; hash since 5.2)'),
    region(0xc00a000000000000n, 0xc00bffffffffffffn, 'vmalloc', 'I/O memory (hash)'),
    region(0xc00c000000000000n, 0xc00fffffffffffffn, 'vmemmap', 'vmemmap: a struct page; I/O or KASAN shadow'),
    region(0xd000000000000000n, 0xdfffffffffffffffn, 'vmalloc', 'vmalloc, modules or I/O (hash before 5.2)'),
    region(0xf000000000000000n, 0xf000ffffffffffffn, 'vmemmap', 'vmemmap: a struct page (hash before 5.2)'),
  ],
};

/** User and kernel have address spaces of their own: the number alone does not say whose it is. */
export const S390X: Layout = {
  source: 'arch/s390/boot/startup.c setup_kernel_memory_layout()',
  userEnd: 0n,
  regions: () => [region(0n, 0x1fffn, 'fixed', 'the lowcore: reading it is allowed, writing is not')],
};

/** Sv39, Sv48 and Sv57 by their own ranges. */
export const RISCV64: Layout = {
  source: 'Documentation/arch/riscv/vm-layout.rst',
  userEnd: 0x0000004000000000n,
  kasanOffset: 0xdfffffff00000000n,
  regions: () => [
    region(0n, 0x00ffffffffffffffn, 'user', USER),
    region(0x0100000000000000n, 0xfeffffffffffffffn, 'non-canonical', 'non-canonical in every paging mode'),
    region(0xff1bfffffea00000n, 0xff5fffffffffffffn, 'vmalloc', 'vmemmap, vmalloc or the fixmap (Sv57)'),
    region(0xff60000000000000n, 0xff9fffffffffffffn, 'direct-map', 'the direct map (Sv57): heap'),
    region(0xffff8d7ffea00000n, 0xffffaf7fffffffffn, 'vmalloc', 'vmemmap, vmalloc or the fixmap (Sv48)'),
    region(0xffffaf8000000000n, 0xffffef7fffffffffn, 'direct-map', 'the direct map (Sv48): heap'),
    region(0xffffffc4fea00000n, 0xffffffd5ffffffffn, 'vmalloc', 'vmemmap, vmalloc or the fixmap (Sv39)'),
    // 5.17 moved the Sv39 direct map from ffffffe000000000 down to ffffffd600000000
    region(0xffffffd600000000n, 0xfffffff5ffffffffn, 'direct-map', 'the direct map (Sv39): heap'),
    region(0xfffffff600000000n, 0xfffffffeffffffffn, 'kasan-shadow', 'KASAN shadow (Sv39)'),
    region(0xffffffff00000000n, 0xffffffff7fffffffn, 'module', 'modules or BPF'),
    region(0xffffffff80000000n, 0xffffffffffffefffn, 'kernel-text', 'the kernel image'),
  ],
};

export const MIPS64: Layout = {
  source: 'arch/mips/include/asm/addrspace.h',
  userEnd: 0x4000000000000000n,
  regions: () => [
    region(0n, 0x3fffffffffffffffn, 'user', USER),
    region(0x4000000000000000n, 0x7fffffffffffffffn, 'non-canonical', 'xksseg: the kernel does not use it'),
    region(0x8000000000000000n, 0xbfffffffffffffffn, 'direct-map', 'xkphys: physical memory, heap'),
    region(0xc000000000000000n, 0xffffffff7fffffffn, 'vmalloc', 'xkseg: vmalloc or modules'),
    region(0xffffffff80000000n, 0xffffffffbfffffffn, 'kernel-text', 'ckseg0 or ckseg1: the kernel image'),
    region(0xffffffffc0000000n, 0xffffffffffffefffn, 'module', 'cksseg, ckseg3: modules'),
  ],
};

export const MIPS: Layout = {
  source: 'arch/mips/include/asm/addrspace.h',
  userEnd: 0x80000000n,
  regions: () => [
    region(0n, 0x7fffffffn, 'user', USER),
    region(0x80000000n, 0x9fffffffn, 'direct-map', 'kseg0: the kernel image or heap'),
    region(0xa0000000n, 0xbfffffffn, 'direct-map', 'kseg1: uncached memory or I/O'),
    region(0xc0000000n, 0xffffefffn, 'vmalloc', 'kseg2: vmalloc or modules'),
  ],
};

export const PPC: Layout = {
  source: 'arch/powerpc/include/asm/page_32.h, CONFIG_PAGE_OFFSET=0xc0000000',
  userEnd: 0xc0000000n,
  regions: () => [
    region(0n, 0xbfffffffn, 'user', USER),
    region(0xc0000000n, 0xefffffffn, 'direct-map', 'lowmem: the kernel image or heap'),
    region(0xf0000000n, 0xffffefffn, 'vmalloc', 'vmalloc, I/O or the fixmap'),
  ],
};

export const LOONGARCH64: Layout = {
  source: 'arch/loongarch/include/asm/addrspace.h',
  userEnd: 0x0001000000000000n,
  regions: () => [
    region(0n, 0x0000ffffffffffffn, 'user', USER),
    region(0x0001000000000000n, 0x7fffffffffffffffn, 'non-canonical', 'in no segment that the kernel uses'),
    region(0x8000000000000000n, 0x8fffffffffffffffn, 'direct-map', 'the uncached window: I/O memory'),
    region(0x9000000000000000n, 0x9fffffffffffffffn, 'direct-map', 'the cached window: kernel image or heap'),
    region(0xa000000000000000n, 0xfffeffffffffffffn, 'non-canonical', 'in no segment that the kernel uses'),
    region(0xffff000000000000n, 0xffffffffffffefffn, 'vmalloc', 'modules, vmalloc, vmemmap or KASAN shadow'),
  ],
};
