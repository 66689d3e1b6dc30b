import type { Family } from '../../common/family.ts';
import { hex, hexCount, int, oneOf, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { alone } from '../line-keys.ts';
import { says, starts } from '../opens.ts';

/** Interrupts that nobody wanted, and NMIs that say that the machine is ill. */
export const INTERRUPT = lines({
  __report_bad_irq: {
    printer: 'kernel/irq/spurious.c __report_bad_irq()',
    examples: [
      'irq 16: nobody cared (try booting with the "irqpoll" option)',
      'kernel: irq 16: nobody cared (try booting with the "irqpoll" option)',
    ],
    start: /(?:[^\n]{1,40}: )?irq \d+: nobody cared/,
    opens: [{ form: 'bad', literals: ['irq '], at: 'message', test: (text, at) => /^irq \d+: nobody cared/.test(text.slice(at, at + 60)) }],
    reads: [/irq (?<irq>\d+): nobody cared/],
    fields: { irq: int },
  },
  __report_bogus_irq: {
    printer: 'kernel/irq/spurious.c __report_bad_irq()',
    examples: ['irq event 16: bogus return value 4'],
    start: /(?:[^\n]{1,40}: )?irq event \d+: bogus return value/,
    opens: [
      { form: 'bad', literals: ['irq event '], at: 'message', test: (text, at) => /^irq event \d+: bogus/.test(text.slice(at, at + 60)) },
    ],
    reads: [/irq event (?<irq>\d+): bogus return value (?<value>[0-9a-f]+)/],
    fields: { irq: int, value: hex },
  },
  irq_handlers: {
    printer: 'kernel/irq/spurious.c __report_bad_irq()',
    examples: ['handlers:'],
    start: /handlers:$/,
  },
  irq_handler: {
    printer: 'kernel/irq/spurious.c __report_bad_irq()',
    releases: 'threaded ones since 2.6.37; `(symbol+0x0/0x40)` until 2.6.2x; whose the line is, none of them a frame',
    examples: [
      '[<0000000065d27af3>] usb_hcd_irq',
      '[<00000000a1b2c3d4>] irq_default_primary_handler threaded [<00000000b2c3d4e5>] driver_xyz_thread [driver_xyz]',
      '[<c0216b40>] (driver_xyz_irq+0x0/0x44 [driver_xyz])',
    ],
    start: /\[<[0-9a-f(][^>\n]{0,40}>\] [(\w]/,
    reads: [
      /threaded \[<[^>]*>\] (?<handlers>[\w.]+(?: \[[\w-]+\])?)/,
      /^\[<[^>]*>\] \((?<handlers>[\w.]+)\+0x/,
      /^\[<[^>]*>\] (?<handlers>[\w.]+(?: \[[\w-]+\])?)/,
    ],
    fields: { handlers: oneOf },
  },
  note_interrupt: {
    printer: 'kernel/irq/spurious.c note_interrupt()',
    examples: ['Disabling IRQ #16'],
    start: /Disabling IRQ #\d+/,
    reads: [/Disabling IRQ #(?<disabled>\d+)/],
    fields: { disabled: int },
  },
  common_interrupt: {
    printer: 'arch/x86/kernel/irq.c common_interrupt()',
    releases: '`do_IRQ: ` until 5.7; `No irq handler for 1.55` since 6.13',
    examples: [
      '__common_interrupt: 1.55 No irq handler for vector',
      'do_IRQ: 1.55 No irq handler for vector (irq -1)',
      'No irq handler for 1.55',
    ],
    ...starts('vector', ['do_IRQ: ', '__common_interrupt: ', 'common_interrupt: ', 'No irq handler for '], (text) =>
      text.includes('No irq handler for '),
    ),
    start: /(?:\w+: \d+\.\d+ )?No irq handler for /,
    reads: [/(?<cpu>\d+)\.(?<vector>\d+) No irq handler/, /No irq handler for (?<cpu>\d+)\.(?<vector>\d+)/],
    fields: { cpu: int, vector: int },
  },
  ack_bad_irq: {
    printer: 'arch/x86/kernel/irq.c ack_bad_irq()',
    releases: '`unexpected IRQ # 45` on mips and loongarch',
    examples: ['unexpected IRQ trap at vector 45', 'unexpected IRQ # 45', 'Unexpected IRQ # 45'],
    ...says('vector', ['unexpected IRQ trap at vector ', 'unexpected IRQ # ', 'Unexpected IRQ # ']),
    reads: [/nexpected IRQ (?:trap at vector|#) (?<vector>[0-9a-f]+)/],
    fields: { vector: hexCount },
  },
  __setup_irq: {
    printer: 'kernel/irq/manage.c __setup_irq()',
    releases: '`genirq: ` before it since 3.5',
    examples: ['genirq: Flags mismatch irq 16. 00000000 (driver_xyz) vs. 00000080 (i801_smbus)'],
    ...says('vector', ['Flags mismatch irq ']),
    reads: [
      /Flags mismatch irq (?<irq>\d+)\. (?<flags>[0-9a-f]+) \((?<name>.*?)\) vs\. (?<otherFlags>[0-9a-f]+) \((?<otherName>.*)\)/,
      /Flags mismatch irq (?<irq>\d+)/,
    ],
    fields: { irq: int, flags: hex, name: words, otherFlags: hex, otherName: words },
  },
  __setup_irq_refused: {
    printer: 'kernel/irq/manage.c __setup_irq()',
    releases: 'oneshot since 2.6.39, NMIs since 5.1, affinities since 6.19',
    examples: [
      'genirq: Threaded irq requested with handler=NULL and !ONESHOT for driver_xyz (irq 16)',
      'genirq: Invalid attempt to share NMI for driver_xyz (irq 16) on irqchip GICv3.',
      'genirq: Overlapping affinities for driver_xyz (irq 16) on irqchip GICv3.',
    ],
    ...says('vector', ['Threaded irq requested with handler=NULL', 'Invalid attempt to share NMI for ', 'Overlapping affinities for ']),
    reads: [/(?<what>Threaded irq requested|Invalid attempt to share NMI|Overlapping affinities) .*?for (?<name>.*?) \(irq (?<irq>\d+)\)/],
    fields: { what: words, name: words, irq: int },
  },
  __irq_set_trigger: {
    printer: 'kernel/irq/manage.c __irq_set_trigger()',
    examples: ['genirq: Setting trigger mode 8 for irq 16 failed (gic_set_type+0x0/0x120)'],
    ...says('vector', ['Setting trigger mode '], (text) => / for irq \d+ failed/.test(text)),
    reads: [/Setting trigger mode (?<mode>\d+) for irq (?<irq>\d+) failed/],
    fields: { mode: int, irq: int },
  },
  irq_thread_dtor: {
    printer: 'kernel/irq/manage.c irq_thread_dtor()',
    examples: ['genirq: exiting task "irq/16-xyz" (77) is an active IRQ thread (irq 16)'],
    ...says('vector', ['exiting task "'], (text) => text.includes('is an active IRQ thread')),
    reads: [/exiting task "(?<name>.*)" \((?<pid>\d+)\) is an active IRQ thread \(irq (?<irq>\d+)\)/],
    fields: { name: words, pid: int, irq: int },
  },
  handle_IPI: {
    printer: 'arch/arm64/kernel/smp.c do_handle_IPI(), arm and riscv alike; kernel/smp.c __flush_smp_call_function_queue()',
    examples: [
      'CPU3: Unknown IPI message 0x9',
      'CPU3: unhandled IPI9',
      'smp: IPI callback driver_xyz_ipi+0x0/0x20 sent to offline CPU',
      'smp: IPI task-wakeup sent to offline CPU',
    ],
    ...says('vector', ['Unknown IPI message ', 'unhandled IPI', 'IPI callback', 'IPI task-wakeup'], (text) =>
      /: (?:Unknown IPI message |unhandled IPI\d|IPI [^\n]* sent to offline CPU)/.test(text),
    ),
    reads: [/^CPU(?<cpu>\d+): (?<what>Unknown IPI|unhandled IPI)/, /(?<what>IPI (?:callback|task-wakeup)).* sent to offline CPU/],
    fields: { cpu: int, what: words },
  },
  smp_thermal_vector: {
    printer: 'arch/x86/kernel/irq.c smp_thermal_vector()',
    releases: 'since 6.x; `CPU %d` of drivers/thermal until 5.10',
    examples: ['CPU3: Unexpected LVT thermal interrupt!'],
    ...says('vector', ['Unexpected LVT thermal interrupt!']),
    reads: [/^CPU(?<cpu>\d+): /],
    fields: { cpu: int },
  },
  local_apic_timer_interrupt: {
    printer: 'arch/x86/kernel/apic/apic.c local_apic_timer_interrupt()',
    examples: ['Spurious LAPIC timer interrupt on cpu 3'],
    ...says('vector', ['Spurious LAPIC timer interrupt on cpu ']),
    reads: [/on cpu (?<cpu>\d+)/],
    fields: { cpu: int },
  },
  smp_error_interrupt: {
    printer: 'arch/x86/kernel/apic/apic.c sysvec_error_interrupt()',
    releases: 'both values until 3.1x; only for debugging since 3.x',
    examples: ['APIC error on CPU0: 40(40)', 'APIC error on CPU0: 80 : Illegal register address'],
    ...says('vector', ['APIC error on CPU']),
    reads: [/CPU(?<cpu>\d+): (?<esr>[0-9a-f]+) : (?<what>\w[\w ]*)/, /CPU(?<cpu>\d+): (?<esr>[0-9a-f]+)/],
    fields: { cpu: int, esr: hex, what: words },
  },
  unknown_nmi_error: {
    printer: 'arch/x86/kernel/nmi.c unknown_nmi_error()',
    releases: 'arch/x86/kernel/traps.c until 3.2; the CPU since 2.6.35',
    examples: ['Uhhuh. NMI received for unknown reason 2d on CPU 3.', 'Uhhuh. NMI received. Dazed and confused, but trying to continue'],
    ...says('nmi', ['Uhhuh. NMI received']),
    reads: [/for unknown reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/, /NMI received/],
    fields: { reason: hex, cpu: int },
  },
  pci_serr_error: {
    printer: 'arch/x86/kernel/nmi.c pci_serr_error()',
    examples: ['NMI: PCI system error (SERR) for reason a1 on CPU 0.'],
    ...starts('nmi', ['NMI: PCI system error']),
    reads: [/for reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/],
    fields: { reason: hex, cpu: int },
  },
  io_check_error: {
    printer: 'arch/x86/kernel/nmi.c io_check_error()',
    examples: ['NMI: IOCK error (debug interrupt?) for reason 61 on CPU 0.'],
    ...starts('nmi', ['NMI: IOCK error']),
    reads: [/for reason (?<reason>[0-9a-f]+)(?: on CPU (?<cpu>\d+))?/],
    fields: { reason: hex, cpu: int },
  },
  mem_parity_error: {
    printer: 'arch/x86/kernel/nmi.c pci_serr_error()',
    releases: 'mem_parity_error() until 2.6.3x',
    examples: ['NMI: memory parity error'],
    ...starts('nmi', ['NMI: memory parity error', 'NMI: Memory parity error']),
    reads: [],
  },
  default_do_nmi: {
    printer: 'arch/x86/kernel/nmi.c unknown_nmi_error(), pci_serr_error()',
    examples: [
      'Dazed and confused, but trying to continue',
      'Do you have a strange power saving mode enabled?',
      'You have some hardware problem, likely on the PCI bus.',
    ],
    ...starts('nmi-field', [
      'Dazed and confused, but trying to continue',
      'Do you have a strange power saving mode',
      'You have some hardware problem',
      'You probably have a hardware problem with your RAM',
    ]),
  },
});

/** Interrupts: kernel/irq/spurious.c prints a stack and the handlers; the others are lines. */
export const interrupt: Family<{ listing: boolean }> = {
  name: 'interrupt',
  lines: Object.values(INTERRUPT),
  forms: [
    { name: 'bad' },
    { name: 'vector', needs: 'nothing', key: alone, single: true },
    { name: 'nmi', needs: 'nothing', key: () => 'nmi' },
    { name: 'nmi-field', needs: 'nothing', key: () => 'nmi', further: true },
  ],
  watch: {
    start: () => ({ listing: false }),
    see(state, { line }) {
      if (line === INTERRUPT.irq_handlers) state.listing = true;
    },
  },
  // an address and a name are a frame until the list of handlers begins
  admits: (line, _text, _lines, { listing }) => line !== INTERRUPT.irq_handler || listing,
  closes: (text) => text.startsWith('Disabling IRQ #'),
};
