import type { Machine } from '../dump/dump.ts';
import type { KnownMemory } from '../memory/known.ts';
import { PT_REGS } from './pt-regs.ts';
import type { Registers } from './stack.ts';

/** Registers in the order of elf_gregset_t, a word each, by the names that the walkers ask for. */
const NAMES: Partial<Record<Machine, readonly string[]>> = {
  x86_64: PT_REGS,
  i386: ['bx', 'cx', 'dx', 'si', 'di', 'bp', 'ax', 'ds', 'es', 'fs', 'gs', 'orig_ax', 'ip', 'cs', 'flags', 'sp', 'ss'],
  arm64: [...numbered('x', 31), 'sp', 'pc', 'pstate'],
  arm: [...numbered('r', 13), 'sp', 'lr', 'pc', 'cpsr'],
  riscv64: [
    ...['pc', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2', 's0', 's1', ...numbered('a', 8)],
    ...[...numbered('s', 12).slice(2), 't3', 't4', 't5', 't6'],
  ],
  s390x: ['psw_mask', 'psw', ...numbered('r', 16)],
  ppc64: [...numbered('r', 32), 'nip', 'msr', 'orig_r3', 'ctr', 'link'],
};

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`);
}

/** struct elf_prstatus: pr_pid, then the registers (linux/elfcore.h); memory of the dumped machine, but for its header. */
const LAYOUT = { 8: { pid: 32, registers: 112 }, 4: { pid: 24, registers: 72 } } as const;

export interface CpuNote {
  readonly pid: number;
  readonly registers: Registers;
}

/** Bytes of a note's descriptor that {@link parseStatus} needs, at most. */
export const STATUS_BYTES = 112 + 40 * 8;

/** An NT_PRSTATUS descriptor. @returns undefined where it is too short, or the machine's registers are not known */
export function parseStatus(desc: Buffer, machine: Machine, memory: KnownMemory): CpuNote | undefined {
  const names = NAMES[machine];
  const { pid, registers } = LAYOUT[memory.wordSize];
  if (names === undefined || desc.length < registers + names.length * memory.wordSize) return undefined;
  return {
    pid: memory.reader.u32(desc, pid),
    registers: (name) => {
      const index = names.indexOf(name);
      const at = registers + index * memory.wordSize;
      if (index < 0) return undefined;
      return memory.wordSize === 8 ? memory.reader.u64(desc, at) : BigInt(memory.reader.u32(desc, at));
    },
  };
}
