import { type HeadRule, head } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** `mce: ` since 3.1; HW_ERR since 2.6.35; `HARDWARE ERROR` lines before. GHES numbers its records: `{1}[Hardware Error]: `. */
const HW = /(?:mce: )?(?:\{\d+\})?\[Hardware Error\]: */.source;
const MAYBE_HW = `(?:${HW})?`;
const re = (source: string) => new RegExp(source);

/** Machine checks, EDAC, APEI and CPER, memory failures. */
export const MEMORY_HEADS: readonly HeadRule[] = [
  // arch/x86/kernel/cpu/mce/core.c print_mce(), __print_mce() since 4.18: " Exception" only where MCG_STATUS says so, since 3.0.
  said(
    'print_mce',
    re(`${MAYBE_HW}CPU \\d+: Machine Check`),
    /CPU (?<cpu>\d+): Machine Check(?<exception> Exception)?(?: Event)?: *(?<mcgStatus>[0-9a-f]+) Bank (?<bank>\d+): (?<status>(?:0x)?[0-9a-f]+)/,
  ),
  head('print_mce_rip', re(`${HW}RIP`), /RIP(?<inexact> !INEXACT!)? (?<segment>[0-9a-f]{2}):<(?<ip>[0-9a-f]+)>(?: \{(?<frame>[^}]+)\})?/),
  head(
    'print_mce_tsc',
    re(`${HW}TSC `),
    /TSC (?<tsc>[0-9a-f]+)(?: ADDR (?<address>[0-9a-f]+))?(?: MISC (?<misc>[0-9a-f]+))?(?: PPIN (?<ppin>[0-9a-f]+))?(?: SYND (?<syndrome>[0-9a-f]+))?(?: IPID (?<ipid>[0-9a-f]+))?/,
  ),
  head(
    'print_mce_processor',
    re(`${HW}PROCESSOR `),
    /PROCESSOR (?<vendor>\d+):(?<cpuid>[0-9a-f]+) TIME (?<time>\d+) SOCKET (?<socket>\d+) APIC (?<apic>[0-9a-f]+)(?: microcode (?<microcode>[0-9a-f]+))?/,
  ),
  head('mce_panic', re(`${HW}Machine check: `), /Machine check: (?<reason>.*)/),
  head('mce_notify_irq', re(`${MAYBE_HW}Machine check events logged`)),
  said(
    'kill_me_maybe',
    /(?:Uncorrected|Corrected) hardware memory error in /,
    /(?<class>Uncorrected|Corrected) hardware memory error in (?<where>\S+) at (?<address>[0-9a-f]+)/,
  ),
  // drivers/edac/mce_amd.c amd_decode_mce(), decode_smca_error().
  head(
    'amd_decode_mce',
    re(`${HW}(?:Corrected error, no|Uncorrected, |Deferred error|System Fatal|CPU:\\d)`),
    /CPU:(?<cpu>\d+) \((?<model>[^)]*)\) MC(?<bank>\d+)_STATUS(?:\[(?<flags>[^\]]*)\])?: (?<status>0x[0-9a-f]+)/,
    /\]: *(?<class>Corrected|Uncorrected|Deferred|System Fatal)/,
  ),
  head('amd_decode_address', re(`${HW}Error Addr: `), /Addr: (?<address>0x[0-9a-f]+)/),
  head(
    'decode_smca_error',
    re(`${HW}[^\\n:]+? Ext\\. Error Code: `),
    /\]: *(?<unit>[^:]+?) Ext\. Error Code: (?<extended>\d+)(?:, (?<what>.*?)\.?$)?/,
  ),
  head(
    'amd_decode_unit',
    re(`${HW}(?:MC\\d+ Error|Northbridge Error|cache level: )`),
    /\]: *(?<unit>MC\d+|Northbridge) Error[^:]*: (?<what>.*?)\.?$/,
  ),
  // drivers/acpi/apei/ghes.c __ghes_print_estatus(), bert.c bert_print_all(); drivers/firmware/efi/cper.c (apei/cper.c before 3.11).
  head('__ghes_print_estatus', re(`${HW}(?:Hardware error from APEI|APEI generic hardware error)`), /Source: (?<source>\d+)/),
  said('bert_print_all', /Error records from previous boot/),
  head('cper_estatus_print', re(`${HW}(?:event )?severity: `), /severity: (?:\d+, )?(?<severity>[\w-]+)/),
  head(
    'cper_estatus_print_section',
    re(`${HW}(?:Error \\d+, type|section_type|section type|section): `),
    /section.?type: (?<section>.+)/,
    /section: \d+, (?<sectionSeverity>.+)/,
  ),
  head('cper_print_fru', re(`${HW}fru_text: `), /fru_text: (?<fru>.+)/),
  head('cper_print_mem_type', re(`${HW}error_type: `), /error_type: (?:(?:0x)?[0-9a-f]+, )?(?<what>.+)/),
  head('cper_print_mem_pa', re(`${HW}physical_address: `), /physical_address: (?<address>0x[0-9a-f]+)/),
  head(
    'cper_mem_err_location',
    re(`${HW}(?:node|card|module|rank|bank|device|row): ?\\d`),
    /(?:node: ?(?<node>\d+) ?)?(?:card: ?(?<card>\d+) ?)?(?:module: ?(?<module_>\d+) ?)?(?:rank: ?(?<rank>\d+) ?)?(?:bank: ?(?<bank>\d+) ?)?(?:device: ?(?<chip>\d+) ?)?(?:row: ?(?<row>\d+) ?)?(?:column: ?(?<column>\d+) ?)?/,
  ),
  head('cper_dimm_err_location', re(`${HW}DIMM location: `), /DIMM location: (?<dimm>.*?) *$/),
  head(
    'cper_print_pcie',
    re(`${HW}(?:device_id|vendor_id|port_type): `),
    /\]: *device_id: (?<device>[0-9a-f]{4}:\S+)/,
    /vendor_id: 0x(?<vendorId>[0-9a-f]+), device_id: 0x(?<deviceId>[0-9a-f]+)/,
  ),
  head('cper_print_aer', re(`${HW}aer_`), /aer_(?:un)?cor_status: (?<status>0x[0-9a-f]+)/),
  head('hw_err', re(HW)),
  // drivers/edac/edac_mc.c edac_mc_printk(): one line since 3.5; "CE page 0x…, offset …, row 0, channel 1, label" before.
  head(
    'edac_mc_printk',
    /EDAC MC\d+: (?:\d+ )?(?:CE|UE)[ :]/,
    /MC(?<controller>\d+): (?<errors>\d+) (?<class>CE|UE) (?:(?<what>.*?) )?on (?<label>.*?) \((?:channel:(?<channel>\d+) )?(?:slot:(?<slot>\d+) )?(?:csrow:(?<row>\d+) )?(?:channel:(?<channel2>\d+) )?page:(?<page>0x[0-9a-f]+) offset:(?<offset>0x[0-9a-f]+)(?: grain:(?<grain>\d+))?(?: syndrome:(?<syndrome>0x[0-9a-f]+))?/,
    /MC(?<controller>\d+): (?<errors>\d+) (?<class>CE|UE) (?:(?<what>.*?) )?on (?<label>.+?)(?: \(|$)/,
    /MC(?<controller>\d+): (?<class>CE|UE) page (?<page>0x[0-9a-f]+), offset (?<offset>0x[0-9a-f]+), grain (?<grain>\d+)(?:, syndrome (?<syndrome>0x[0-9a-f]+))?, row (?<row>\d+)(?:, channel (?<channel>\d+))?,? labels? "(?<label>[^"]*)"/,
    /MC(?<controller>\d+): (?<class>CE|UE)(?: -)? (?<what>[^:]*)/,
  ),
  head(
    'edac_device_printk',
    /EDAC (?:DEVICE\d+|PCI\d*|[\w-]+ MC\d+): /,
    /EDAC (?<controllerName>DEVICE\d+): (?<name>.*?):? (?<class>CE|UE):? .*?instance: (?<instance>\S+) block: (?<block>\S+)/,
    /EDAC (?<controllerName>[^:]+): (?:.*\b(?<class>CE|UE)\b)?(?<what>.*)/,
  ),
  // mm/memory-failure.c action_result(), kill_proc(); soft offlining is orderly.
  head(
    'action_result',
    /(?:Memory failure|MCE):? 0x[0-9a-f]+: /,
    /0x(?<pfn>[0-9a-f]+): recovery action for (?<page_>.*?): (?<result>\w+)/,
    /0x(?<pfn>[0-9a-f]+): (?:Killing|Sending SIG\w+ to|killing) (?<comm>.*):(?<pid>\d+) due to hardware memory corruption/,
    /0x(?<pfn>[0-9a-f]+): (?<result>.*)/,
  ),
  // arch/powerpc/kernel/mce.c machine_check_print_event_info(): "MCE: CPU2: …" since 5.1, "Severe Machine check interrupt [Recovered]" before.
  head(
    'machine_check_print_event_info',
    /MCE: CPU\d+: |(?:Severe|Warning|Fatal|Harmless) Machine check interrupt/,
    /CPU(?<cpu>\d+): machine check \((?<level>\w+)\) +(?<what>.*?)(?: (?:DAR|paddr|at):.*?)? \[(?<result>[^\]]+)\]/,
    /CPU(?<cpu>\d+): (?<rest>.*)/,
    /(?<level>\w+) Machine check interrupt(?: \[(?<result>[^\]]+)\])?/,
  ),
];
