import { hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

const CHIPSET = String.raw`EDAC [\w-]+ MC\d+: `;
/** What the driver of a memory controller says before the core does. */
const chipset = (...begins: readonly string[]) => {
  const start = `${CHIPSET}(?:${begins.join('|')})`;
  const opening = new RegExp(`^${start}`);
  return { start: new RegExp(start), opens: [{ form: 'edac', literals: ['EDAC '], test: (text: string) => opening.test(text) }] };
};
const opening = (form: string, pattern: RegExp) => ({
  start: pattern,
  opens: [{ form, literals: ['EDAC '], test: (text: string) => new RegExp(`^${pattern.source}`).test(text) }],
});
const COLUMNS = { grammar: 'ras', name: 'columns', mode: 'columns' } as const;

/** Until 3.4: controller and class, where in memory, and the DIMM. */
const OLD_HEAD = String.raw`MC(?<controller>\d+): (?<class>CE|UE)`;
const PAGE = String.raw`page (?<page>0x[0-9a-f]+), offset (?<offset>0x[0-9a-f]+), grain (?<grain>\d+)`;
const LABEL = 'labels? "(?<label>[^"]*)"';

/** Error detection and correction: drivers/edac. */
export const EDAC = lines({
  edac_mc_printk: {
    printer: 'drivers/edac/edac_mc.c edac_ce_error(), edac_ue_error()',
    releases: 'since 3.5; no syndrome in an uncorrected one since 5.7',
    examples: [
      'EDAC MC2: 3 CE memory read error on CPU_SrcID#1_Ha#0_Chan#2_DIMM#0 (channel:2 slot:0 page:0x7e56b5 offset:0xe40 grain:32 syndrome:0x0 -  OVERFLOW area:DRAM err_code:0001:0092 socket:1 ha:0 channel_mask:4 rank:1)',
      'EDAC MC0: 1 UE on mc#0csrow#2channel#1 (csrow:2 channel:1 page:0x7e56b5 offset:0xe40 grain:64)',
      'EDAC MC0: 1 CE memory scrubbing error on CPU_SrcID#0_MC#1_Chan#0_DIMM#1 (channel:0 slot:1 page:0x7e56b5 offset:0x0 grain:32 syndrome:0x0 -  err_code:0x00a0:0x0091  SystemAddress:0x7e56b5000 ProcessorSocketId:0x0)',
      'EDAC MC0: 1 CE memory read error on unknown memory',
    ],
    ...opening('mc', /EDAC MC\d+: \d+ [CU]E /),
    rule: { grammar: 'ras', name: 'edac', mode: 'edac' },
    fields: {
      controller: int,
      errors: int,
      class: words,
      what: words,
      label: words,
      row: int,
      channel: int,
      slot: int,
      page: hex,
      offset: hex,
      grain: int,
      syndrome: hex,
      area: words,
      errorCode: words,
      socket: int,
      homeAgent: int,
      rank: int,
      address: hex,
    },
  },
  edac_mc_handle_ce: {
    printer: 'drivers/edac/edac_mc.c edac_mc_handle_ce(), edac_mc_handle_ue()',
    releases: 'until 3.4',
    examples: [
      'EDAC MC0: CE page 0x7e56b, offset 0xe40, grain 128, syndrome 0x700, row 1, channel 0, label "DIMM_A1": driver_xyz',
      'EDAC MC0: UE page 0x7e56b, offset 0x0, grain 1073741824, row 0, labels ":": i3000 UE',
      'EDAC MC0: CE - no information available: driver_xyz',
      'EDAC MC0: UE row 1, channel-a= 0 channel-b= 1 labels "DIMM_A1:DIMM_B1": driver_xyz',
    ],
    ...opening('mc', /EDAC MC\d+: [CU]E[ :-]/),
    reads: [
      new RegExp(`${OLD_HEAD} ${PAGE}, syndrome (?<syndrome>0x[0-9a-f]+), row (?<row>\\d+), channel (?<channel>\\d+), ${LABEL}`),
      new RegExp(`${OLD_HEAD} ${PAGE}, row (?<row>\\d+), ${LABEL}`),
      new RegExp(`${OLD_HEAD} row (?<row>\\d+), [^"]*${LABEL}`),
      new RegExp(`${OLD_HEAD}(?: -)? (?<what>[^:]*)`),
    ],
    fields: {
      controller: int,
      class: words,
      page: hex,
      offset: hex,
      grain: int,
      syndrome: hex,
      row: int,
      channel: int,
      label: words,
      what: words,
    },
  },
  edac_chipset_mce: {
    printer: 'drivers/edac/sb_edac.c sbridge_mce_check_error(), skx_common.c skx_mce_check_error()',
    releases: 'since 3.5',
    examples: [
      'EDAC sbridge MC1: CPU 8: Machine Check Event: 0 Bank 7: 8c00004000010092',
      'EDAC skx MC1: CPU 8: Machine Check Exception: 0x4 Bank 7: 0xbc00004000010092',
    ],
    ...chipset(String.raw`CPU \d+: Machine Check `),
    rule: COLUMNS,
    fields: { cpu: int, mcgStatus: hex, bank: int, status: hex },
  },
  edac_chipset_tsc: {
    printer: 'drivers/edac/sb_edac.c sbridge_mce_check_error()',
    examples: [
      'EDAC sbridge MC1: TSC 0 ',
      'EDAC sbridge MC1: ADDR 7e56b5e40 EDAC sbridge MC1: MISC 140545486 ',
      'EDAC sbridge MC1: MISC 140545486 ',
      'EDAC sbridge MC1: PROCESSOR 0:306e4 TIME 1795378230 SOCKET 1 APIC 20',
    ],
    ...chipset('TSC ', 'ADDR ', 'MISC ', 'PROCESSOR '),
    rule: COLUMNS,
    fields: { tsc: hex, address: hex, misc: hex, vendor: int, cpuid: hex, time: int, socket: int, apic: hex },
  },
  edac_chipset: {
    printer: 'drivers/edac/sb_edac.c, skx_common.c, igen6_edac.c, i7core_edac.c, amd64_edac.c: what comes before the decoded error',
    examples: [
      'EDAC sbridge MC1: HANDLING MCE MEMORY ERROR',
      'EDAC amd64 MC0: CE ERROR_ADDRESS= 0x7e56b5e40',
      'EDAC igen6 MC0: ADDR_IN_MC 0x7e56b5e40',
    ],
    ...chipset('HANDLING ', '[CU]E ERROR_ADDRESS', 'ADDR_IN_MC '),
    reads: [/ERROR_ADDRESS= (?<address>0x[0-9a-f]+)/, /ADDR_IN_MC (?<address>0x[0-9a-f]+)/, /HANDLING/],
    fields: { address: hex },
  },
  edac_mc_chipset_printk: {
    printer: 'drivers/edac/xgene_edac.c xgene_edac_mc_check(), and other drivers that name the error themselves',
    examples: [
      'EDAC X-Gene MC0: MCU uncorrectable error at rank 2',
      'EDAC X-Gene MC0: MCU correctable error at rank 2 bank 1 column 40 row 1204 count 3',
    ],
    ...opening('mc', /EDAC [\w-]+ MC\d+: MCU (?:un)?correctable error/),
    reads: [
      /MC(?<controller>\d+): MCU (?<class>correctable) error at rank (?<rank>\d+) bank (?<bank>\d+) column (?<column>\d+) row (?<row>\d+) count (?<errors>\d+)/,
      /MC(?<controller>\d+): MCU (?<class>(?:un)?correctable) error at rank (?<rank>\d+)/,
    ],
    fields: { controller: int, class: words, rank: int, bank: int, column: int, row: int, errors: int },
  },
  edac_device_printk: {
    printer: 'drivers/edac/edac_device.c edac_device_handle_ce_count(), edac_device_handle_ue_count()',
    releases: 'a count since 5.2; the name before the class until 4.x',
    examples: [
      "EDAC DEVICE1: CE: driver_xyz instance: cpu2 block: L2 count: 3 'L2 correctable error'",
      "EDAC DEVICE1: driver_xyz: UE: instance: cpu2 block: L2 'L2 uncorrectable error'",
    ],
    ...opening('line', /EDAC DEVICE\d+: (?:[^\n:]{1,40}: )?[CU]E: /),
    reads: [
      /(?<controllerName>DEVICE\d+): (?<class>CE|UE): (?<name>\S+) instance: (?<instance>\S+) block: (?<block>\S+)(?: count: (?<errors>\d+))?(?: '(?<what>[^']*)')?/,
      /(?<controllerName>DEVICE\d+): (?<name>.*?): (?<class>CE|UE): instance: (?<instance>\S+) block: (?<block>\S+)(?: '(?<what>[^']*)')?/,
    ],
    fields: { controllerName: words, class: words, name: words, instance: words, block: words, errors: int, what: words },
  },
  edac_pci_dev_parity_test: {
    printer: 'drivers/edac/edac_pci_sysfs.c edac_pci_dev_parity_test()',
    examples: [
      'EDAC PCI: Detected Parity Error on 0000:04:00.0',
      'EDAC PCI: Bridge Master Data Parity Error on 0000:00:1e.0',
      'EDAC PCI: Signaled System Error on 0000:04:00.0',
    ],
    ...opening('line', /EDAC PCI: (?:Bridge )?(?:Detected Parity|Master Data Parity|Signaled System) Error on /),
    reads: [/PCI: (?:Bridge )?(?<what>\w[\w ]*? Error) on (?<device>\S+)/],
    fields: { what: words, device: words },
  },
  edac_pci_handle_pe: {
    printer: 'drivers/edac/edac_pci.c edac_pci_handle_pe(), edac_pci_handle_npe()',
    examples: ['EDAC PCI0: driver_xyz EDAC PCI: 0000:04:00.0 Parity Error'],
    ...opening('line', /EDAC PCI\d+: [^\n]{0,120}[Ee]rror/),
    reads: [/(?<controllerName>PCI\d+): (?<what>.*)/],
    fields: { controllerName: words, what: words },
  },
});
