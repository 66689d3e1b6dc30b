import type { Family } from '../../common/family.ts';
import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { alone } from '../lines/line-keys.ts';
import { says, starts } from '../opens.ts';

/** netdev_printk(): driver, its device's address, the interface: `e1000e 0000:00:19.0 eth0: `; `eth0: ` alone where it has no parent. */
const NETDEV = String.raw`^(?<driver>\S+) (?:(?<address>[\w:.-]+) )?(?<device>[^\s:]+?)(?: \([^)]*\))?: `;
const re = (source: string) => new RegExp(source);

const LINK = /(?:[ :](?:NIC )?(?:Copper )?[Ll]ink is [Dd]own|: (?:eth\d+: )?[Ll]ink [Dd]own$|link status definitely down for interface)/;
/** Names that udev and the kernel give to interfaces. */
const INTERFACE = String.raw`(?<device>(?:eth|en[opsx]|em|ib|wl|wan|lan|bond|team|br|usb|p\d+p|net|sfp)[\w.@-]*?)`;

/** Network devices: transmitters that hang, links that come and go. */
export const NET = lines({
  dev_watchdog: {
    printer: 'net/sched/sch_generic.c dev_watchdog()',
    releases: 'since 6.8, netdev_crit()',
    examples: ['driver_xyz 0000:04:00.1 enp4s0f1: NETDEV WATCHDOG: CPU: 3: transmit queue 4 timed out 5120 ms'],
    ...says('line', ['NETDEV WATCHDOG: '], (_, at) => at > 0),
    start: /(?!NETDEV)[^\n]{1,96}: NETDEV WATCHDOG: /,
    reads: [re(`${NETDEV}NETDEV WATCHDOG: (?:CPU: (?<cpu>\\d+): )?transmit queue (?<queue>\\d+) timed out(?: (?<ms>\\d+) ms)?`)],
    fields: { device: words, driver: words, address: words, cpu: int, queue: int, ms: int },
  },
  dev_watchdog_warn: {
    printer: 'net/sched/sch_generic.c dev_watchdog()',
    releases: 'until 6.7, the message of a WARN; milliseconds since 6.5',
    examples: [
      'NETDEV WATCHDOG: eth2 (driver_xyz): transmit queue 4 timed out',
      'NETDEV WATCHDOG: eth2 (driver_xyz): transmit queue 4 timed out 5120 ms',
    ],
    start: /NETDEV WATCHDOG: /,
    reads: [/WATCHDOG: (?<device>\S+) \((?<driver>[^)]*)\): transmit (?:queue (?<queue>\d+) )?timed out(?: (?<ms>\d+) ms)?/],
    fields: { device: words, driver: words, queue: int, ms: int },
  },
  e1000_print_hw_hang: {
    printer: 'drivers/net/ethernet/intel/e1000e/netdev.c e1000_print_hw_hang(); e1000, igb, igc, ixgbe, i40e alike',
    examples: ['driver_xyz 0000:00:1f.6 eno1: Detected Hardware Unit Hang:', 'ixgbe 0000:05:00.0 eth1: Detected Tx Unit Hang'],
    ...says('hang', ['Detected Hardware Unit Hang', 'Detected Tx Unit Hang', 'tx hang ', 'Reset adapter']),
    reads: [
      re(`${NETDEV}(?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter)`),
      /(?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter)/,
    ],
    fields: { driver: words, address: words, device: words, what: words },
  },
  phy_print_status: {
    printer: 'drivers/net/phy/phy.c phy_print_status(); each driver has its own words',
    examples: [
      'driver_xyz 0000:02:00.0 enp2s0: Link is Down',
      'driver_xyz: eth0 NIC Link is Down',
      'bond0: (slave eth3): link status definitely down for interface eth3, disabling it',
    ],
    ...says(
      'line',
      [
        'Link is Down',
        'Link is down',
        'NIC Link is Down',
        'link status definitely down',
        'eth',
        'igb: ',
        'ixgbe: ',
        'e1000: ',
        'e1000e: ',
        'bnx2x: ',
        'en',
        'em',
        'p1',
        'p2',
        'ib',
        'wl',
      ],
      (text) => LINK.test(text),
    ),
    start: re(String.raw`[^\n]{0,96}?${LINK.source}`),
    reads: [
      /definitely down for interface (?<device>[^\s,]+)/,
      re(String.raw`(?:^|[ :])${INTERFACE}(?: \([^)]*\))?:? (?:[\w ]*: )?(?:NIC )?(?:Copper )?[Ll]ink (?:is )?[Dd]own`),
      /^(?<driver>\S+) (?<device>[^\s:]+(?::[\w:.]+)?): /,
      /^(?<device>[^\s:]+): /,
    ],
    fields: { device: words, driver: words },
  },
  netdev_wait_allrefs_any: {
    printer: 'net/core/dev.c netdev_wait_allrefs_any()',
    releases: 'netdev_wait_allrefs() until 5.17',
    examples: ['unregister_netdevice: waiting for veth7 to become free. Usage count = 2'],
    ...starts('line', ['unregister_netdevice: waiting for ']),
    reads: [/waiting for (?<device>\S+) to become free\. Usage count = (?<refs>-?\d+)/],
    fields: { device: words, refs: int },
  },
});

/** Network devices. Inside a WARN (until 6.7) the watchdog's line belongs to the warning, which then is no warning of its own. */
export const net: Family = {
  name: 'net',
  lines: Object.values(NET),
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'hang', needs: 'nothing', key: alone, single: true },
  ],
};
