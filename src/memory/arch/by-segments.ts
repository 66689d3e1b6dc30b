import type { Machine } from '../../dump/dump.ts';
import type { Architecture } from './architecture.ts';

/**
 * Any architecture, by the virtual addresses that the container itself gives (p_vaddr of kexec's ELF, which is what vmcore-dmesg goes
 * by): the image and the linear map, which hold all of a log that was not moved to vmalloc space.
 */
export const bySegments = (wordSize: 4 | 8): Architecture => ({
  machine: undefined,
  wordSize,
  *translations({ dump }) {
    if (dump.segments.length > 0) yield { translate: dump.segments.physical };
  },
});

/** Word size of a kernel of each machine; undefined where kernels of both are built. */
export const WORD_SIZES: Readonly<Record<Machine, 4 | 8 | undefined>> = {
  x86_64: 8,
  i386: 4,
  arm64: 8,
  arm: 4,
  ppc64: 8,
  ppc: 4,
  s390x: 8,
  riscv64: 8,
  loongarch64: 8,
  mips64: 8,
  mips: 4,
  sparc64: 8,
  sparc: 4,
  ia64: 8,
  parisc: undefined,
  alpha: 8,
  m68k: 4,
  sh: 4,
  xtensa: 4,
  arc: 4,
  csky: 4,
  microblaze: 4,
  unknown: undefined,
};
