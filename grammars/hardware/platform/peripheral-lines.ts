import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** dev_err() of a device that is no PCI function: `i2c_designware AMDI0010:01: `, `tegra-i2c c240000.i2c: `. */
const DEVICE = subject(String.raw`(?<driver>[\w-]+) (?<device>[\w:.@-]+): `, { driver: words, device: words });
const I2C = subject(String.raw`(?<driver>[\w-]*(?:i2c|smbus|iic|gsbi)[\w-]*) (?<device>[\w:.@-]+): `, { driver: words, device: words });
const SPI = subject(String.raw`(?<driver>spi[\w-]*|[\w-]*[qd]spi[\w-]*) (?<device>[\w:.@-]+): `, { driver: words, device: words });
const TPM = subject(String.raw`tpm (?<device>tpm\d+): (?:\w+: )?`, { device: words });
/** bt_dev_err(): `Bluetooth: hci0: `; the driver's own functions may follow. */
const HCI = subject(String.raw`Bluetooth: (?<device>hci\d+): (?:\w+\(\): )?`, { device: words });
const HDA = subject(String.raw`(?<driver>snd_hda_\w+) (?<device>[\w:.]+): `, { driver: words, device: words });
const SOF = subject(String.raw`(?<driver>(?:sof|snd_sof)[\w-]*) (?<device>[\w:.-]+): (?:\w+: )?`, { driver: words, device: words });

/** Slow buses and what hangs on them, coprocessors with firmware of their own: parts that stop answering, mostly for one transfer. */
export const PERIPHERALS = lines({
  i2c_timeout: {
    printer: 'drivers/i2c/busses: i2c_dw_xfer(), omap_i2c_xfer_msg(), tegra_i2c_xfer_msg(), bcm2835_i2c_xfer(), rk3x_i2c_xfer_common()…',
    examples: [
      'i2c_designware AMDI0010:07: controller timed out',
      'i2c-bcm2835 fe804000.i2c: i2c transfer timed out',
      'tegra-i2c c240000.i2c: i2c transfer timed out',
      'rk3x-i2c ff3c0000.i2c: timeout, ipd: 0x00, state: 1',
      'cdns-i2c e0004000.i2c: timeout waiting on completion',
      'i801_smbus 0000:00:1f.4: Transaction timeout',
      'i2c_dw_pci 0000:00:15.0: timeout in disabling adapter',
    ],
    ...sentence(I2C, [
      ...['controller timed out', 'i2c transfer timed out', 'timeout, ipd', 'timeout waiting ', 'timeout in ', 'i2c timeout error'],
      ...[
        'Transaction timeout',
        'Transaction timed out',
        'SMBus Timeout!',
        'SMBus timeout!',
        'bus transfer timeout',
        'completion timed out',
      ],
      ...['Bus busy timeout', 'I2C bus busy timeout', 'message timeout', 'polling timed out'],
    ]),
  },
  i2c_bus_lost: {
    printer: 'drivers/i2c/busses: i2c_dw_handle_tx_abort(), i801_check_pre(), i2c_imx_bus_busy()',
    examples: [
      'i2c_designware AMDI0010:07: i2c_dw_handle_tx_abort: lost arbitration',
      "i801_smbus 0000:00:1f.4: SMBus is busy, can't use it!",
      'imx-i2c 30a20000.i2c: <i2c_imx_bus_busy> I2C bus is busy',
    ],
    ...sentence(I2C, ['i2c_dw_handle_tx_abort: lost arbitration', 'SMBus is busy', '<i2c_imx_bus_busy> I2C bus is busy', 'bus is busy']),
  },
  spi_transfer_timed_out: {
    printer: 'drivers/spi/spi.c spi_transfer_wait(), __spi_pump_transfer_message()',
    releases: '`spi_master` is `spi_controller` in some drivers',
    examples: ['spi_master spi7: failed to transfer one message from queue', 'spidev spi7.0: SPI transfer timed out'],
    ...sentence(SPI, ['failed to transfer one message from queue', 'SPI transfer timed out', 'SPI transfer failed']),
  },
  tpm_transmit: {
    printer: 'drivers/char/tpm/tpm-interface.c tpm_try_transmit()',
    examples: [
      'tpm tpm7: tpm_try_transmit: send(): error -62',
      'tpm tpm7: tpm_transmit: tpm_recv: error -4',
      'tpm tpm7: Operation Timed out',
    ],
    ...sentence(TPM, ['send(): error', 'tpm_recv: error', 'Operation Timed out'], {
      tail: String.raw` (?<errno>-\d+)`,
      fields: { errno: int },
    }),
  },
  tpm_transmit_cmd: {
    printer: 'drivers/char/tpm/tpm-interface.c tpm_transmit_cmd(); tpm1-cmd.c tpm1_get_timeouts()',
    examples: [
      'tpm tpm7: A TPM error (2314) occurred attempting to read a pcr value',
      'tpm tpm7: A TPM error (-62) occurred continue selftest',
    ],
    ...sentence(TPM, 'A TPM error', {
      tail: String.raw` \((?<code>-?\d+)\) occurred (?<operation>.+)`,
      fields: { code: int, operation: words },
    }),
  },
  hci_cmd_timeout: {
    printer: 'net/bluetooth/hci_core.c hci_cmd_timeout(), hci_error_reset(), hci_link_tx_to(); hci_sync.c __hci_cmd_sync_status_sk()',
    releases: '`hci0 command tx timeout` until 4.x; `Opcode 0x… failed` since 5.19',
    examples: [
      'Bluetooth: hci7: command 0x0c03 tx timeout',
      'Bluetooth: hci7: command tx timeout',
      'Bluetooth: hci7: link tx timeout',
      'Bluetooth: hci7: hardware error 0x0c',
      'Bluetooth: hci7: Opcode 0x0c03 failed: -110',
    ],
    opens: [
      {
        form: 'line',
        literals: ['Bluetooth: hci'],
        test: (text) => /^Bluetooth: hci\d+:? (?:(?:command|link)\b.* tx timeout|[Hh]ardware error 0x|Opcode \S+ failed: -110$)/.test(text),
      },
    ],
    start: /Bluetooth: hci\d+:? (?:(?:command|link)\b[^\n]* tx timeout|[Hh]ardware error 0x|Opcode \S+ failed: -110$)/,
    reads: [
      /^Bluetooth: (?<device>hci\d+):? (?<what>command) (?<opcode>0x[0-9a-f]+) tx timeout/,
      /^Bluetooth: (?<device>hci\d+):? (?<what>command|link) tx timeout/,
      /^Bluetooth: (?<device>hci\d+):? (?<what>[Hh]ardware error) (?<code>0x[0-9a-f]+)/,
      /^Bluetooth: (?<device>hci\d+):? (?<what>Opcode) (?<opcode>0x[0-9a-f]+) failed: (?<errno>-\d+)/,
    ],
    fields: { device: words, what: words, opcode: hex, code: hex, errno: int },
  },
  hci_firmware: {
    printer: 'drivers/bluetooth: btintel.c, btrtl.c, btqca.c, btmtk.c: setup',
    examples: [
      'Bluetooth: hci7: Failed to send firmware data (-110)',
      'Bluetooth: hci7: Reading Intel version information failed (-110)',
      'Bluetooth: hci7: Execution of wmt command timed out',
    ],
    ...sentence(
      HCI,
      [
        ...['Failed to send firmware', 'Reading Intel version', 'Execution of wmt command timed out', 'Failed to send wmt func ctrl'],
        ...['download fw command failed', 'sending initial HCI reset failed'],
      ],
      { tail: String.raw`.*?\((?<errno>-\d+)\)`, fields: { errno: int } },
    ),
  },
  hda_codec: {
    printer: 'sound/pci/hda/hda_controller.c azx_rirb_get_response(); sound/hda/hdac_controller.c azx_clear_corbrp()',
    examples: [
      'snd_hda_intel 0000:00:1f.3: azx_get_response timeout, switching to polling mode: last cmd=0x20bf8100',
      'snd_hda_intel 0000:00:1f.3: No response from codec, resetting bus: last cmd=0x20bf8100',
      'snd_hda_intel 0000:00:1f.3: CORB reset timeout#2, CORBRP = 65535',
    ],
    ...sentence(HDA, ['azx_get_response timeout', 'No response from codec', 'CORB reset timeout#']),
  },
  sof_dsp: {
    printer: 'sound/soc/sof/ops.c snd_sof_dsp_panic(), ipc3.c ipc3_wait_tx_done(), ipc4.c ipc4_wait_tx_done()',
    examples: [
      'sof-audio-pci-intel-tgl 0000:00:1f.3: DSP panic!',
      'sof-audio-pci-intel-tgl 0000:00:1f.3: ipc tx timed out for 0x60010000 (msg/reply size: 20/20)',
      'sof-audio-pci-intel-mtl 0000:00:1f.3: ipc timed out for 0x13000004|0x1',
    ],
    ...sentence(SOF, ['DSP panic!', 'DSP panic (', 'ipc tx timed out for', 'ipc timed out for']),
  },
  tegra30_mc_handle_irq: {
    printer: 'drivers/memory/tegra/mc.c tegra30_mc_handle_irq(), tegra20.c',
    examples: [
      'tegra-mc 2c00000.memory-controller: vi: secure read @0x00000003ffffff00: VPR violation ((null))',
      'tegra-mc 7000f000.memory-controller: dc: write @0xffd00000: EMEM address decode error (SMMU translation error [--S])',
    ],
    opens: [{ form: 'line', literals: ['tegra-mc ', 'tegra30-mc ', 'tegra20-mc '], test: (text) => / @0x[0-9a-f]+: /.test(text) }],
    start: /tegra\d*-mc \S+: [^\n]* @0x[0-9a-f]+: /,
    reads: [
      /^(?<driver>\S+) (?<device>\S+): (?<client>[^:]+): (?:non-secure |secure )?(?<operation>\w+) @(?<address>0x[0-9a-f]+): (?<what>[^(]+?)(?: \(|$)/,
    ],
    fields: { driver: words, device: words, client: words, operation: words, address: hex, what: words },
  },
  tegra_cbb_error: {
    printer: 'drivers/soc/tegra/cbb/tegra234-cbb.c tegra234_cbb_isr(), tegra194-cbb.c',
    examples: ['CPU:0, Error: cbb-fabric@0x13a00000, irq=36', 'CPU:0, Error: cbb-noc@2300000, irq=15', 'CPU:0, Error:cbb-fabric, Errmon:2'],
    opens: [{ form: 'line', literals: ['CPU:'], test: (text) => /^CPU:\d+, Error: ?[\w-]+(?:[@,]|$)/.test(text) }],
    start: /CPU:\d+, Error: ?[\w-]+(?:[@,]|$)/,
    reads: [/^CPU:\d+, Error: ?(?<device>[\w-]+)/],
    fields: { device: words },
  },
  rproc_crash: {
    printer: 'drivers/remoteproc/remoteproc_core.c rproc_crash_handler_work()',
    examples: ['remoteproc remoteproc7: crash detected in driver-xyz: type fatal error'],
    ...sentence(subject(String.raw`remoteproc (?<device>remoteproc\d+): `, { device: words }), 'crash detected in', {
      tail: String.raw` (?<firmware>[^:]+): type (?<type>.+)`,
      fields: { firmware: words, type: words },
    }),
  },
  q6v5_interrupts: {
    printer: 'drivers/remoteproc/qcom_q6v5.c q6v5_fatal_interrupt(), q6v5_wdog_interrupt(); qcom_wcnss.c',
    examples: [
      'qcom_q6v5_pas 3000000.remoteproc: fatal error received: driver_xyz.c:456:EF:process:0x1',
      'qcom_q6v5_pas 3000000.remoteproc: watchdog received: SFR Init: wdog or kernel error suspected.',
    ],
    ...sentence(DEVICE, ['fatal error received:', 'fatal error without message', 'watchdog received:', 'watchdog without message'], {
      tail: ' (?<reason>.+)',
      fields: { reason: aside(words) },
    }),
  },
});
