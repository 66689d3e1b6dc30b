import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { ARM } from './arm-lines.ts';
import { DIES } from './die-lines.ts';
import { MACHINE_CHECKS } from './machine-check-lines.ts';
import { OTHERS } from './other-lines.ts';
import { POWERPC } from './powerpc-lines.ts';
import { RISC } from './risc-lines.ts';
import { X86 } from './x86-lines.ts';

/** What an oops prints beyond what all reports share: BUG, WARN and panic reports hold the same lines. */
export const OOPS_LINES: readonly Line[] = [X86, POWERPC, OTHERS, MACHINE_CHECKS, ARM, DIES, RISC].flatMap((table) =>
  Object.values<Line>(table),
);

/**
 * What kernel code did that the CPU would not do: page faults, traps, machine exceptions, on every architecture.
 * `fault` is the first line (what was touched), `die` the second (`Oops: 0002 [#1]`), which stands alone where the trap has no
 * address: x86 die_addr() and do_trap(), arm `Internal error:`, s390 `illegal operation: 0001 ilc:1 [#1]`, mips `Oops[#1]:`.
 */
export const OOPS: Family = {
  name: 'oops',
  lines: OOPS_LINES,
  forms: [
    { name: 'prelude', absorbs: ['oops/fault', 'oops/die', 'oops/range'] },
    // sparc says where, mends it and goes on; or the fault follows
    { name: 'unaligned', absorbs: ['oops/fault', 'oops/die'], needs: 'nothing' },
    { name: 'fault', absorbs: ['oops/stack', 'oops/die', 'oops/range', 'bug/cut-here'] },
    // the frame on its next line is no stack
    { name: 'fault-rip', absorbsAlways: ['oops/die'] },
    // do_kernel_cp_fault() ends in a WARN or a BUG
    { name: 'control', absorbs: ['oops/die', 'bug/cut-here', 'bug/bug', 'bug/warn'] },
    { name: 'die', absorbs: ['oops/die', 'oops/range'] },
    // found at exception entry; the stack comes with the panic that follows
    { name: 'stack', absorbs: ['oops/die', 'oops/fault', 'oops/stack', 'panic/panic'] },
    { name: 'hint', tentative: true, absorbs: ['oops/*'] },
    { name: 'range', tentative: true },
  ],
};
