import type { FrameKind } from './stack.ts';

/**
 * Entries of interrupts: x86's asm_common_interrupt, asm_sysvec_*, apic_timer_interrupt (before 5.8), asm_exc_nmi, end_repeat_nmi;
 * arm64's el1h_64_irq and el1h_64_fiq; s390's io_int_handler and ext_int_handler; powerpc's hardware_interrupt and decrementer ones.
 * riscv has one entry for all, whose caller tells: do_irq.
 */
const INTERRUPT = /interrupt|sysvec|nmi|_irq|_fiq|(?:io|ext)_int_handler|^do_irq$|decrementer|doorbell/;

/** What stopped a function, told by the entry code that saved its registers, and what that called. Without: where the CPU stood for its note. */
export const kindBelow = (entry: readonly string[]): FrameKind => (entry.some((name) => INTERRUPT.test(name)) ? 'interrupt' : 'exception');
