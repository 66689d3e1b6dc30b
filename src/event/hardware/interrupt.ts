import type { Rules } from './old-rule.ts';

/** System control port B (0x61), bits 7 and 6: who pulled the NMI line of a PC. */
function reason(f: Readonly<Record<string, string>>): Record<string, boolean> {
  const value = Number.parseInt(f.reason ?? '', 16);
  return Number.isNaN(value) ? {} : { pciSystemError: (value & 0x80) !== 0, ioCheck: (value & 0x40) !== 0 };
}

export const INTERRUPT_RULES: Rules = {
  __report_bad_irq: { kind: 'irq-error', severity: 'error', title: 'irq {irq}: nobody cared', fold: ['irq'] },
  __report_bogus_irq: { kind: 'irq-error', severity: 'error', title: 'irq {irq}: bogus return value', fold: ['irq'] },
  common_interrupt: { kind: 'irq-error', severity: 'warning', title: 'No irq handler for vector', fold: [] },
  __setup_irq: { kind: 'irq-error', severity: 'error', title: 'Flags mismatch irq {irq}', fold: ['irq', 'name'] },
  smp_error_interrupt: { kind: 'irq-error', severity: 'warning', title: 'APIC error', fold: ['esr'] },
  unknown_nmi_error: { kind: 'nmi', severity: 'error', title: 'NMI received for unknown reason', fold: [], derive: reason },
  pci_serr_error: { kind: 'nmi', severity: 'error', title: 'NMI: PCI system error (SERR)', fold: [], derive: reason },
  io_check_error: { kind: 'nmi', severity: 'error', title: 'NMI: IOCK error', fold: [], derive: reason },
  mem_parity_error: { kind: 'nmi', severity: 'error', title: 'NMI: memory parity error', fold: [] },
  note_interrupt: { kind: 'irq-error', severity: 'error', title: 'irq {disabled} disabled', fold: ['disabled'] },
};
