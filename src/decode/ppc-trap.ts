import type { Access } from './page-fault.ts';

/** PowerPC vectors as register blocks print them (`TRAP: 0300`, `interrupt: 300`): arch/powerpc/include/asm/interrupt.h. @tested */
export const PPC_TRAPS: ReadonlyMap<number, string> = new Map([
  [0x100, 'system reset'],
  [0x200, 'machine check'],
  [0x300, 'data access'],
  [0x380, 'data segment'],
  [0x400, 'instruction access'],
  [0x480, 'instruction segment'],
  [0x500, 'external interrupt'],
  [0x600, 'alignment'],
  [0x700, 'program check'],
  [0x800, 'floating point unavailable'],
  [0x900, 'decrementer'],
  [0x980, 'hypervisor decrementer'],
  [0xa00, 'doorbell'],
  [0xc00, 'system call'],
  [0xd00, 'single step'],
  [0xe00, 'hypervisor data storage'],
  [0xe20, 'hypervisor instruction storage'],
  [0xe40, 'hypervisor emulation assistance'],
  [0xe60, 'hypervisor maintenance'],
  [0xe80, 'hypervisor doorbell'],
  [0xea0, 'hypervisor virtualization'],
  [0xf00, 'performance monitor'],
  [0xf20, 'AltiVec unavailable'],
  [0xf40, 'VSX unavailable'],
  [0xf60, 'facility unavailable'],
  [0xf80, 'hypervisor facility unavailable'],
  [0x1300, 'instruction breakpoint'],
  [0x1500, 'denormalisation assist'],
  [0x1700, 'AltiVec assist'],
  [0x3000, 'system call vectored'],
]);

/** Names a vector; the lowest bit of a saved trap is a flag of the kernel, not part of the number. */
export const ppcTrapName = (trap: number): string | undefined => PPC_TRAPS.get(trap & ~0xf) ?? PPC_TRAPS.get(trap);

/** Read or write of a data access, from DSISR (bit 25 from the left: store), and execute for instruction vectors. */
export function ppcAccess(trap: number, dsisr: bigint | undefined): Access | undefined {
  const vector = trap & ~0xf;
  if (vector === 0x400 || vector === 0x480) return 'execute';
  return vector === 0x300 && dsisr !== undefined ? (dsisr & 0x02000000n ? 'write' : 'read') : undefined;
}
