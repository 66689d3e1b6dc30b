import { words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says } from '../opens.ts';

/** `xhci_hcd 0000:00:14.0: `; on systems on a chip `xhci-hcd xhci-hcd.0.auto: `. */
const HOST = String.raw`^(?<driver>[\w-]+) (?<device>[\w:.-]+?): `;
const host = (source: string): RegExp => new RegExp(`${HOST}(?<what>${source})`);
const FIELDS = { driver: words, device: words, what: words } as const;
const ofHost = (text: string): boolean => /^(?:xhci|ehci|ohci|uhci)/.test(text);

/** USB host controllers that fail, and ports that draw too much: drivers/usb/host, drivers/usb/core. */
export const USB_HOST = lines({
  xhci_hc_died: {
    printer: 'drivers/usb/host/xhci-ring.c xhci_hc_died(), xhci_handle_command_timeout(); core/hcd.c usb_hc_died()',
    examples: [
      'xhci_hcd 0000:00:14.0: xHCI host controller not responding, assume dead',
      'xhci_hcd 0000:00:14.0: HC died; cleaning up',
      'ehci-pci 0000:00:1a.0: HC died; cleaning up',
    ],
    ...says('host', ['xHCI host controller not responding, assume dead', 'HC died; cleaning up']),
    reads: [host('xHCI host controller not responding, assume dead|HC died; cleaning up')],
    fields: FIELDS,
  },
  usb_host_error: {
    printer: 'drivers/usb/host/xhci.c xhci_halt(), xhci_start(), xhci-ring.c xhci_irq(); ohci-hcd.c, uhci-hcd.c, ehci-hcd.c: interrupts',
    examples: [
      'xhci_hcd 0000:00:14.0: Host halt failed, -110',
      'xhci_hcd 0000:00:14.0: WARNING: Host System Error',
      'xhci_hcd 0000:00:14.0: xHCI host not responding to stop endpoint command',
      'ehci-pci 0000:00:1a.0: fatal error',
      'ohci-pci 0000:00:12.0: OHCI Unrecoverable Error, disabled',
      'ohci-pci 0000:00:12.0: frame counter not updating; disabled',
      'uhci_hcd 0000:00:1d.0: host system error, PCI problems?',
    ],
    ...says(
      'host-trouble',
      [
        ...['Host halt failed, ', 'Host took too long to start', 'WARNING: Host System Error', 'WARNING: Host Controller Error'],
        ...['xHCI host not responding to stop endpoint command', 'Abort command ring failed', 'Host not accessible, reset failed'],
        ...[
          'fatal error',
          'OHCI Unrecoverable Error',
          'frame counter not updating; disabled',
          'host system error, PCI problems?',
          'host controller process error',
        ],
        'host controller halted, very bad!',
      ],
      ofHost,
    ),
    reads: [
      host(
        'Host halt failed|Host took too long to start|WARNING: Host (?:System|Controller) Error|xHCI host not responding to stop endpoint command',
      ),
      host('Abort command ring failed|Host not accessible, reset failed|fatal error|OHCI Unrecoverable Error|frame counter not updating'),
      host('host system error|host controller process error|host controller halted'),
    ],
    fields: FIELDS,
  },
  xhci_resume: {
    printer: 'drivers/usb/host/xhci.c xhci_resume()',
    examples: [
      'xhci_hcd 0000:00:14.0: xHC error in resume, USBSTS 0x401, Reinit',
      'xhci_hcd 0000:00:14.0: Controller not ready at resume -19',
    ],
    ...says('line', ['xHC error in resume', 'Controller not ready at resume'], ofHost),
    reads: [host('xHC error in resume|Controller not ready at resume')],
    fields: FIELDS,
  },
  hub_over_current: {
    printer: 'drivers/usb/core/hub.c port_event(), hub_event()',
    releases: 'the port as device since 3.16',
    examples: ['usb usb2-port3: over-current condition', 'hub 2-0:1.0: over-current condition on port 3'],
    ...says('line', ['over-current condition'], (text) => /^(?:usb|hub) /.test(text)),
    reads: [/^(?:usb|hub) (?<device>[\w.:-]+?): (?<what>over-current condition)/],
    fields: { device: words, what: words },
  },
  hub_port_emi: {
    printer: 'drivers/usb/core/hub.c port_event()',
    examples: ['usb usb2-port1: disabled by hub (EMI?), re-enabling...', 'usb usb2-port1: config error'],
    ...says('line', ['disabled by hub (EMI?)', 'config error'], (text) => text.startsWith('usb ')),
    reads: [/^usb (?<device>[\w.:-]+?): (?<what>disabled by hub|config error)/],
    fields: { device: words, what: words },
  },
});
