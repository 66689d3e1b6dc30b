import type { Arch } from '../arch.ts';
import { ARM, ARM64 } from './arm.ts';
import type { Layout } from './layout.ts';
import { LOONGARCH64, MIPS, MIPS64, PPC, PPC64, RISCV64, S390X } from './others.ts';
import { I386, X86_64 } from './x86.ts';

/** The address map of every architecture. */
export const LAYOUTS: Readonly<Record<Arch, Layout>> = {
  'x86-64': X86_64,
  i386: I386,
  arm64: ARM64,
  arm: ARM,
  ppc64: PPC64,
  ppc: PPC,
  s390x: S390X,
  riscv64: RISCV64,
  mips64: MIPS64,
  mips: MIPS,
  loongarch64: LOONGARCH64,
};
