import { USB_HOST as HOST } from '../../../grammars/hardware/usb/host-lines.ts';
import { USB_LINES as USB } from '../../../grammars/hardware/usb/lines.ts';
import { plain } from './plain.ts';
import { each, rule } from './rule.ts';

interface Told {
  readonly device?: string;
  readonly what?: string;
}
const says = ({ device, what }: Told): string => `USB device ${device ?? '?'}: ${plain(what ?? 'error')}`;
/** A device is reset at each resume; this often, with less than an hour between, is a fault. */
const RESETS = 4;

export const USB_RULES = [
  rule([USB.hub_port_init], { title: 'USB device {device}: device descriptor read error', severity: 'warning' }),
  ...each([USB.hub_set_address, USB.usb_get_configuration], { title: says, severity: 'warning' }),
  ...each([USB.hub_port_connect, USB.hub_port_connect_old], {
    title: ({ device, what }) => `USB port ${device ?? '?'}: ${plain(what ?? '')}`,
    outcome: 'gone',
  }),
  rule([USB.hub_activate], { title: ({ device, what }) => `USB hub ${device ?? '?'}: ${plain(what ?? '')}` }),
  rule([USB.hub_port_reset], {
    title: 'USB device {device} is reset again and again',
    severity: 'warning',
    minimum: RESETS,
    outcome: 'reset',
  }),
  ...each([USB.xhci_setup_device, USB.xhci_transfer_event], {
    title: ({ driver, what }) => `${driver ?? 'USB host'}: ${plain(what ?? 'error')}`,
  }),
  rule([USB.uas_eh], { kind: 'block-error', title: 'UAS: command timed out on {device}', outcome: 'reset' }),
  rule([USB.uas_eh_device_reset_handler], {
    kind: 'block-error',
    title: ({ what }) => `UAS: ${plain((what ?? '').replace('uas_eh_device_reset_handler', 'device reset'))}`,
    severity: ({ what }) => (what?.includes('FAILED') ? 'error' : 'warning'),
    fold: ['host'],
    outcome: ({ what }) => (what?.includes('FAILED') ? undefined : 'reset'),
  }),
  rule([HOST.xhci_hc_died, HOST.usb_host_error], { title: 'USB host controller died', strong: true, outcome: 'gone' }),
  rule([HOST.usb_host_error], { title: ({ what }) => `USB host controller: ${plain(what?.replace(/^WARNING: /, '') ?? 'error')}` }),
  // many hosts lose their state in sleep, and are set up anew
  rule([HOST.xhci_resume], {
    severity: ({ what }) => (what?.includes('error in resume') ? 'info' : 'warning'),
    title: 'USB host controller: {what}',
    outcome: 'reset',
  }),
  rule([HOST.hub_over_current], { severity: 'warning', title: 'USB over-current' }),
  rule([HOST.hub_port_emi], { severity: 'warning', title: 'USB port {device}: {what}' }),
];
