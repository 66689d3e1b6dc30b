import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** netdev_err(), dev_err() of a network driver: the interface is there once it has a name. */
const NIC = subject(String.raw`(?<driver>[\w-]+) (?<address>[\w:.-]+?)(?: (?<device>[^\s:]+?)(?: \([^)]*\))*)?: (?:\w+: )?`, {
  driver: words,
  address: words,
  device: words,
});
/** BNX2X_ERR(): the function, its line, the interface. */
const BNX2X = subject(String.raw`(?<driver>bnx2x): \[\w+:\d+\((?<device>[^)]+)\)\]`, { driver: words, device: words }, 'bnx2x: [');
const WIRELESS = subject(
  String.raw`(?<driver>(?:ath|iwl|rtw|mt76|mt79|mwifiex|brcmf)\w*)(?: (?<device>[\w:.-]+))?: (?:brcmf_\w+: |mwifiex_\w+: )?`,
  { driver: words, device: words },
);
const ATH9K = subject(String.raw`(?<driver>ath): (?<device>phy\d+): `, { driver: words, device: words });

/** Adapters of wire and air that say in their own words that their hardware or firmware failed. */
export const NET_DRIVERS = lines({
  nic_hardware_error: {
    printer:
      'drivers/net/ethernet: tg3_process_error(), alx_intr_handle(), be_detect_error(), sky2_err_intr(), macb_interrupt(), stmmac_init_dma_engine()',
    examples: [
      'tg3 0000:02:00.0 eth7: DMA Status error.  Resetting chip.',
      'alx 0000:02:00.0 eth7: fatal interrupt 0x8001607, resetting',
      'be2net 0000:04:00.0: Error detected in the card',
      'be2net 0000:04:00.0: Error detected in the adapter',
      'sky2 0000:02:00.0: error interrupt status=0x80000000',
      'macb e000b000.ethernet eth7: DMA bus error: HRESP not OK',
      'rk_gmac-dwmac fe1c0000.ethernet: Failed to reset the dma',
      'stmmaceth fe010000.ethernet eth7: stmmac_hw_setup: DMA engine initialization failed',
      'cxgb4 0000:81:00.4: firmware reports adapter error: TP fault',
    ],
    ...sentence(NIC, [
      ...['DMA Status error', 'fatal interrupt', 'Error detected in the card', 'Error detected in the adapter', 'error interrupt status='],
      ...['DMA bus error: HRESP not OK', 'Failed to reset the dma', 'DMA engine initialization failed', 'firmware reports adapter error'],
    ]),
  },
  bnx2x_panic: {
    printer: 'drivers/net/ethernet/broadcom/bnx2x/bnx2x_main.c bnx2x_attn_int_deasserted3(), bnx2x_panic_dump()',
    examples: ['bnx2x: [bnx2x_attn_int_deasserted3:4344(eth7)]MC assert!', 'bnx2x: [bnx2x_panic_dump:920(eth7)]begin crash dump ----'],
    ...sentence(BNX2X, ['MC assert!', 'begin crash dump', 'driver assert', 'Fatal HW block attention', 'Parity error detected']),
  },
  nic_stopped: {
    printer:
      'drivers/net/ethernet/intel/ixgbe/ixgbe_main.c ixgbe_remove_adapter(), ixgbe_check_overtemp_event(), ixgbe_check_fan_failure()',
    examples: [
      'ixgbe 0000:81:00.0: Adapter removed',
      'ixgbe 0000:81:00.0 eth7: Fan has stopped, replace the adapter',
      'ixgbe 0000:81:00.0 eth7: Network adapter has been stopped because it has over heated. Restart the computer. If the problem persists, power off the system and replace the adapter',
    ],
    ...sentence(NIC, ['Adapter removed', 'Fan has stopped', 'Network adapter has been stopped because it has over heated']),
  },
  nic_command_timeout: {
    printer: 'drivers/net/ethernet: mlx5 cmd.c wait_func(), fec_main.c fec_enet_mdio_read()',
    examples: [
      'mlx5_core 0000:3b:00.0: wait_func:1186:(pid 1212): ACCESS_REG(0x805) timeout. Will cause a leak of a command resource',
      'fec 30be0000.ethernet eth7: MDIO read timeout',
    ],
    opens: [
      { form: 'line', literals: ['MDIO read timeout', 'MDIO write timeout'], at: 'message' },
      {
        form: 'line',
        literals: ['mlx5_core '],
        test: (text) => text.endsWith('timeout. Will cause a leak of a command resource'),
      },
    ],
    start: /[^\n]{1,120}(?:: MDIO (?:read|write) timeout|timeout\. Will cause a leak of a command)/,
    reads: [
      /^(?<driver>mlx5_core) (?<address>[0-9a-f:.]+): .*?(?<what>\w+)\(0x[0-9a-f]+\)(?: Async,)? timeout/,
      /^(?<driver>\S+) (?<address>\S+?)(?: (?<device>[^\s:]+))?: (?<what>MDIO (?:read|write))/,
    ],
    fields: { driver: words, address: words, device: words, what: words },
  },
  usb_nic_transfer: {
    printer: 'drivers/net/usb: asix_common.c, ax88179_178a.c, smsc95xx.c, lan78xx.c; r8152.c write_bulk_callback(), read_bulk_callback()',
    examples: ['ax88179_178a 4-1:1.0 eth7: Failed to read reg index 0x0002: -110', 'r8152 4-1:1.0 eth7: Tx status -71'],
    ...sentence(NIC, ['Failed to read reg index', 'Failed to write reg index', 'Tx status -', 'Rx status -']),
  },
  port_module_event: {
    printer: 'drivers/net/ethernet/mellanox/mlx5/core/events.c port_module()',
    releases: '`[error]` since 4.20',
    examples: ['mlx5_core 0000:3b:00.0: Port module event[error]: module 0, Cable error, High Temperature'],
    ...sentence(NIC, 'Port module event[error]', {
      tail: String.raw`: module (?<module>\d+), (?<reason>.+)`,
      fields: { module: int, reason: words },
    }),
  },
  wireless_hang: {
    printer: 'drivers/net/wireless: ath10k wmi.c, pci.c; mt76; mwifiex init.c, cmdevt.c; iwlwifi pcie/trans.c; brcmfmac sdio.c, usb.c',
    examples: [
      'ath10k_pci 0000:02:00.0: wmi command 36869 timeout, restarting hardware',
      'ath10k_pci 0000:02:00.0: failed to wake target for read32 at 0x00036048: -110',
      'mt7921e 0000:05:00.0: driver own failed',
      'mt7921e 0000:05:00.0: chip reset failed',
      'mt76x2u 4-1:1.0: vendor request req:07 off:1718 failed:-71',
      'mwifiex_pcie 0000:01:00.0: Firmware wakeup failed',
      'iwlwifi 0000:02:00.0: Failed to load firmware chunk!',
      'iwlwifi 0000:02:00.0: Timeout waiting for hardware access (CSR_GP_CNTRL 0xffffffff)',
      'brcmfmac: brcmf_sdio_bus_rxctl: resumed on timeout',
      'rtw89_8852be 0000:03:00.0: SER catches error: 0x1000',
      'rtw_8822ce 0000:03:00.0: failed to send h2c command',
    ],
    ...sentence(WIRELESS, [
      ...['wmi command ', 'failed to wake target for ', 'driver own failed', 'Timeout for driver own', 'chip reset failed'],
      ...['vendor request req:', 'Firmware wakeup failed', 'Timeout cmd id', 'Failed to load firmware chunk'],
      ...['Timeout waiting for hardware access', 'resumed on timeout', 'RXHEADER FAILED', 'rxctl wait timed out', 'SER catches error'],
      ...['failed to send h2c command', 'timed out to flush queue', 'chip full reset failed', 'Timeout waiting for PNVM load'],
    ]),
  },
  ath9k_dma: {
    printer: 'drivers/net/wireless/ath/ath9k/xmit.c ath_drain_all_txq(), mac.c ath9k_hw_stopdmarecv()',
    examples: ['ath: phy7: Failed to stop TX DMA, queues=0x004!', 'ath: phy7: DMA failed to stop in 10 ms AR_CR=0x24'],
    ...sentence(ATH9K, ['Failed to stop TX DMA', 'DMA failed to stop', 'Chip reset failed', 'Could not stop RX'], {
      tail: String.raw`.*?(?<queues>queues=0x[0-9a-f]+)`,
      fields: { queues: aside(words) },
    }),
  },
});
