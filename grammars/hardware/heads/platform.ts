import { type HeadRule, head } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** Heat and power, clocks, firmware, graphics, modules: what has no subsystem of its own. */
export const PLATFORM_HEADS: readonly HeadRule[] = [
  // arch/x86/kernel/cpu/mce/therm_throt.c therm_throt_process(); "mce: " before it from 3.3 to 5.5, no level before 2.6.37.
  said(
    'therm_throt_process',
    /CPU\d+: (?:Core |Package )?(?:[Tt]emperature above|power limit)/,
    /CPU(?<cpu>\d+): (?:(?<level>Core|Package) )?(?<what>[Tt]emperature above threshold|power limit notification)(?:.*\(total events = (?<total>\d+)\))?/,
  ),
  said('therm_throt_normal', /CPU\d+: (?:Core |Package )?(?:[Tt]emperature\/speed|power limit) normal/),
  // drivers/thermal/thermal_core.c handle_critical_trips(): "thermal thermal_zone0: acpitz: critical temperature reached" since 5.12.
  said(
    'thermal_zone_device_critical',
    /[Cc]ritical temperature reached/,
    /(?:thermal_zone(?<zone>\d+): )?(?:(?<device>[^:]+): )?critical temperature reached(?: ?\((?<celsius>\d+) ?C\))?/,
    /ritical temperature reached(?: ?\((?<celsius>\d+) ?C\))?/,
  ),
  // drivers/acpi/acpica: "ACPI Error: ", "ACPI Exception: ", "ACPI BIOS Error (bug): ", "ACPI BIOS Warning (bug): ".
  head(
    'acpi_error',
    /ACPI (?:BIOS )?(?:Error|Exception)(?: \(bug\))?: /,
    /: (?:Method parse\/execution failed|Aborting method) \[?(?<object>\\?[\w.]+)\]?.*?(?:, |\()(?<what>AE_\w+)/,
    /: Could not (?<operation>\w+) (?:symbol )?\[(?<object>[^\]]+)\], (?<what>AE_\w+)/,
    /: (?:\[(?<object>[^\]]+)\] .*?)?(?<what>AE_\w+)/,
    /: (?<what>[^[(0-9]+)/,
  ),
  // kernel/time/clocksource.c clocksource_watchdog(), __clocksource_unstable(); one line "Clocksource tsc unstable (delta = … ns)" until 3.19.
  head(
    'clocksource_watchdog',
    /clocksource: timekeeping watchdog|Clocksource |clocksource: '?\w+'? wd|clocksource: +'/,
    /watchdog(?: on CPU(?<cpu>\d+))?: (?:Marking clocksource )?'(?<device>[^']+)'.* (?:as )?unstable/,
    /Clocksource (?<device>\S+) unstable \(delta = (?<deltaNs>-?\d+) ns\)/,
    /'(?<watchdog>[^']+)' wd_nsec: (?<watchdogNs>\d+)/,
    /'(?<counter>[^']+)' cs_nsec: (?<counterNs>\d+)/,
  ),
  head('mark_tsc_unstable', /tsc: Marking TSC unstable due to |Marking TSC unstable due to /, /unstable due to (?<reason>.*)/),
  // Firmware of network, storage and video adapters; each driver has its own words.
  said(
    'firmware_crash',
    /Microcode SW error detected|[Ff]irmware (?:has )?(?:crashed|halted|hang)|firmware error detected|[Ff]irmware crash|FW in FAULT state|fault_state\(0x|Controller lockup detected|Adapter (?:is )?in fault|ISP System Error|print_health_info|Health issue observed|device's health compromised|fw fatal error|firmware assert/,
    /^(?<driver>[\w-]+) (?<device>[\w:.-]+?):? /,
    /^(?<driver>[\w-]+)[: ]/,
  ),
  said('request_firmware', /Direct firmware load for /, /Direct firmware load for (?<firmware>\S+) failed with error (?<errno>-?\d+)/),
  // drivers/usb: host controllers that die, ports that draw too much.
  said(
    'xhci_hc_died',
    /(?:xHCI host controller not responding, assume dead|HC died; cleaning up|Host halt failed, -\d+|host controller halted)/,
    /^(?<driver>\w+) (?<device>\S+): (?<what>.*)/,
  ),
  said('hub_over_current', /over-current (?:condition|change)/, /^(?:usb|hub) (?<device>[\w.:-]+): over-current (?:condition|change)/),
  // kernel/module/main.c, version.c, signing.c: why a module did not load.
  said(
    'load_module',
    /disagrees about version of symbol |Unknown symbol \S+ \(err|version magic '|Loading of (?:unsigned )?module|no symbol version for |module is already loaded|duplicate symbol |exports duplicate symbol |gave up waiting for init/,
    /^(?<module_>[\w-]+): (?<what>disagrees about version of symbol|Unknown symbol|no symbol version for) (?<symbol>\S+)(?: \(err (?<errno>-?\d+)\))?/,
    /^(?<module_>[\w-]+): (?<what>version magic) '(?<magic>[^']*)' should be '(?<wanted>[^']*)'/,
    /(?<what>Loading of .*?is rejected)/,
    /^(?<module_>[\w-]+): (?<what>.*?)(?: \S+ \(owned by .*)?$/,
  ),
];
