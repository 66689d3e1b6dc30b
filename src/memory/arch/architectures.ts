import type { Dump, Machine } from '../../dump/dump.ts';
import type { Vmcoreinfo } from '../vmcoreinfo.ts';
import type { Architecture } from './architecture.ts';
import { arm } from './arm.ts';
import { arm64 } from './arm64.ts';
import { bySegments, WORD_SIZES } from './by-segments.ts';
import { i386 } from './i386.ts';
import { loongarch64 } from './loongarch64.ts';
import { mips64 } from './mips64.ts';
import { ppc64 } from './ppc64.ts';
import { riscv64 } from './riscv64.ts';
import { s390x } from './s390x.ts';
import { x86_64 } from './x86-64.ts';

const ALL: readonly Architecture[] = [x86_64, i386, arm64, arm, ppc64, s390x, riscv64, loongarch64, mips64];

/**
 * The architectures that a kernel may be of, the likeliest first: what the container says, else what keys of VMCOREINFO only one
 * architecture writes, else all of the word size that OFFSET(list_head.prev) gives away. Where the container has virtual addresses of
 * its own, these come last, for machines of which we know no other way.
 */
export function* architecturesFor(dump: Dump, info: Vmcoreinfo): Generator<Architecture> {
  const machine = dump.machine ?? machineByKeys(info);
  if (!dump.isVirtualOnly) yield* known(machine, info);
  if (dump.segments.length === 0) return;
  for (const wordSize of wordSizes(machine, info)) yield bySegments(wordSize);
}

function known(machine: Machine | undefined, info: Vmcoreinfo): readonly Architecture[] {
  if (machine !== undefined) return ALL.filter((a) => a.machine === machine);
  const wordSize = info.offset('list_head.prev');
  return ALL.filter((a) => wordSize === undefined || a.wordSize === wordSize);
}

function wordSizes(machine: Machine | undefined, info: Vmcoreinfo): readonly (4 | 8)[] {
  const stated = info.offset('list_head.prev'); // the word size: prev stands behind next
  if (stated === 4 || stated === 8) return [stated];
  const usual = machine && WORD_SIZES[machine];
  return usual === undefined ? [8, 4] : [usual];
}

function machineByKeys(info: Vmcoreinfo): Machine | undefined {
  if (info.has('NUMBER(kimage_voffset)')) return 'arm64';
  if (info.has('NUMBER(KERNEL_LINK_ADDR)')) return 'riscv64';
  if (info.has('SYMBOL(init_top_pgt)') || info.has('SYMBOL(init_level4_pgt)') || info.has('NUMBER(phys_base)')) return 'x86_64';
  if (info.has('SYMBOL(mmu_psize_defs)')) return 'ppc64';
  if (info.has('SYMBOL(lowcore_ptr)') || info.has('SAMODE31')) return 's390x';
  if (info.has('CONFIG_X86_PAE')) return 'i386';
  if (info.has('CONFIG_ARM_LPAE')) return 'arm';
  return undefined;
}
