import type { Rules } from './rule.ts';

/** A link goes down once when a cable is pulled; so many times within an hour's silence is a fault. */
const STORM = 5;

export const NET_RULES: Rules = {
  dev_watchdog: {
    kind: 'netdev-watchdog',
    severity: 'error',
    title: 'NETDEV WATCHDOG: {driver} transmit queue timed out',
    alt: ['WARNING in dev_watchdog'],
    fold: ['device'],
  },
  tx_hang: {
    kind: 'netdev-watchdog',
    severity: 'error',
    title: (f) => `${f.driver ?? 'network device'}: transmit unit hang`,
    fold: ['device'],
  },
  link_down: { kind: 'netdev-watchdog', severity: 'warning', title: 'Carrier loss storm on {device}', fold: ['device'], minimum: STORM },
  netdev_wait_allrefs_any: {
    kind: 'resource-leak',
    severity: 'error',
    title: 'unregister_netdevice: waiting for DEV to become free',
    fold: ['device'],
  },
};
