import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says } from '../opens.ts';

const OWNER = [String.raw`^(?<driver>[\w-]+) (?<device>[\w:.@-]+?):? `, String.raw`^(?<driver>[\w-]+)[: ]`] as const;
const read = (said: string): RegExp[] => OWNER.map((owner) => new RegExp(`${owner}.*?(?<what>${said})`));
const OF = { driver: words, device: words, what: words } as const;

/** Firmware of network, storage and video adapters that crashed: each driver has its own words. */
export const FIRMWARE = lines({
  mt76_mcu_timeout: {
    printer: 'drivers/net/wireless/mediatek/mt76: mt7915_mcu_parse_response(), mt76_connac_mcu_parse_response() and their like',
    examples: ['mt7921e 0000:02:00.0: Message 00020003 (seq 9) timeout', 'mt7915e 0000:01:00.0: Message 000026ed (seq 11) timeout'],
    start: /mt\d+\w* \S+: Message [0-9a-f]{8} \(seq \d+\) timeout/,
    opens: [
      {
        form: 'line',
        literals: ['mt7', 'mt6', 'mt9'],
        test: (text) => /^mt\d+\w* \S+: Message [0-9a-f]{8} \(seq \d+\) timeout/.test(text),
      },
    ],
    fields: { driver: words, device: words, what: words },
    reads: [/^(?<driver>mt\w+) (?<device>\S+): (?<what>Message [0-9a-f]{8}) \(seq \d+\) timeout/],
  },
  wireless_firmware_crash: {
    printer: 'drivers/net/wireless: iwlwifi iwl_mvm_nic_error(), ath10k_core.c, ath11k mhi.c, brcmfmac core.c, rtw88, mt76',
    examples: [
      'iwlwifi 0000:02:00.0: Microcode SW error detected. Restarting 0x2000000.',
      'iwlwifi 0000:02:00.0: Microcode SW error detected.  Restarting 0x0.',
      'ath10k_pci 0000:02:00.0: firmware crashed! (guid 00000000-0000-0000-0000-000000000000)',
      'ath11k_pci 0000:02:00.0: firmware crashed: MHI_CB_EE_RDDM',
      'ieee80211 phy0: brcmf_fw_crashed: Firmware has halted or crashed',
      'brcmfmac: brcmf_fw_crashed: Firmware has halted or crashed',
      'iwlwifi 0000:02:00.0: Hardware error detected. Restarting.',
      'rtw_8822ce 0000:02:00.0: firmware failed to leave lps state',
    ],
    ...says('line', [
      ...[
        'Microcode SW error detected',
        'Hardware error detected',
        'firmware crashed',
        'Firmware has halted or crashed',
        'Firmware crashed',
      ],
      ...['Firmware has crashed', 'firmware failed to leave lps state', 'firmware error detected'],
    ]),
    reads: [
      // wiphy_err() names the radio alone: whose function it is, says the driver
      /^ieee80211 (?<device>phy\d+): (?<driver>[a-z]+)_\w+: (?<what>Firmware has halted or crashed)/,
      ...read(
        'Microcode SW error detected|Hardware error detected|[Ff]irmware (?:has )?crashed|Firmware has halted or crashed|firmware failed to leave lps state|firmware error detected',
      ),
    ],
    fields: OF,
  },
  adapter_firmware_fault: {
    printer: 'drivers/scsi: megaraid_sas, mpt3sas, hpsa, qla2xxx, aacraid',
    examples: [
      'megaraid_sas 0000:3b:00.0: FW in FAULT state Fault code:0x10000 subcode:0x0 func:megasas_wait_for_outstanding_fusion',
      'mpt3sas_cm0: fault_state(0x5854)!',
      'mpt2sas0: fault_state(0x265d)!',
      'hpsa 0000:3b:00.0: Controller lockup detected: 0x00130000',
      'qla2xxx [0000:3b:00.0]-5003:7: ISP System Error - mbx1=1234h mbx2=0h mbx3=0h.',
      'aacraid 0000:3b:00.0: Adapter is in fault',
    ],
    ...says('line', ['FW in FAULT state', 'fault_state(0x', 'Controller lockup detected', 'Adapter is in fault', 'Adapter in fault']),
    start: /[^\n]{1,60}(?:: (?:FW in FAULT state|fault_state\(0x|Controller lockup detected|Adapter (?:is )?in fault)|ISP System Error)/,
    opens: [
      {
        form: 'line',
        literals: ['FW in FAULT state', 'fault_state(0x', 'Controller lockup detected', 'Adapter is in fault', 'Adapter in fault'],
        at: 'message',
      },
      { form: 'line', literals: ['qla2xxx ['], test: (text) => text.includes('ISP System Error') },
    ],
    reads: [
      /^(?<device>(?<driver>mpt[23]sas)(?:_cm)?\d+): (?<what>fault_state\(0x[0-9a-f]+\))/,
      /^(?<driver>qla2xxx) \[(?<device>[^\]]+)\].*?(?<what>ISP System Error)/,
      /^(?<device>(?<driver>mpt[23]sas)\w*): (?<what>fault_state\(0x[0-9a-f]+\))/,
      ...read(String.raw`FW in FAULT state|fault_state\(0x[0-9a-f]+\)|Controller lockup detected|Adapter (?:is )?in fault`),
    ],
    fields: OF,
  },
  nic_firmware_health: {
    printer:
      'drivers/net/ethernet: mlx5 health.c print_health_info(), poll_health(); mlx4 catas.c; bnx2x bnx2x_mc_assert(); ice, i40e; bnxt bnxt_fw_health_check()',
    examples: [
      "mlx5_core 0000:3b:00.0: poll_health:794:(pid 0): device's health compromised - reached miss count",
      'mlx5_core 0000:3b:00.0: print_health_info:423:(pid 0): Health issue observed, firmware internal error, severity(3) ERROR:',
      'mlx4_core 0000:3b:00.0: Internal error detected:',
      'mlx4_core 0000:3b:00.0: Internal error detected on the communication channel',
      'i40e 0000:3b:00.0: Firmware recovery mode detected. Limiting functionality.',
      'bnxt_en 0000:3b:00.0 eno4np0: Detected firmware fatal condition, initiating reset',
      'bnxt_en 0000:3b:00.0 eno4np0: Firmware not responding, status: 0x8000',
    ],
    ...says(
      'line',
      [
        "device's health compromised",
        'Health issue observed',
        'Internal error detected:',
        'Internal error detected on the communication channel',
        'Firmware recovery mode detected',
        'Detected firmware fatal condition',
        'Firmware not responding',
        'print_health_info',
      ],
      (text) => !/print_health_info/.test(text) || text.includes('Health issue'),
    ),
    start: new RegExp(
      String.raw`[^\n]{1,80}: (?:device's health compromised|Health issue observed|Internal error detected(?::| on the communication)|Firmware recovery mode|` +
        'Detected firmware fatal|Firmware not responding)',
    ),
    reads: [
      /^(?<driver>\w+) (?<device>[0-9a-f:.]+): .*?(?<what>Health issue observed), (?<issue>[^,]+), severity\((?<level>\d+)\)/,
      ...read(
        "device's health compromised|Health issue observed|Internal error detected|Firmware recovery mode|Detected firmware fatal condition|Firmware not responding",
      ),
    ],
    fields: { ...OF, issue: words, level: int },
  },
});
