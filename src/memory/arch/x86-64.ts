import { nameShifts } from '../utsname.ts';
import type { Architecture, KernelFacts, Translate, Translation } from './architecture.ts';
import { asPhysical, walkFromTop } from './architecture.ts';
import { equalLevels, pageTableWalk } from './walk.ts';
import { isXenHost, xenRoots } from './xen.ts';

/** __START_KERNEL_map: the kernel image is mapped from here on. */
const IMAGE = 0xffffffff80000000n;
/** KERNEL_IMAGE_SIZE with KASLR; without, and in VMCOREINFO of later kernels, it may be 512 MiB. */
const IMAGE_SIZE = 0x40000000n;
const ADDRESS = 0x000ffffffffff000n;

/**
 * x86-64. The image is linear from phys_base (NUMBER(phys_base) since 4.10); everything else (the direct map's base is random since
 * 4.8) goes through the page tables, 4 levels or 5.
 */
export const x86_64: Architecture = {
  machine: 'x86_64',
  wordSize: 8,
  *translations(facts) {
    for (const physBase of physBases(facts)) yield withPhysBase(facts, physBase);
    for (const root of qemuRoots(facts)) yield byTables(walkFrom(facts, root));
    if (isXenHost(facts.dump)) yield* xenTranslations(facts);
    if (facts.info.number('phys_base') === undefined) for (const physBase of guesses(facts)) yield withPhysBase(facts, physBase);
  },
};

function* physBases({ info, dump }: KernelFacts): Iterable<bigint> {
  const stated = info.number('phys_base');
  if (stated !== undefined) yield stated;
  for (const s of dump.segments) if (s.vaddr >= IMAGE) yield BigInt(s.paddr) - (s.vaddr - IMAGE); // before 4.10
  if (stated === undefined && dump.physBase) yield dump.physBase;
  if (stated === undefined) yield 0n; // not relocated
}

/**
 * CONFIG_PHYSICAL_ALIGN is 2 MiB at least; kernels before 4.10 lie below 4 GiB, where their boot loader put them. Where KASLR (3.14)
 * moved the image farther up in virtual memory than in physical, phys_base is negative, by less than the image's room.
 */
function* guesses({ dump }: KernelFacts): Iterable<bigint> {
  const end = Math.min(dump.ranges.at(-1)?.end ?? 0, 2 ** 32);
  for (let at = -Number(IMAGE_SIZE); at < end; at += 0x200000) if (at !== 0) yield BigInt(at);
}

const byTables = (walk: Translate): Translation => ({ translate: walk, walk });

function withPhysBase(facts: KernelFacts, physBase: bigint): Translation & { readonly image: Translate } {
  const { info } = facts;
  const end = IMAGE + (info.number('KERNEL_IMAGE_SIZE') ?? IMAGE_SIZE);
  const image: Translate = (v) => (v >= IMAGE && v < end ? asPhysical(v - IMAGE + physBase) : undefined);
  // init_top_pgt since 4.13, init_level4_pgt before; SYMBOL(swapper_pg_dir) names the same table
  const top = info.symbol('init_top_pgt') ?? info.symbol('init_level4_pgt') ?? info.symbol('swapper_pg_dir');
  const walk = walkFromTop(top, image, (root) => walkFrom(facts, root));
  return { translate: (v) => image(v) ?? walk?.(v), walk, image, walkFrom: (root) => walkFrom(facts, root) };
}

function walkFrom({ info, physical, reader }: KernelFacts, root: number): Translate {
  const levels = info.number('pgtable_l5_enabled') === 1n ? 5 : 4; // ~4.18
  const encryption = info.number('sme_mask') ?? 0n; // AMD's C bit, ~5.1
  return pageTableWalk({
    physical,
    reader,
    root,
    levels: equalLevels(levels, 12, 9),
    entrySize: 8,
    decode(entry, level, last) {
      if ((entry & 1n) === 0n) return undefined;
      const address = entry & ADDRESS & ~encryption;
      const huge = (entry & 0x80n) !== 0n && level >= levels - 3; // PSE: 1 GiB in the PUD, 2 MiB in the PMD
      return last || huge ? { leaf: address } : { next: address };
    },
  });
}

/**
 * A dom0's: by the tables that its CPUs ran on; else by where its image lies, and the tables in it. A domain's memory need not be of one
 * piece; its image, loaded at boot, is.
 */
function* xenTranslations(facts: KernelFacts): Iterable<Translation> {
  for (const root of xenRoots(facts)) yield byTables(walkFrom(facts, root));
  const own = facts.info.number('phys_base') ?? 0n;
  for (const shift of nameShifts(facts.dump, facts.info, [withPhysBase(facts, own).image])) yield withPhysBase(facts, own + BigInt(shift));
}

/** Offset of cr[3] in QEMUCPUState: two u32, 18 registers, 10 segments of 24 bytes, three control registers before it. */
const QEMU_CR3 = 8 + 18 * 8 + 10 * 24 + 3 * 8;

/** Page-table roots that QEMU noted per CPU; with page-table isolation the user half's root is the next page. */
function* qemuRoots({ dump, reader }: KernelFacts): Iterable<number> {
  for (const note of dump.notes) {
    if (note.name !== 'QEMU' || note.desc.length < QEMU_CR3 + 8) continue;
    const cr3 = reader.u64(note.desc, QEMU_CR3) & ADDRESS;
    yield Number(cr3);
    yield Number(cr3 & ~0x1fffn);
  }
}
