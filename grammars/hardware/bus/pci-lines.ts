import { hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says } from '../opens.ts';

/** dev_printk() of a PCI function: `pci 0000:01:00.0: `, `driver_xyz 0000:01:00.0: `. */
const FUNCTION = String.raw`^(?<driver>[\w-]+) (?<device>[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): `;
const re = (source: string) => new RegExp(`${FUNCTION}${source}`);

/** Devices and links that do not answer: drivers/pci/pci.c, quirks.c, hotplug/pciehp*.c. */
export const PCI = lines({
  pci_power_inaccessible: {
    printer: 'drivers/pci/pci.c pci_set_low_power_state(), pci_power_up()',
    releases: '`Unable to change power state` since 6.0, `refused to change power state` without a reason until 5.4',
    examples: [
      'pci 0000:03:00.0: Unable to change power state from D3cold to D0, device inaccessible',
      "driver_xyz 0000:03:00.0: can't change power state from D3cold to D0 (config space inaccessible)",
    ],
    ...says('lost', ['Unable to change power state from ', "can't change power state from "]),
    reads: [
      re(String.raw`(?:Unable to|can't) change power state from (?<transition>\w+ to \w+)`),
      /change power state from (?<transition>\w+ to \w+)/,
    ],
    fields: { driver: words, device: words, transition: words },
  },
  pci_power_refused: {
    printer: 'drivers/pci/pci.c pci_set_low_power_state(), pci_power_up()',
    releases: '`refused … currently in D3` until 5.16',
    examples: [
      'driver_xyz 0000:03:00.0: Refused to change power state from D0 to D3hot',
      'driver_xyz 0000:03:00.0: Refused to change power state, currently in D3',
    ],
    ...says('single', ['Refused to change power state', 'refused to change power state']),
    reads: [
      re(String.raw`[Rr]efused to change power state from (?<transition>\w+ to \w+)`),
      re(String.raw`[Rr]efused to change power state, currently in (?<transition>\w+)`),
    ],
    fields: { driver: words, device: words, transition: words },
  },
  pci_dev_wait: {
    printer: 'drivers/pci/pci.c pci_dev_wait()',
    releases: 'since 4.14',
    examples: ['driver_xyz 0000:03:00.0: not ready 65535ms after bus reset; giving up'],
    ...says('single', ['not ready '], (text) => text.endsWith('; giving up')),
    start: /[^\n]{1,60}: not ready (?:after )?\d+ms/,
    reads: [
      re(String.raw`not ready (?<ms>\d+)ms after (?<after>[^;]+); giving up`),
      re(String.raw`not ready after (?<ms>\d+)ms; giving up`),
    ],
    fields: { driver: words, device: words, ms: int, after: words },
  },
  pcie_failed_link_retrain: {
    printer: 'drivers/pci/quirks.c pcie_failed_link_retrain()',
    releases: 'since 6.5',
    examples: [
      'pci 0000:02:03.0: broken device, retraining non-functional downstream link at 2.5GT/s',
      'pci 0000:02:03.0: retraining failed',
    ],
    ...says('link', ['broken device, retraining non-functional downstream link', 'retraining failed']),
    reads: [re('(?<what>broken device, retraining)'), re('(?<result>retraining failed)')],
    fields: { driver: words, device: words, what: words, result: words },
  },
  pcie_wait_for_link: {
    printer: 'drivers/pci/pci.c pcie_wait_for_link_delay()',
    releases: 'since 4.12',
    examples: ['pcieport 0000:00:1c.0: Data Link Layer Link Active not set in 1000 msec'],
    ...says('single', ['Data Link Layer Link Active not set in ']),
    reads: [re(String.raw`Data Link Layer Link Active not set in (?<ms>\d+) msec`)],
    fields: { driver: words, device: words, ms: int },
  },
  pciehp_link_down: {
    printer: 'drivers/pci/hotplug/pciehp_ctrl.c pciehp_handle_presence_or_link_change()',
    releases: 'the slot in parentheses since 4.4',
    examples: ['pcieport 0000:00:1c.4: pciehp: Slot(4): Link Down', 'pcieport 0000:00:1c.4: pciehp: Slot(4): Card not present'],
    ...says('slot', ['Slot('], (text) => /Slot\([^)]*\): (?:Link Down$|Card not present)/.test(text)),
    start: /[^\n]{1,60}: Slot\([^)]*\): (?:Link Down$|Card not present)/,
    reads: [
      re(String.raw`pciehp: Slot\((?<slot>[^)]*)\): (?<what>Link Down|Card not present)`),
      /^(?<driver>pciehp) (?<device>[0-9a-f:.]+):pcie\d+: Slot\((?<slot>[^)]*)\): (?<what>Link Down|Card not present)/,
      /Slot\((?<slot>[^)]*)\): (?<what>Link Down|Card not present)/,
    ],
    fields: { driver: words, device: words, slot: words, what: words },
  },
  pciehp_fault: {
    printer: 'drivers/pci/hotplug/pciehp_hpc.c pciehp_check_link_status(), pciehp_ist()',
    releases: '`Cannot train link: status` since 5.13, `link training error: status` before; `Power fault on slot` until 3.x',
    examples: [
      'pcieport 0000:00:1c.4: pciehp: Slot(4): Power fault',
      'pcieport 0000:00:1c.4: pciehp: Slot(4): Cannot train link: status 0x1041',
      'pcieport 0000:00:1c.4: pciehp: Slot(4): No link',
      'pcieport 0000:00:1c.4: pciehp: link training error: status 0x0001',
      'pcieport 0000:00:1c.4: pciehp: Failed to check link status',
    ],
    ...says('slot', ['Slot(', 'link training error: status ', 'Failed to check link status'], (text) =>
      /Slot\([^)]*\): (?:Power fault|Cannot train link|No link$|No device found)|link training error|Failed to check link/.test(text),
    ),
    start: /[^\n]{1,60}: (?:Slot\([^)]*\): (?:Power fault|Cannot train|No link$|No device)|link training error|Failed to check link)/,
    reads: [
      re(String.raw`pciehp: Slot\((?<slot>[^)]*)\): (?<what>Cannot train link): status (?<status>0x[0-9a-f]+)`),
      re(String.raw`pciehp: Slot\((?<slot>[^)]*)\): (?<what>Power fault|No link|No device found)`),
      re(String.raw`pciehp: (?<what>link training error): status (?<status>0x[0-9a-f]+)`),
      re(String.raw`pciehp: (?<what>Failed to check link status)`),
      /Slot\((?<slot>[^)]*)\): (?<what>Power fault|Cannot train link|No link|No device found)/,
    ],
    fields: { driver: words, device: words, slot: words, what: words, status: hex },
  },
  pciehp_command_timeout: {
    printer: 'drivers/pci/hotplug/pciehp_hpc.c pcie_wait_cmd()',
    examples: ['pcieport 0000:00:1c.4: pciehp: Timeout on hotplug command 0x03c0 (issued 2020 msec ago)'],
    ...says('single', ['Timeout on hotplug command ']),
    reads: [re(String.raw`pciehp: Timeout on hotplug command (?<command>0x[0-9a-f]+) \(issued (?<ms>\d+) msec ago\)`)],
    fields: { driver: words, device: words, command: hex, ms: int },
  },
});
