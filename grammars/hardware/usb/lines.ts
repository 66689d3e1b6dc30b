import type { Family } from '../../common/family.ts';
import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { alone, pciAddress } from '../line-keys.ts';
import { sentence, subject } from '../sentence.ts';
import { USB_HOST } from './host-lines.ts';

/** A device by bus and ports, or a port of a hub: `usb 2-1.4: `, `usb usb2-port1: `, `usb 2-1-port4: `. */
const USB = subject(String.raw`usb (?<device>[\w.-]+): `, { device: words });
/** An interface of a hub: `hub 2-1:1.0: `. */
const HUB = subject(String.raw`hub (?<device>[\w.:-]+): `, { device: words });
const XHCI = subject(String.raw`(?<driver>[ex]hci[\w_-]*) (?<device>[\w:.-]+): `, { driver: words, device: words });
const ERROR = { tail: String.raw`[^\n]*?(?:, error |: |err = |error=)(?<errno>-\d+)`, fields: { errno: int } } as const;

const CORE = 'drivers/usb/core/hub.c';

/** USB devices that do not enumerate, are reset again and again, or take no commands. */
export const USB_LINES = lines({
  hub_port_init: {
    printer: `${CORE} hub_port_init()`,
    examples: [
      'usb 4-1.2: device descriptor read/64, error -71',
      'usb 4-1.2: device descriptor read/8, error -110',
      'usb 4-1.2: device descriptor read/all, error -71',
    ],
    ...sentence(USB, ['device descriptor read/64', 'device descriptor read/8', 'device descriptor read/all'], ERROR),
  },
  hub_set_address: {
    printer: `${CORE} hub_port_init()`,
    examples: ['usb 4-1.2: device not accepting address 17, error -71', 'usb 4-1.2: Device not responding to setup address.'],
    ...sentence(USB, ['device not accepting address', 'Device not responding to setup address'], ERROR),
  },
  hub_port_connect: {
    printer: `${CORE} hub_port_connect()`,
    releases: 'hub_port_connect_change() until 3.18; `hub 2-0:1.0: unable to enumerate USB device on port 1` until 3.10',
    examples: [
      'usb usb4-port2: unable to enumerate USB device',
      'usb 4-1-port2: Cannot enable. Maybe the USB cable is bad?',
      'usb usb4-port2: connect-debounce failed',
    ],
    ...sentence(USB, ['unable to enumerate USB device', 'Cannot enable. Maybe the USB cable is bad', 'connect-debounce failed']),
  },
  hub_port_connect_old: {
    printer: `${CORE} hub_port_connect_change()`,
    releases: 'until 3.9',
    examples: ['hub 4-0:1.0: unable to enumerate USB device on port 2', 'hub 4-0:1.0: Cannot enable port 2.  Maybe the USB cable is bad?'],
    ...sentence(HUB, ['unable to enumerate USB device', 'Cannot enable port']),
  },
  hub_port_power_cycle: {
    printer: `${CORE} hub_port_connect(): what goes before the next try`,
    examples: [
      'usb usb4-port2: attempt power cycle',
      'usb 4-1.2: new high-speed USB device number 17 using xhci_hcd',
      'usb 4-1.2: USB disconnect, device number 17',
    ],
    start: /usb \S+: (?:attempt power cycle|new \S+|USB disconnect)/,
  },
  usb_get_configuration: {
    printer: 'drivers/usb/core/config.c usb_get_configuration(), message.c usb_set_configuration()',
    examples: [
      "usb 4-1.2: can't read configurations, error -110",
      "usb 4-1.2: can't set config #1, error -110",
      'usb 4-1.2: unable to read config index 0 descriptor/start: -71',
    ],
    ...sentence(
      USB,
      ["can't read configurations", "can't set config", 'unable to read config index', 'unable to get BOS descriptor set'],
      ERROR,
    ),
  },
  hub_activate: {
    // not `hub doesn't have any ports!`: a root hub to which the firmware gives none, on a machine that lacks nothing
    printer: `${CORE} hub_ext_port_status(), hub_port_disable(), hub_port_reset(), hub_configure()`,
    examples: [
      'hub 4-1:1.0: hub_ext_port_status failed (err = -71)',
      'hub 4-1:1.0: cannot reset port 2 (err = -71)',
      'hub 4-1:1.0: cannot disable port 2 (err = -71)',
    ],
    ...sentence(
      HUB,
      [
        'hub_ext_port_status failed',
        'hub_hub_status failed',
        'hub_port_status failed',
        'cannot reset port',
        'cannot disable port',
        "config failed, can't",
        'config failed, hub has too many ports',
        'config failed, out of memory',
      ],
      ERROR,
    ),
  },
  hub_port_reset: {
    printer: `${CORE} hub_port_wait_reset(), usb_reset_and_verify_device()`,
    examples: [
      'usb 4-1.2: reset high-speed USB device number 17 using xhci_hcd',
      'usb 4-1.2: reset SuperSpeed Plus Gen 2x1 USB device number 17 using xhci_hcd',
    ],
    opens: [
      {
        form: 'line',
        literals: ['reset '],
        at: 'message',
        test: (text) => /^usb [\w.-]+: reset [\w\d -]+ USB device number \d+/.test(text),
      },
    ],
    start: /usb [\w.-]+: reset [\w -]+ USB device number /,
    reads: [/^usb (?<device>[\w.-]+): (?<what>reset) (?<speed>[\w -]+) USB device number \d+(?: using (?<driver>\S+))?/],
    fields: { device: words, what: aside(words), speed: words, driver: words },
  },
  xhci_setup_device: {
    printer: 'drivers/usb/host/xhci.c xhci_setup_device(), xhci_abort_cmd_ring()',
    examples: [
      'xhci_hcd 0000:00:14.0: Timeout while waiting for setup device command',
      'xhci_hcd 0000:00:14.0: Abort failed to stop command ring: -110',
      'xhci_hcd 0000:00:14.0: Error while assigning device slot ID: Command Aborted',
    ],
    ...sentence(XHCI, [
      'Timeout while waiting for setup device command',
      'Abort failed to stop command ring',
      'Error while assigning device slot ID',
    ]),
  },
  xhci_transfer_event: {
    printer: 'drivers/usb/host/xhci-ring.c handle_tx_event()',
    examples: [
      'xhci_hcd 0000:00:14.0: ERROR Transfer event TRB DMA ptr not part of current TD ep_index 2 comp_code 1',
      'xhci_hcd 0000:00:14.0: ERROR unknown event type 37',
    ],
    ...sentence(XHCI, ['ERROR Transfer event TRB DMA ptr', 'ERROR unknown event type', 'ERROR Transfer event for disabled endpoint']),
  },
  uas_eh: {
    printer: 'drivers/usb/storage/uas.c uas_log_cmd_state()',
    examples: [
      'sd 4:0:2:0: [sdq] tag#17 uas_eh_abort_handler 0 uas-tag 18 inflight: CMD OUT ',
      'sd 4:0:2:0: [sdq] tag#17 uas_zap_pending 0 uas-tag 18 inflight: CMD ',
    ],
    opens: [
      // every line of a disk is looked at
      { form: 'line', literals: ['sd '], test: (text) => text.includes('uas_') && / uas_(?:eh_abort_handler|zap_pending) /.test(text) },
    ],
    start: /sd \S+: \[\w+\] (?:tag#\d+ )?uas_(?:eh_abort_handler|zap_pending) /,
    reads: [/^sd (?<address>\d+:\d+:\d+:\d+): \[(?<device>\w+)\] (?:tag#\d+ )?(?<what>uas_\w+)/],
    fields: { address: words, device: words, what: words },
  },
  uas_eh_device_reset_handler: {
    printer: 'drivers/usb/storage/uas.c uas_eh_device_reset_handler()',
    examples: ['scsi host7: uas_eh_device_reset_handler start', 'scsi host7: uas_eh_device_reset_handler FAILED err -19'],
    ...sentence(subject(String.raw`scsi host(?<host>\d+): `, { host: int }), [
      'uas_eh_device_reset_handler start',
      'uas_eh_device_reset_handler FAILED',
    ]),
  },
});

const controller = (text: string): string => `host ${pciAddress(text) ?? ''}`;

/** USB: what the hub driver and the host controllers say of devices. */
export const usb: Family = {
  name: 'usb',
  lines: [...Object.values(USB_LINES), ...Object.values(USB_HOST)],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'host', needs: 'nothing', key: controller, after: ['host', 'host-trouble'] },
    { name: 'host-trouble', needs: 'nothing', key: controller, after: ['host-trouble'], along: ['host'] },
  ],
};
