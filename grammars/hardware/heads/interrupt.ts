import { type HeadRule, head } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** Interrupts that nobody wanted, and NMIs that say that the machine is ill. */
export const INTERRUPT_HEADS: readonly HeadRule[] = [
  // kernel/irq/spurious.c __report_bad_irq(), note_interrupt(): a stack, the handlers, "Disabling IRQ #16".
  said('__report_bad_irq', /irq \d+: nobody cared/, /irq (?<irq>\d+): nobody cared/),
  said('__report_bogus_irq', /irq event \d+: bogus return value/, /irq event (?<irq>\d+): bogus return value (?<value>[0-9a-f]+)/),
  head('note_interrupt', /Disabling IRQ #\d+/, /Disabling IRQ #(?<disabled>\d+)/),
  head('print_irq_handlers', /handlers:/),
  // arch/x86/kernel/irq.c __common_interrupt() since 5.8, do_IRQ() before.
  said('common_interrupt', /\d+\.\d+ No irq handler for vector/, /(?<cpu>\d+)\.(?<vector>\d+) No irq handler/),
  said(
    '__setup_irq',
    /Flags mismatch irq \d+/,
    /Flags mismatch irq (?<irq>\d+)\. (?<flags>[0-9a-f]+) \((?<name>.*?)\) vs\. (?<otherFlags>[0-9a-f]+) \((?<otherName>.*)\)/,
  ),
  // arch/x86/kernel/apic/apic.c: "APIC error on CPU0: 00(40)".
  said('smp_error_interrupt', /APIC error on CPU\d+: /, /CPU(?<cpu>\d+): (?<esr>[0-9a-f]+)/),
  // arch/x86/kernel/nmi.c unknown_nmi_error(), pci_serr_error(), io_check_error(); traps.c before 3.3; "on CPU" since 2.6.35.
  said(
    'unknown_nmi_error',
    /Uhhuh\. NMI received/,
    /for unknown reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/,
    /NMI received\. Dazed|(?<rest>.+)/,
  ),
  said('pci_serr_error', /NMI: PCI system error/, /for reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/),
  said('io_check_error', /NMI: IOCK error/, /for reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/),
  said('mem_parity_error', /NMI: (?:memory parity error|Memory parity)/),
  said('ghes_notify_nmi', /NMI: Not continuing|Dazed and confused|Do you have a strange power/),
];
