import { INTERRUPT } from '../../../grammars/hardware/interrupt/lines.ts';
import { each, rule } from './rule.ts';

const reasonBit =
  (bit: number) =>
  ({ reason }: { readonly reason?: string }): boolean | undefined => {
    const value = Number.parseInt(reason ?? '', 16);
    return Number.isNaN(value) ? undefined : (value & bit) !== 0;
  };
/** System control port B (0x61), bits 7 and 6: who pulled the NMI line of a PC. */
const SOURCE = { pciSystemError: reasonBit(0x80), ioCheck: reasonBit(0x40) };

const LIST = [INTERRUPT.irq_handler, INTERRUPT.note_interrupt] as const;

/** Interrupts and NMIs. */
export const INTERRUPT_RULES = [
  rule([INTERRUPT.__report_bad_irq, ...LIST], { title: 'irq {irq}: nobody cared', fold: ['irq'] }),
  rule([INTERRUPT.__report_bogus_irq, ...LIST], { title: 'irq {irq}: bogus return value', fold: ['irq'] }),
  rule([INTERRUPT.common_interrupt], { severity: 'warning', title: 'No irq handler for vector', fold: [] }),
  rule([INTERRUPT.ack_bad_irq], { severity: 'warning', title: 'Unexpected interrupt', fold: [] }),
  rule([INTERRUPT.__setup_irq], { title: 'Flags mismatch irq {irq}', fold: ['irq', 'name'] }),
  rule([INTERRUPT.__setup_irq_refused], { title: 'Interrupt refused[: {what}]', fold: ['irq', 'name'] }),
  rule([INTERRUPT.__irq_set_trigger], { severity: 'info', title: 'Trigger mode of irq {irq} not set', fold: ['irq'] }),
  rule([INTERRUPT.irq_thread_dtor], { title: 'Thread of irq {irq} died', fold: ['irq'] }),
  rule([INTERRUPT.handle_IPI], { severity: 'warning', title: '{what} sent to a CPU that cannot take it', fold: ['what'] }),
  rule([INTERRUPT.smp_thermal_vector], { severity: 'warning', title: 'Unexpected thermal interrupt', fold: [] }),
  rule([INTERRUPT.local_apic_timer_interrupt], { severity: 'warning', title: 'Spurious timer interrupt', fold: [] }),
  rule([INTERRUPT.smp_error_interrupt], { severity: 'warning', title: 'APIC error', fold: ['esr'] }),
  rule([INTERRUPT.unknown_nmi_error], { kind: 'nmi', derive: SOURCE, title: 'NMI received for unknown reason', fold: [] }),
  rule([INTERRUPT.pci_serr_error], { kind: 'nmi', derive: SOURCE, title: 'NMI: PCI system error (SERR)', fold: [] }),
  rule([INTERRUPT.io_check_error], { kind: 'nmi', derive: SOURCE, title: 'NMI: IOCK error', fold: [] }),
  ...each([INTERRUPT.mem_parity_error], { kind: 'nmi', title: 'NMI: memory parity error', fold: [] }),
];
