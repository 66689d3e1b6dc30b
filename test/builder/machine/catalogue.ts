import { arm } from './arm.ts';
import { arm64 } from './arm64.ts';
import { i386 } from './i386.ts';
import { loongarch64, mips64, ppc64 } from './linear-only.ts';
import type { Machine } from './machine.ts';
import { riscv64 } from './riscv64.ts';
import { s390x } from './s390x.ts';
import { x86_64 } from './x86_64.ts';

/** One machine for every way that an architecture may be laid out: what "every architecture" means in the tests. */
export const MACHINES: Readonly<Record<string, () => Machine>> = {
  'x86_64 KASLR': () => x86_64(),
  'x86_64 nokaslr': () => x86_64({ kernelOffset: 0 }),
  'x86_64 image above its link address': () => x86_64({ kernelOffset: 0, imagePhys: 0x7a0_0000 }),
  'x86_64 five levels': () => x86_64({ levels: 5 }),
  'x86_64 five levels, base randomised': () => x86_64({ levels: 5, directBase: 0xff2a_0000_0000_0000n }),
  'x86_64 SME': () => x86_64({ smeMask: 1n << 47n }),
  'x86_64 7.2': () => x86_64({ release: '7.2.0' }),
  'i386 PAE': () => i386(),
  'i386 without PAE': () => i386({ pae: false }),
  'i386 VMSPLIT 2G': () => i386({ pae: false, pageOffset: 0x8000_0000n }),
  'arm64 4K 48': () => arm64(),
  'arm64 4K 39': () => arm64({ vaBits: 39 }),
  'arm64 4K 52 (LPA2)': () => arm64({ vaBits: 52 }),
  'arm64 4K 52 on 48-bit hardware': () => arm64({ vaBits: 52, actualBits: 48 }),
  'arm64 16K 47': () => arm64({ pageSize: 16384, vaBits: 47 }),
  'arm64 16K 48': () => arm64({ pageSize: 16384, vaBits: 48 }),
  'arm64 16K 52': () => arm64({ pageSize: 16384, vaBits: 52 }),
  'arm64 64K 42': () => arm64({ pageSize: 65536, vaBits: 42 }),
  'arm64 64K 48': () => arm64({ pageSize: 65536, vaBits: 48 }),
  'arm64 64K 52': () => arm64({ pageSize: 65536, vaBits: 52 }),
  'arm64 64K 52 on 48-bit hardware': () => arm64({ pageSize: 65536, vaBits: 52, actualBits: 48 }),
  'arm64 old layout': () => arm64({ release: '4.19.0' }),
  'arm64 old layout, 39': () => arm64({ release: '4.14.0', vaBits: 39 }),
  'arm LPAE': () => arm(),
  'arm sections': () => arm({ lpae: false, physBase: 0x8000_0000 }),
  'arm big endian': () => arm({ order: 'big' }),
  'ppc64le radix': () => ppc64(),
  'ppc64le hash': () => ppc64({ radix: false }),
  'ppc64 big endian': () => ppc64({ order: 'big', pageSize: 4096, radix: false }),
  's390x identity': () => s390x(),
  's390x 6.10': () => s390x({ release: '6.12.0' }),
  'riscv64 Sv39': () => riscv64({ vaBits: 39 }),
  'riscv64 Sv48': () => riscv64({ vaBits: 48 }),
  'riscv64 Sv57': () => riscv64(),
  'riscv64 before va_kernel_pa_offset': () => riscv64({ release: '6.1.0', vaBits: 39 }),
  loongarch64: () => loongarch64(),
  'mips64 big endian': () => mips64(),
};
