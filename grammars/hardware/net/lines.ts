import type { Family } from '../../common/family.ts';
import { counter, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { alone } from '../line-keys.ts';
import { says, starts } from '../opens.ts';
import { sentence, subject } from '../sentence.ts';
import { NET_DRIVERS } from './driver-lines.ts';

/** netdev_printk(): driver, its device's address, the interface: `e1000e 0000:00:19.0 eth0: `; `eth0: ` alone where it has no parent. */
const NETDEV = String.raw`^(?<driver>\S+) (?:(?<address>[\w:.-]+) )?(?<device>[^\s:]+?)(?: \([^)]*\))?: `;
/** The same of an adapter whose interface has no name yet. */
const ADAPTER = String.raw`^(?<driver>[\w-]+) (?<address>[\w:.-]+?): `;
/** A queue that does not empty, in the words of a driver. */
const TIMED_OUT = String.raw`[Tt][Xx][ _][Tt]ime(?:out|d out| out)|tx hang|[Tt]ransmit time(?:d )?out|Timeout on tx queue`;
/** `bond0: `, and the member that it is about: `(slave eth3): `. */
const BOND = subject(String.raw`(?<device>bond[\w.-]*|team[\w.-]*): (?:\(slave (?<member>[^)\s]+)\): )?`, { device: words, member: words });
const re = (source: string) => new RegExp(source);
/** iwlwifi: a queue, a command or the firmware that does not answer. */
const STUCK = /iwlwifi \S+: (?:Queue \d+ [^\n]*stuck|Error sending \S+ time out|Failed to start RT ucode|FW error in SYNC CMD )/;
const IS_STUCK = new RegExp(`^${STUCK.source}`);

const ENA = [
  'Keep alive watchdog timeout',
  "Found a Tx that wasn't completed on time",
  'Trigger reset is on',
  'Lost TX completions are above the threshold',
  'ENA admin queue is not in running state',
];

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
    printer:
      'drivers/net/ethernet/intel/e1000e/netdev.c e1000_print_hw_hang(), ixgbe_main.c ixgbe_check_tx_hang(); e1000, igb, igc, i40e alike',
    examples: [
      'driver_xyz 0000:00:1f.6 eno1: Detected Hardware Unit Hang:',
      'ixgbe 0000:05:00.0 eth1: Detected Tx Unit Hang',
      'ixgbe 0000:05:00.0 eth1: tx hang 2 detected on queue 3, resetting adapter',
      'e1000e 0000:00:1f.6 eno1: Reset adapter unexpectedly',
    ],
    ...says('hang', ['Detected Hardware Unit Hang', 'Detected Tx Unit Hang', 'tx hang ', 'Reset adapter']),
    reads: [
      re(`${NETDEV}(?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter)`),
      /(?<what>Detected (?:Hardware|Tx) Unit Hang|[Tt]x hang|Reset adapter)/,
    ],
    fields: { driver: words, address: words, device: words, what: words },
  },
  ndo_tx_timeout: {
    printer: 'drivers/net: ndo_tx_timeout() of bnxt_en, mlx4, mlx5, tg3, i40e, ice, virtio_net, r8152, hns3, ena…',
    examples: [
      'bnxt_en 0000:3b:00.0 eth7: TX timeout detected, starting reset task!',
      'mlx5_core 0000:3b:00.0 eth7: TX timeout detected',
      'virtio_net virtio7 eth7: TX timeout on queue: 3, sq: output.3, vq: 0x7, name: output.3, 5000000 usecs ago',
      'tg3 0000:3b:00.0 eth7: transmit timed out, resetting',
      'i40e 0000:3b:00.0 eth7: tx_timeout: VSI_seid: 390, Q 3, NTC: 0x1, HWB: 0x1, NTU: 0x2, TAIL: 0x2, INT: 0x0',
      'i40e 0000:3b:00.0 eth7: tx_timeout recovery level 1, txqueue 3',
      'r8152 4-1.2:1.0 eth7: Tx timeout',
      'vmxnet3 0000:0b:00.0 eth7: tx hang',
      'gve 0000:00:04.0: Timeout on tx queue, 3',
      'ionic 0000:3b:00.0 eth7: Tx Timeout triggered - txq 3',
      'forcedeth 0000:00:08.0 eth7: Got tx_timeout. irq status: 00000032',
      'hns3 0000:7d:00.0 eth7: tx_timeout count: 1, queue id: 3, SW_NTU: 0x1, SW_NTC: 0x1, napi state: 16',
    ],
    ...says('hang', [
      'TX timeout',
      'Tx timeout',
      'tx timeout',
      'tx hang',
      'Tx Timeout',
      'TX timed out',
      'Tx timed out',
      'tx time out',
      'Timeout on tx queue',
      'Got tx_timeout',
      'tx_timeout count',
      'transmit timeout',
      'Transmit timeout',
      'tx_timeout: VSI',
      'tx_timeout recovery level',
      'transmit timed out',
      'Transmit timed out',
      'Initiating reset due to tx timeout',
      'initiating reset due to tx timeout',
    ]),
    reads: [
      re(
        `${NETDEV}(?:[Ii]nitiating reset due to )?(?<what>[Tt][Xx][ _]timeout(?: recovery level \\d+)?|${TIMED_OUT})(?:.*?(?:on queue:?|txqueue|txq|queue id:|Q) (?<queue>\\d+))?`,
      ),
      re(`${ADAPTER}(?:[Ii]nitiating reset due to )?(?<what>${TIMED_OUT})(?:, (?<queue>\\d+))?`),
      re(`^(?<device>[\\w.-]+): (?<what>${TIMED_OUT})`),
      re(`(?<what>${TIMED_OUT})`),
    ],
    fields: { driver: words, address: words, device: words, what: words, queue: int },
  },
  tx_timeout_unsuccessful: {
    printer: 'drivers/net/ethernet/intel/{i40e,ice}: ndo_tx_timeout()',
    examples: ['i40e 0000:3b:00.0 eth7: tx_timeout recovery unsuccessful, device is in non-recoverable state.'],
    ...says('line', ['tx_timeout recovery unsuccessful']),
    reads: [re(`${NETDEV}(?<what>tx_timeout recovery unsuccessful)`), /(?<what>tx_timeout recovery unsuccessful)/],
    fields: { driver: words, address: words, device: words, what: words },
  },
  igc_rd32: {
    printer: 'drivers/net/ethernet/intel/igc/igc_main.c igc_rd32(), igb_main.c igb_rd32()',
    releases: 'since 4.0',
    examples: ['igc 0000:06:00.0 eth7: PCIe link lost, device now detached'],
    ...says('line', ['PCIe link lost']),
    reads: [re(`${NETDEV}(?<what>PCIe link lost)`), /(?<what>PCIe link lost)/],
    fields: { driver: words, address: words, device: words, what: words },
  },
  rtl_cond: {
    printer: 'drivers/net/ethernet/realtek/r8169_main.c rtl_loop_wait()',
    examples: ['r8169 0000:02:00.0 eth7: rtl_txcfg_empty_cond == 0 (loop: 42, delay: 100).'],
    ...says('line', ['rtl_']),
    opens: [{ form: 'line', literals: ['rtl_'], at: 'message', test: (text) => /: rtl_\w+_cond == \d \(loop: \d+/.test(text) }],
    reads: [re(`${NETDEV}(?<what>rtl_\\w+_cond == \\d)`)],
    fields: { driver: words, address: words, device: words, what: words },
  },
  ena_watchdog: {
    printer:
      'drivers/net/ethernet/amazon/ena/ena_netdev.c check_for_missing_keep_alive(), check_missing_comp_in_tx_queue(), ena_tx_timeout()',
    examples: [
      'ena 0000:00:05.0 eth7: Keep alive watchdog timeout.',
      "ena 0000:00:05.0 eth7: Found a Tx that wasn't completed on time, qid 3, index 511.",
      'ena 0000:00:05.0 eth7: Trigger reset is on',
      'ena 0000:00:05.0 eth7: TX q 3 is paused for too long (threshold 5000000). Time since last napi 6120000 usec. napi scheduled: 1',
      'ena 0000:00:05.0 eth7: Lost TX completions are above the threshold (129 > 128). Completion transmission timeout: 5000.',
      'ena 0000:00:05.0 eth7: ENA admin queue is not in running state!',
    ],
    opens: [
      { form: 'line', literals: ENA, at: 'message' },
      { form: 'line', literals: ['TX q '], at: 'message', test: (text) => text.includes(' is paused for too long') },
    ],
    start: re(`[^\\n]{1,96}?: (?:${ENA.join('|')}|TX q \\d+ is paused)`),
    reads: [
      re(`${NETDEV}TX q (?<queue>\\d+) is (?<what>paused for too long)`),
      ...[NETDEV, ADAPTER].map((from) => re(`${from}(?<what>${ENA.join('|')})(?:, qid (?<queue>\\d+))?`)),
    ],
    fields: { driver: words, address: words, device: words, what: words, queue: int },
  },
  mdd_event: {
    printer: 'drivers/net/ethernet/intel/{i40e,ice}: i40e_handle_mdd_event()',
    examples: [
      'i40e 0000:3b:00.0: Malicious Driver Detection event 0x02 on TX queue 3 PF number 0x00 VF number 0x00',
      'ice 0000:3b:00.0: Malicious Driver Detection event TX_PQM detected on PF',
    ],
    ...says('line', ['Malicious Driver Detection event']),
    reads: [
      /^(?<driver>\S+) (?<address>[\w:.-]+)(?: (?<device>\S+?))?: (?<what>Malicious Driver Detection event) (?<event>\w+)(?: on [TR]X queue (?<queue>\d+))?/,
    ],
    fields: { driver: words, address: words, device: words, what: words, event: words, queue: int },
  },
  netdev_rx_csum_fault: {
    printer: 'net/core/dev.c netdev_rx_csum_fault()',
    examples: ['eth7: hw csum failure', 'driver_xyz 0000:3b:00.0 eth7: hw csum failure'],
    ...says('line', ['hw csum failure']),
    reads: [re(`${NETDEV}(?<what>hw csum failure)`), /^(?<device>\S+): (?<what>hw csum failure)/],
    fields: { driver: words, address: words, device: words, what: words },
  },
  bond_select_active_slave: {
    printer: 'drivers/net/bonding/bond_main.c bond_select_active_slave(), bond_3ad.c',
    examples: [
      'bond7: now running without any active interface!',
      'bond7: Warning: No 802.3ad response from the link partner for any adapters in the bond',
      'bond7: (slave eth7): failed to get link speed/duplex',
    ],
    ...sentence(BOND, [
      'now running without any active interface',
      'Warning: No 802.3ad response from the link partner',
      'failed to get link speed/duplex',
      'An illegal loopback occurred on slave',
    ]),
  },
  can_bus_off: {
    printer: 'drivers/net/can/dev/dev.c can_bus_off()',
    examples: ['mcp251xfd spi0.0 can7: bus-off', 'c_can_pci 0000:02:0c.0 can7: bus-off, scheduling restart in 100 ms'],
    ...says('line', ['bus-off'], (text) => /: bus-off(?:,|$)/.test(text)),
    reads: [re(`${NETDEV}(?<what>bus-off)`)],
    fields: { driver: words, address: words, device: words, what: words },
  },
  sfp_fault: {
    printer: 'drivers/net/phy/sfp.c sfp_sm_fault(), sfp_sm_probe_failed()',
    examples: ['sfp sfp-eth7: module transmit fault indicated', 'sfp sfp-eth7: module persistently indicates fault, disabling'],
    ...sentence(subject(String.raw`sfp (?<device>\S+): `, { device: words }), [
      'module transmit fault indicated',
      'module persistently indicates fault',
    ]),
  },
  wifi_queue_stuck: {
    printer: 'drivers/net/wireless/intel/iwlwifi: iwl_txq_log_scd_error(), iwl_trans_pcie_send_hcmd_sync()',
    examples: [
      'iwlwifi 0000:02:00.0: Queue 2 is active on fifo 1 and stuck for 10000 ms. SW [12, 34] HW [12, 34] FH TRB=0x0c0',
      'iwlwifi 0000:02:00.0: Error sending STATISTICS_CMD: time out after 2000ms.',
      'iwlwifi 0000:02:00.0: Failed to start RT ucode: -110',
      'iwlwifi 0000:02:00.0: FW error in SYNC CMD STATISTICS_CMD',
    ],
    opens: [
      {
        form: 'line',
        literals: ['Queue ', 'Error sending ', 'Failed to start RT ucode', 'FW error in SYNC CMD '],
        at: 'message',
        test: (text) => IS_STUCK.test(text),
      },
    ],
    start: STUCK,
    reads: [
      /^(?<driver>iwlwifi) (?<address>\S+): (?<what>Queue) (?<queue>\d+) .*stuck for (?<ms>\d+) ms/,
      /^(?<driver>iwlwifi) (?<address>\S+): (?<what>Error sending) (?<command>\w+): time out after (?<ms>\d+)ms/,
      /^(?<driver>iwlwifi) (?<address>\S+): (?<what>Failed to start RT ucode)/,
      /^(?<driver>iwlwifi) (?<address>\S+): (?<what>FW error in SYNC CMD) (?<command>\w+)/,
    ],
    fields: { driver: words, address: words, what: words, queue: int, ms: int, command: words },
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
    fields: { device: words, refs: counter(int) },
  },
});

/** Network devices. Inside a WARN (until 6.7) the watchdog's line belongs to the warning, which then is no warning of its own. */
export const net: Family = {
  name: 'net',
  lines: [...Object.values(NET), ...Object.values(NET_DRIVERS)],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'hang', needs: 'nothing', key: alone, single: true },
  ],
};
