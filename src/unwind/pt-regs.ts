/**
 * struct pt_regs of x86-64, a word each; the iret frame is its end (asm/ptrace.h). Notes of a CPU
 * (elf_gregset_t) begin with the same.
 */
export const PT_REGS: readonly string[] = [
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
