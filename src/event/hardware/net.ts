import { NET } from '../../../grammars/hardware/net/lines.ts';
import { each, rule } from './rule.ts';

/** A link goes down once when a cable is pulled; so many times within an hour's silence is a fault. */
const STORM = 5;

export const NET_RULES = [
  ...each([NET.dev_watchdog, NET.dev_watchdog_warn], {
    title: 'NETDEV WATCHDOG: {driver} transmit queue timed out',
    alt: ['WARNING in dev_watchdog'],
  }),
  rule([NET.e1000_print_hw_hang], { title: (f) => `${f.driver ?? 'network device'}: transmit unit hang` }),
  rule([NET.phy_print_status], { severity: 'warning', title: 'Carrier loss storm on {device}', minimum: STORM }),
  rule([NET.netdev_wait_allrefs_any], { kind: 'resource-leak', title: 'unregister_netdevice: waiting for DEV to become free' }),
];
