import { hex, int, requesterId, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, starts } from '../opens.ts';

const AER = { grammar: 'bus', name: 'aer', mode: 'aer' } as const;
const behindTag = (...texts: readonly string[]): string[] => texts.flatMap((text) => [text, `AER: ${text}`]);
/** Domain, bus, device and function: `0000:01:00.0`. */
const ADDRESS = String.raw`[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]`;
/** The tag stands before the message since 4.20. */
const TAG = '(?:AER: )?';
/** `driver 0000:01:00.0: `. */
const DEVICE = String.raw`[^\n]{1,60}?${ADDRESS}: ${TAG}`;
const OF_DEVICE = new RegExp(`${ADDRESS}: `);
const ofDevice = (text: string): boolean => OF_DEVICE.test(text);
const SEVERITY = String.raw`(?:Un)?[Cc]orrect(?:ed|able)(?: \([\w-]+\))?`;
const RECEIVED = `(?<severity>${SEVERITY}) error (?:message )?received(?: from|:) `;

/** PCI Express Advanced Error Reporting: drivers/pci/pcie/aer.c, err.c. */
export const AER_LINES = lines({
  aer_print_source: {
    printer: 'drivers/pci/pcie/aer.c aer_print_source()',
    releases: '`id=00e4` until 4.17; `error message received from` since 6.1; `Correctable` since 6.16; aer_print_port_info() until 6.15',
    examples: [
      'pcieport 0000:00:1c.0: AER: Multiple Uncorrectable (Non-Fatal) error message received from 0000:01:00.0 (no details found',
      'pcieport 0000:00:1c.0: AER: Corrected error message received from 0000:01:00.0',
      'pcieport 0000:00:1c.0: AER: Uncorrected (Fatal) error received: 0000:01:00.0',
      'pcieport 0000:00:1c.0: AER: Corrected error received: id=00e4',
    ],
    start: new RegExp(`${DEVICE}(?:Multiple )?${SEVERITY} error (?:message )?received`),
    opens: [
      {
        form: 'received',
        literals: behindTag('Corrected error ', 'Correctable error ', 'Uncorrected (', 'Uncorrectable (', 'Multiple '),
        at: 'message',
        test: (text, at) => / error (?:message )?received/.test(text.slice(at, at + 80)),
      },
    ],
    reads: [
      new RegExp(`(?<reporter>${ADDRESS}): ${TAG}(?:Multiple )?${RECEIVED}(?<device>${ADDRESS})`),
      new RegExp(`${RECEIVED}id=(?<device>[0-9a-f]{4})`),
    ],
    fields: { reporter: words, severity: words, device: requesterId },
  },
  aer_print_error: {
    printer: 'drivers/pci/pcie/aer.c aer_print_error()',
    releases: 'type and agent on one line since 4.2, `id=` before the agent until 4.17, `AER: ` before all since 4.20, CXL since 6.16',
    examples: [
      'driver_xyz 0000:01:00.0: AER: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)',
      'driver_xyz 0000:01:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, id=00e4(Receiver ID)',
      'pcieport 0000:00:1c.0: AER: PCIe Bus Error: severity=Uncorrectable (Fatal), type=Inaccessible, (Unregistered Agent ID)',
    ],
    ...says('error', behindTag('PCIe Bus Error: ', 'CXL Bus Error: ')),
    start: new RegExp(`${DEVICE}(?:PCIe|CXL) Bus Error: `),
    rule: AER,
    fields: { driver: words, device: words, severity: words, layer: words, agent: words },
  },
  aer_print_status: {
    printer: 'drivers/pci/pcie/aer.c aer_print_error()',
    examples: ['driver_xyz 0000:01:00.0: AER:   device [8086:10d3] error status/mask=00000001/00002000'],
    ...says('field', behindTag('  device [', 'device ['), ofDevice),
    start: new RegExp(String.raw`${DEVICE} *device \[[0-9a-f]{4}:[0-9a-f]{4}\]`),
    rule: AER,
    fields: { vendorId: hex, deviceId: hex, status: hex, mask: hex },
  },
  __aer_print_error: {
    printer: 'drivers/pci/pcie/aer.c __aer_print_error()',
    releases: 'short names since 4.2',
    examples: [
      'driver_xyz 0000:01:00.0: AER:    [20] UnsupReq               (First)',
      'driver_xyz 0000:01:00.0:    [ 0] Receiver Error         (First)',
    ],
    ...says('field', behindTag('   ['), ofDevice),
    start: new RegExp(String.raw`${DEVICE} *\[ ?\d+\] `),
    rule: AER,
    fields: { error: words },
  },
  pcie_print_tlp_log: {
    printer: 'drivers/pci/pcie/tlp.c pcie_print_tlp_log()',
    releases: '__print_tlp_header() until 6.12; more words and a prefix since 6.14',
    examples: ['driver_xyz 0000:01:00.0: AER:   TLP Header: 40000004 0a0000ff fffc0e80 00000000'],
    ...says('field', behindTag('  TLP Header: ', 'TLP Header: '), ofDevice),
    start: new RegExp(`${DEVICE} *TLP Header: `),
    reads: [/TLP Header: (?<tlpHeader>(?:0x)?[0-9a-f]{8}(?: (?:0x)?[0-9a-f]{8}){0,15})/],
    fields: { tlpHeader: words },
  },
  aer_first_agent: {
    printer: 'drivers/pci/pcie/aer.c aer_print_error()',
    examples: ['driver_xyz 0000:01:00.0: AER:   Error of this Agent is reported first'],
    ...says('field', behindTag('  Error of this Agent'), ofDevice),
    start: new RegExp(`${DEVICE} *Error of this Agent`),
  },
  aer_no_details: {
    printer: 'drivers/pci/pcie/aer.c find_source_device()',
    releases: "`can't find device of ID00e4` until 5.9",
    examples: [
      'pcieport 0000:00:1c.0: AER: found no error details for 0000:01:00.0',
      "pcieport 0000:00:1c.0: AER: can't find device of ID00e4",
    ],
    ...says('outcome', behindTag('found no error details for ', "can't find device of ID")),
    start: new RegExp(`${DEVICE}(?:found no error details for|can't find device of ID)`),
  },
  pci_print_aer: {
    printer: 'drivers/pci/pcie/aer.c pci_print_aer()',
    releases: 'errors that the firmware reports (APEI), since 3.14; cper_print_aer() until 5.18',
    examples: ['driver_xyz 0000:01:00.0: AER: aer_status: 0x00004000, aer_mask: 0x00100000'],
    ...says('error', behindTag('aer_status: ')),
    start: new RegExp(`${DEVICE}aer_status: `),
    rule: AER,
    fields: { driver: words, device: words, status: hex, mask: hex },
  },
  pci_print_aer_layer: {
    printer: 'drivers/pci/pcie/aer.c pci_print_aer()',
    examples: ['driver_xyz 0000:01:00.0: AER: aer_layer=Transaction Layer, aer_agent=Requester ID'],
    ...says('field', behindTag('aer_layer=')),
    start: new RegExp(`${DEVICE}aer_layer=`),
    rule: AER,
    fields: { layer: words, agent: words },
  },
  pci_print_aer_severity: {
    printer: 'drivers/pci/pcie/aer.c pci_print_aer()',
    examples: ['driver_xyz 0000:01:00.0: AER: aer_uncor_severity: 0x00462030'],
    ...says('field', behindTag('aer_uncor_severity: ')),
    start: new RegExp(`${DEVICE}aer_uncor_severity: `),
    rule: AER,
    fields: { uncorrectedSeverity: hex },
  },
  pcie_do_recovery: {
    printer: 'drivers/pci/pcie/err.c pcie_do_recovery(), report_error_detected(); aer.c aer_root_reset()',
    releases: 'drivers/pci/pcie/aer_core.c until 4.16, with `broadcast error_detected message`',
    examples: [
      'pcieport 0000:00:1c.0: AER: device recovery failed',
      'pcieport 0000:00:1c.0: AER: subordinate device reset failed',
      "driver_xyz 0000:01:00.0: AER: can't recover (no error_detected callback)",
      'pcieport 0000:00:1c.0: AER: Root Port link has been reset (0)',
      'pcieport 0000:00:1c.0: broadcast error_detected message',
    ],
    ...says('outcome', [
      ...behindTag('device recovery ', 'Device recovery ', 'subordinate device reset failed', "can't recover (", 'broadcast '),
      ...behindTag('Root Port link has been reset', 'Downstream Port link has been reset'),
    ]),
    start: new RegExp(
      `${DEVICE}(?:[Dd]evice recovery |subordinate device|can't recover \\(|broadcast |(?:Root|Downstream) Port link has been)`,
    ),
    reads: [
      /[Dd]evice recovery (?<recovery>\w+)/,
      /(?<reset>subordinate device reset failed)/,
      /can't recover \((?<obstacle>[^)]+)\)/,
      /Port (?<reset>link has been reset)/,
      /broadcast (?<step>\w+)/,
    ],
    fields: { recovery: words, reset: words, obstacle: words, step: words },
  },
  dpc_process_error: {
    printer: 'drivers/pci/pcie/dpc.c dpc_process_error()',
    releases: 'what happened on a line of its own until 6.15; `DPC: ` before all since 4.20',
    examples: [
      'pcieport 0000:00:1b.0: DPC: containment event, status:0x1f01 source:0x0000',
      'pcieport 0000:00:1b.0: DPC: containment event, status:0x1f01: unmasked uncorrectable error detected',
      'pcieport 0000:00:1b.0: DPC: containment event, status:0x1f05, ERR_FATAL received from 0000:02:00.0',
    ],
    ...says('contained', ['containment event, ', 'DPC: containment event, ', 'DPC containment event, ']),
    start: new RegExp(`${DEVICE}(?:DPC:? )?containment event, `),
    rule: { grammar: 'bus', name: 'dpc', mode: 'dpc' },
    fields: { driver: words, device: words, status: hex, source: words, reason: words },
  },
  dpc_reason: {
    printer: 'drivers/pci/pcie/dpc.c dpc_process_error()',
    releases: 'until 6.15',
    examples: [
      'pcieport 0000:00:1b.0: DPC: unmasked uncorrectable error detected',
      'pcieport 0000:00:1b.0: DPC: RP PIO error detected',
      'pcieport 0000:00:1b.0: DPC ERR_FATAL detected, remove downstream devices',
    ],
    ...says('field', [
      ...['unmasked uncorrectable', 'ERR_FATAL', 'ERR_NONFATAL', 'RP PIO error', 'software trigger', 'reserved error'].flatMap((text) => [
        `DPC: ${text}`,
        `DPC ${text}`,
      ]),
    ]),
    start: new RegExp(`${DEVICE}DPC:? (?:unmasked|ERR_|RP PIO error|software|reserved)`),
    reads: [/(?<reason>unmasked uncorrectable error|ERR_NONFATAL|ERR_FATAL|RP PIO error|software trigger|reserved error)/],
    fields: { reason: words },
  },
  dpc_process_rp_pio_error: {
    printer: 'drivers/pci/pcie/dpc.c dpc_process_rp_pio_error()',
    examples: [
      'pcieport 0000:00:1b.0: DPC: rp_pio_status: 0x00040000, rp_pio_mask: 0x00000000',
      'pcieport 0000:00:1b.0: DPC: RP PIO severity=0x00040000, syserror=0x00000000, exception=0x00000000',
      'pcieport 0000:00:1b.0: DPC: [18] Memory Request Completion Timeout (First)',
    ],
    ...says('field', ['DPC: rp_pio_status', 'DPC: RP PIO severity', 'DPC: RP PIO ImpSpec', 'DPC: TLP ', 'DPC: [']),
    start: new RegExp(String.raw`${DEVICE}DPC: (?:rp_pio_status|RP PIO (?:severity|ImpSpec)|TLP |\[ ?\d)`),
    reads: [/\[ ?\d+\] (?<error>[^\n(]+?)(?: \(First\))?$/, /rp_pio_status: (?<rootStatus>0x[0-9a-f]+)/, /DPC: \w/],
    fields: { error: words, rootStatus: hex },
  },
});

/** powerpc isolates a device that fails (Enhanced Error Handling): arch/powerpc/kernel/eeh*.c. */
export const EEH = lines({
  eeh_handle_normal_event: {
    printer: 'arch/powerpc/kernel/eeh_driver.c eeh_handle_normal_event()',
    releases: '`Frozen PE#1 on PHB#0 detected` until 4.13',
    examples: [
      'EEH: Frozen PHB#1-PE#fd detected',
      'EEH: Frozen PE#fd on PHB#1 detected',
      'EEH: PHB#1 failure detected, location: U78D3.001.WZS0001-P1-C5',
    ],
    ...starts('eeh', ['EEH: Frozen ', 'EEH: PHB#'], (text) => text.includes('detected')),
    start: /EEH: (?:Frozen P|PHB#[0-9a-f]+ failure detected)/,
    reads: [
      /Frozen (?<device>PHB#[0-9a-f]+)-PE#(?<pe>[0-9a-f]+) detected/,
      /Frozen PE#(?<pe>[0-9a-f]+) on (?<device>PHB#[0-9a-f]+)/,
      /(?<device>PHB#[0-9a-f]+) failure detected, location: (?<location>\S+)/,
    ],
    fields: { device: words, pe: hex, location: words },
  },
  eeh_location: {
    printer: 'arch/powerpc/kernel/eeh_driver.c eeh_handle_normal_event()',
    examples: ['EEH: PE location: UXXXX.001.0000000-P1-C5, PHB location: UXXXX.001.0000000-P1'],
    ...starts('eeh-field', ['EEH: PE location: ']),
    reads: [/PE location: (?<location>[^,]+)/],
    fields: { location: words },
  },
  eeh_count: {
    printer: 'arch/powerpc/kernel/eeh_driver.c eeh_handle_normal_event()',
    examples: [
      'EEH: This PCI device has failed 2 times in the last hour and will be permanently disabled after 5 failures.',
      'EEH: PHB#1-PE#fd has failed 6 times in the last hour and has been permanently disabled.',
    ],
    ...starts('eeh-field', ['EEH: This PCI device has failed ', 'EEH: PHB#'], (text) => text.includes(' has failed ')),
    start: /EEH: (?:This PCI device|PHB#\S+) has failed \d+ times/,
    reads: [/failed (?<failures>\d+) times.*(?<recovery>permanently disabled)\.?$/, /failed (?<failures>\d+) times/],
    fields: { failures: int, recovery: words },
  },
  eeh_driver: {
    printer: 'arch/powerpc/kernel/eeh_driver.c eeh_report_error()',
    releases: 'since 5.0',
    examples: ['PCI 0005:01:00.0#00fd: EEH: Invoking tg3->error_detected(IO frozen)'],
    start: /PCI [0-9a-f:.]+#[0-9a-f]+: EEH: Invoking [\w-]+->/,
    opens: [{ form: 'eeh-field', literals: ['PCI '], test: (text) => text.includes(': EEH: Invoking ') }],
    reads: [/^PCI (?<address>[0-9a-f:.]+)#[0-9a-f]+: EEH: Invoking (?<driver>[\w-]+)->/],
    fields: { address: words, driver: words },
  },
  eeh_outcome: {
    printer: 'arch/powerpc/kernel/eeh_driver.c eeh_handle_normal_event()',
    examples: ['EEH: Recovery successful.', 'EEH: Unable to recover from failure from PHB#1-PE#fd.', 'EEH: Permanent failure'],
    ...starts('eeh-field', ['EEH: Recovery successful', 'EEH: Unable to recover from failure', 'EEH: Permanent failure']),
    reads: [/Recovery (?<recovery>successful)/, /EEH: (?<recovery>Unable to recover|Permanent failure)/],
    fields: { recovery: words },
  },
});
