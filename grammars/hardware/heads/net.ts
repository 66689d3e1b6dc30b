import { type HeadRule, head } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** Network devices: transmitters that hang, links that come and go. */
export const NET_HEADS: readonly HeadRule[] = [
  // net/sched/sch_generic.c dev_watchdog(): inside a WARN until 6.7, netdev_crit() since 6.8 ("CPU: 0: "); milliseconds since 6.5.
  said(
    'dev_watchdog',
    /NETDEV WATCHDOG: /,
    /WATCHDOG: (?!CPU)(?<device>\S+) \((?<driver>[^)]*)\): transmit (?:queue (?<queue>\d+) )?timed out(?: (?<ms>\d+) ms)?/,
    /^(?<driver>\S+) (?:(?<address>[\w:.-]+) )?(?<device>[^\s:]+?)(?: \([^)]*\))?: NETDEV WATCHDOG: (?:CPU: (?<cpu>\d+): )?transmit queue (?<queue>\d+) timed out(?: (?<ms>\d+) ms)?/,
    /WATCHDOG: (?<rest>.*)/,
  ),
  // drivers/net/ethernet/intel: e1000e, igb, ixgbe, i40e, ice.
  said(
    'tx_hang',
    /(?:Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang \d* ?detected|tx_timeout: |TX timeout |Reset adapter(?: unexpectedly)?|[Tt]ransmit timeout|tx timeout)/,
    /^(?<driver>\S+) (?:(?<address>[\w:.-]+) )?(?<device>[^\s:]+?)(?: \([^)]*\))?: (?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter|tx_timeout|TX timeout)/,
    /(?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter|[Tt][Xx][_ ]timeout)/,
  ),
  // drivers/net/phy/phy.c phy_print_status(), and each driver's own words.
  said(
    'link_down',
    /(?:\S+:? )?(?:NIC )?[Ll]ink (?:is )?[Dd]own|NIC Copper Link is Down|link status definitely down for interface|carrier lost|[Cc]arrier off/,
    /definitely down for interface (?<device>[^\s,]+)/,
    /(?:^|[ :])(?<device>(?:eth|en[opsx]|em|ib|wl|wan|lan|bond|team|br|usb|p\d+p|net|sfp)[\w.@-]*?)(?: \([^)]*\))?:? (?:[\w ]*: )?(?:NIC )?(?:Copper )?[Ll]ink (?:is )?[Dd]own/,
    /^(?<driver>\S+) (?<device>[^\s:]+(?::[\w:.]+)?): /,
    /^(?<device>[^\s:]+): /,
  ),
  // net/core/dev.c netdev_wait_allrefs_any(), since 2.6.0.
  head(
    'netdev_wait_allrefs_any',
    /unregister_netdevice: waiting for /,
    /waiting for (?<device>\S+) to become free\. Usage count = (?<refs>-?\d+)/,
  ),
  head('ref_tracker_dir_print', /ref_tracker: /, /ref_tracker: (?<tracker>.*)/),
];
