import type { KnownMemory } from '../../memory/known.ts';
import type { Registers } from '../stack.ts';

/** struct pt_regs of x86-64, a word each; the iret frame is its end (asm/ptrace.h). */
const PT_REGS: readonly string[] = [
  'r15',
  'r14',
  'r13',
  'r12',
  'bp',
  'bx',
  'r11',
  'r10',
  'r9',
  'r8',
  'ax',
  'cx',
  'dx',
  'si',
  'di',
  'orig_ax',
  'ip',
  'cs',
  'flags',
  'sp',
  'ss',
];
const INDEX = new Map(PT_REGS.map((name, i) => [name, i]));

/** Where the iret frame (ip, cs, flags, sp, ss) begins in pt_regs. */
export const IRET_OFFSET = 16n * 8n;

/** Registers saved at an address as pt_regs. */
export const registersAt =
  (memory: KnownMemory, address: bigint): Registers =>
  (name) => {
    const index = INDEX.get(name);
    return index === undefined ? undefined : memory.word(address + BigInt(index * 8));
  };
