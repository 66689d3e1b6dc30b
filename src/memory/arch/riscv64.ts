import type { Architecture, KernelFacts, Translate, Translation } from './architecture.ts';
import { asPhysical, U64, walkFromTop } from './architecture.ts';
import { equalLevels, pageTableWalk } from './walk.ts';

/** riscv64: image by va_kernel_pa_offset, linear map from PAGE_OFFSET to phys_ram_base, the rest through Sv39, Sv48 or Sv57. */
export const riscv64: Architecture = {
  machine: 'riscv64',
  wordSize: 8,
  *translations(facts) {
    const { info } = facts;
    const link = info.number('KERNEL_LINK_ADDR') ?? 0xffffffff80000000n;
    const ram = info.number('phys_ram_base') ?? BigInt(facts.dump.ranges[0]?.start ?? 0);
    const stated = info.number('va_kernel_pa_offset'); // 6.5
    // before: the image begins where RAM does, or 2 MiB later, behind the firmware
    const offsets = stated !== undefined ? [stated] : [link - ram, link - ram - 0x200000n];
    for (const offset of offsets) yield withOffset(facts, link, ram, offset);
  },
};

function withOffset(facts: KernelFacts, link: bigint, ram: bigint, imageOffset: bigint): Translation {
  const { info } = facts;
  const pageOffset = info.number('PAGE_OFFSET');
  const linearEnd = pageOffset === undefined ? 0n : pageOffset + BigInt(facts.dump.ranges.at(-1)?.end ?? 0) - ram;
  const image: Translate = (v) => (v >= link ? asPhysical((v - imageOffset) & U64) : undefined);
  const linear: Translate = (v) => {
    if (v >= link) return image(v);
    return pageOffset !== undefined && v >= pageOffset && v < linearEnd ? asPhysical(v - pageOffset + ram) : undefined;
  };
  const walk = walkFromTop(info.symbol('swapper_pg_dir'), linear, (root) => walkFrom(facts, root));
  return { translate: (v) => linear(v) ?? walk?.(v), walk, image, walkFrom: (root) => walkFrom(facts, root) };
}

function walkFrom({ info, physical, reader }: KernelFacts, root: number): Translate {
  const vaBits = info.number('VA_BITS');
  const count = vaBits === 57n ? 5 : vaBits === 48n ? 4 : 3;
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: equalLevels(count, 12, 9),
    entrySize: 8,
    decode(entry) {
      if ((entry & 1n) === 0n) return undefined;
      const address = ((entry & 0x003fffffffffffffn) >> 10n) << 12n;
      return (entry & 0xen) !== 0n ? { leaf: address } : { next: address }; // any of read, write, execute makes a leaf
    },
  });
}
