import { type Layout, region } from './layout.ts';

const USER = 'a user-space address';

/** Four-level paging; with five levels the kernel half begins at 0xff00000000000000 and user space ends at 0x00ffffffffffffff. */
export const X86_64: Layout = {
  source: 'Documentation/arch/x86/x86_64/mm.rst',
  userEnd: 0x0000800000000000n,
  kasanOffset: 0xdffffc0000000000n,
  regions: () => [
    region(0n, 0x00007fffffffffffn, 'user', USER),
    region(0x0000800000000000n, 0x00ffffffffffffffn, 'non-canonical', 'non-canonical unless the machine uses five-level paging'),
    region(0x0100000000000000n, 0xfeffffffffffffffn, 'non-canonical', 'non-canonical: no pointer of this machine looks like that'),
    region(0xff00000000000000n, 0xff0fffffffffffffn, 'kernel', 'the guard hole and LDT of five-level paging'),
    region(
      0xff10000000000000n,
      0xffdeffffffffffffn,
      'direct-map',
      'heap, direct map, vmalloc or vmemmap (five-level paging, KASLR moves them)',
    ),
    region(0xffdf000000000000n, 0xffff7fffffffffffn, 'kasan-shadow', 'KASAN shadow of five-level paging; non-canonical with four'),
    region(0xffff800000000000n, 0xffff87ffffffffffn, 'kernel', 'the guard hole between user space and the direct map'),
    // 4.20 moved the direct map from ffff880000000000 to ffff888000000000 (LDT remap); KASLR moves the three areas up
    region(0xffff880000000000n, 0xffffc87fffffffffn, 'direct-map', 'the direct map of memory: heap, or with KASLR also vmalloc'),
    region(
      0xffffc88000000000n,
      0xffffe9ffffffffffn,
      'vmalloc',
      'vmalloc: a kernel stack, a vmalloc buffer or per-CPU data, or with KASLR the direct map',
    ),
    region(0xffffea0000000000n, 0xffffebffffffffffn, 'vmemmap', 'vmemmap: a struct page'),
    region(0xffffec0000000000n, 0xfffffbffffffffffn, 'kasan-shadow', 'KASAN shadow memory'),
    region(0xfffffc0000000000n, 0xfffffdffffffffffn, 'kernel', 'the hole below the CPU entry area'),
    region(0xfffffe0000000000n, 0xfffffe7fffffffffn, 'fixed', 'the CPU entry area: entry stacks, IDT, GDT, TSS'),
    region(0xfffffe8000000000n, 0xfffffeffffffffffn, 'kernel', 'the hole above the CPU entry area'),
    region(0xffffff0000000000n, 0xffffff7fffffffffn, 'fixed', 'espfix stacks'),
    region(0xffffff8000000000n, 0xffffffff7fffffffn, 'kernel', 'the EFI area or a hole'),
    region(0xffffffff80000000n, 0xffffffff9fffffffn, 'kernel-text', 'the kernel image: code or static data'),
    // with KASLR the image may take 1 GiB, and modules begin at ffffffffc0000000
    region(0xffffffffa0000000n, 0xffffffffbfffffffn, 'module', 'modules, or with KASLR the kernel image'),
    region(0xffffffffc0000000n, 0xfffffffffeffffffn, 'module', 'modules, BPF and trampolines'),
    region(0xffffffffff000000n, 0xffffffffff5fffffn, 'fixed', 'the fixmap'),
    region(0xffffffffff600000n, 0xffffffffff600fffn, 'fixed', 'the vsyscall page'),
  ],
};

/** The usual 3 GiB / 1 GiB split (CONFIG_PAGE_OFFSET 0xc0000000). */
export const I386: Layout = {
  source: 'arch/x86/include/asm/pgtable_32_areas.h, CONFIG_PAGE_OFFSET=0xc0000000',
  userEnd: 0xc0000000n,
  regions: () => [
    region(0n, 0xbfffffffn, 'user', USER),
    region(0xc0000000n, 0xf7ffffffn, 'direct-map', 'lowmem: the kernel image or heap, or vmalloc where memory is short'),
    region(0xf8000000n, 0xffbfffffn, 'vmalloc', 'vmalloc, modules or kmap'),
    region(0xffc00000n, 0xffffefffn, 'fixed', 'the fixmap'),
  ],
};
