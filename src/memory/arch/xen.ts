import type { Dump } from '../../dump/dump.ts';
import type { KernelFacts } from './architecture.ts';

/** Registers of each CPU at the crash, `crash_xen_core_t {cr0, cr2, cr3, cr4}` (xen/include/xen/elfcore.h XEN_ELFNOTE_CRASH_REGS). */
const CRASH_REGS = 0x1000002;
const CR3 = 16;

/** The memory of a Xen host: physical addresses are the machine's, those that a paravirtual kernel knows are its own. */
export const isXenHost = ({ notes }: Dump): boolean => notes.some(({ name }) => name === 'Xen' || name === 'VMCOREINFO_XEN');

/** Page-table roots of the CPUs that ran a paravirtual kernel when Xen crashed. */
export function* xenRoots({ dump, reader }: KernelFacts): Generator<number> {
  for (const { name, type, desc } of dump.notes) {
    if (name !== 'Xen' || type !== CRASH_REGS || desc.length < CR3 + 8) continue;
    const root = reader.size(desc, CR3);
    if (Number.isFinite(root) && root >= 4096) yield root - (root % 4096);
  }
}
