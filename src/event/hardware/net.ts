import { NET_DRIVERS as DRIVERS } from '../../../grammars/hardware/net/driver-lines.ts';
import { NET } from '../../../grammars/hardware/net/lines.ts';
import { plain } from './plain.ts';
import { each, rule } from './rule.ts';

/** A link goes down once when a cable is pulled; this often, with less than an hour between, is a fault. */
const STORM = 5;

interface Told {
  readonly driver?: string;
  readonly device?: string;
  readonly what?: string;
}
const says = ({ driver, what }: Told): string => `${driver ?? 'network device'}: ${plain(what ?? 'error')}`;

export const NET_RULES = [
  ...each([NET.dev_watchdog, NET.dev_watchdog_warn], {
    title: 'NETDEV WATCHDOG: {driver} transmit queue timed out',
    alt: ['WARNING in dev_watchdog'],
  }),
  rule([NET.e1000_print_hw_hang], { title: ({ driver }) => `${driver ?? 'network device'}: transmit unit hang`, outcome: 'reset' }),
  rule([NET.ndo_tx_timeout], { title: ({ driver }) => `${driver ?? 'network device'}: transmit timeout`, outcome: 'reset' }),
  rule([NET.tx_timeout_unsuccessful], { title: says, outcome: 'gone' }),
  rule([NET.igc_rd32], { title: says, kind: 'hardware-error', outcome: 'gone' }),
  ...each([NET.rtl_cond, NET.ena_watchdog, NET.can_bus_off], { title: says }),
  ...each([DRIVERS.nic_hardware_error, DRIVERS.bnx2x_panic], { title: says, fold: ['address', 'device'] }),
  rule([DRIVERS.nic_stopped], {
    title: ({ driver, what }) => `${driver ?? 'network device'}: ${plain((what ?? '').replace(/^.* (?=over heated)/, 'stopped, '))}`,
    kind: 'hardware-error',
    outcome: ({ what }) => (what === 'Fan has stopped' ? undefined : 'gone'),
  }),
  rule([DRIVERS.nic_command_timeout], {
    title: ({ driver, what }) => `${driver ?? 'network device'}: ${what ?? 'command'} timed out`,
    fold: ['address', 'what'],
  }),
  rule([DRIVERS.usb_nic_transfer], {
    title: ({ driver }) => `${driver ?? 'USB adapter'}: USB transfer failed`,
    severity: 'warning',
    fold: ['address', 'device'],
  }),
  rule([DRIVERS.port_module_event], { title: '{driver}: port module error[: {reason}]', severity: 'warning', fold: ['address', 'module'] }),
  // firmware that does not answer once is restarted by its driver, and most of the time nobody notices
  ...each([DRIVERS.wireless_hang, DRIVERS.ath9k_dma], { title: says, severity: 'warning' }),
  rule([NET.mdd_event], { title: says, fold: ['address', 'device'] }),
  rule([NET.netdev_rx_csum_fault], {
    title: ({ device, what }) => `${device ?? 'network device'}: ${what ?? 'hw csum failure'}`,
    severity: 'warning',
  }),
  rule([NET.bond_select_active_slave], {
    title: '{device}: {what}',
    severity: ({ what }) => (what?.startsWith('now running') ? 'error' : 'warning'),
    outcome: ({ what }) => (what?.startsWith('now running') ? 'stopped' : undefined),
    fold: ['device', 'member'],
  }),
  rule([NET.sfp_fault], {
    title: '{device}: {what}',
    severity: ({ what }) => (what?.includes('persistently') ? 'error' : 'warning'),
    outcome: ({ what }) => (what?.includes('persistently') ? 'gone' : undefined),
  }),
  rule([NET.wifi_queue_stuck], {
    title: ({ driver, what, command }) =>
      `${driver ?? 'wifi'}: ${what === 'Queue' ? 'transmit queue stuck' : `${plain(what ?? 'error')}${command === undefined ? '' : ` ${command}`}`}`,
    fold: ['address'],
  }),
  rule([NET.phy_print_status], { severity: 'warning', title: 'Carrier loss storm on {device}', minimum: STORM }),
  rule([NET.netdev_wait_allrefs_any], { kind: 'resource-leak', title: 'unregister_netdevice: waiting for DEV to become free' }),
];
