import type { FrameKind } from './stack.ts';

/**
 * Entries of interrupts: x86's asm_common_interrupt, asm_sysvec_*, apic_timer_interrupt (before 5.8), asm_exc_nmi, end_repeat_nmi;
 * arm64's el1h_64_irq and el1h_64_fiq; s390's io_int_handler and ext_int_handler; powerpc's hardware_interrupt and decrementer ones.
 */
const INTERRUPT = /interrupt|sysvec|nmi|_irq|_fiq|(?:io|ext)_int_handler|decrementer|doorbell/;

/** What stopped a function, told by the entry code that saved its registers. Without one: where the CPU stood when its note was written. */
export const kindBelow = (entry: string | undefined): FrameKind =>
  entry !== undefined && INTERRUPT.test(entry) ? 'interrupt' : 'exception';
