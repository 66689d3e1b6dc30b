/** Architectures whose reports are decoded, as lastkmsg names them. */
export type Arch = 'x86-64' | 'i386' | 'arm64' | 'arm' | 'ppc64' | 'ppc' | 's390x' | 'riscv64' | 'mips64' | 'mips' | 'loongarch64';

const WORD32: ReadonlySet<Arch> = new Set(['i386', 'arm', 'ppc', 'mips']);

/** Bits of a pointer. */
export const pointerBits = (arch: Arch): 32 | 64 => (WORD32.has(arch) ? 32 : 64);
