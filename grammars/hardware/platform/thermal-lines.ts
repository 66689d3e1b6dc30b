import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, secondLetter, starts } from '../opens.ts';

/** Heat, power and watchdogs. */
export const THERMAL = lines({
  therm_throt_process: {
    printer: 'drivers/thermal/intel/therm_throt.c therm_throt_process()',
    releases: 'arch/x86/kernel/cpu/mce until 5.5; `temperature is above` since 6.4; no level before 2.6.37; `mce: ` before it 3.3–5.5',
    examples: [
      'CPU3: Core temperature above threshold, cpu clock throttled (total events = 12)',
      'mce: CPU3: Package temperature is above threshold, cpu clock is throttled (total events = 12)',
      'CPU3: Temperature above threshold, cpu clock throttled',
      'CPU3: Core power limit notification (total events = 5)',
    ],
    start: /(?:mce: )?CPU\d+: (?:Core |Package )?(?:[Tt]emperature (?:is )?above threshold|power limit notification)/,
    opens: [
      {
        form: 'line',
        literals: ['CPU'],
        at: 'message',
        test: (text, at) =>
          'CPTtp'.includes(secondLetter(text, at)) &&
          /^CPU\d+: (?:Core |Package )?(?:[Tt]emperature (?:is )?above|power limit notification)/.test(text.slice(at, at + 60)),
      },
    ],
    reads: [
      /CPU(?<cpu>\d+): (?<level>Core|Package) (?<what>temperature (?:is )?above threshold|power limit notification).*\(total events = (?<total>\d+)\)/,
      /CPU(?<cpu>\d+): (?:(?<level>Core|Package) )?(?<what>[Tt]emperature (?:is )?above threshold|power limit notification)/,
    ],
    fields: { cpu: int, level: words, what: words, total: int },
  },
  thermal_zone_device_critical: {
    printer: 'drivers/thermal/thermal_core.c thermal_zone_device_halt()',
    releases: 'the name of the zone since 5.12; `, shutting down` until 5.11; words of ACPI until 2.6.2x',
    examples: [
      'thermal thermal_zone0: acpitz: critical temperature reached',
      'thermal thermal_zone0: critical temperature reached (120 C), shutting down',
      'ACPI: Critical temperature reached (105 C), shutting down.',
    ],
    ...says('line', ['critical temperature reached', 'Critical temperature reached', 'critical temperature reached, shutting down']),
    reads: [
      /thermal_zone(?<zone>\d+): (?<device>[^:]+): critical temperature reached/,
      /thermal_zone(?<zone>\d+): critical temperature reached ?\((?<celsius>-?\d+) ?C\)/,
      /ritical temperature reached ?\((?<celsius>-?\d+) ?C\)/,
      /(?<what>[Cc]ritical temperature reached)/,
    ],
    fields: { zone: int, device: words, celsius: int, what: words },
  },
  hw_protection_shutdown: {
    printer: 'kernel/reboot.c __hw_protection_trigger()',
    releases: 'since 5.14; hw_protection_shutdown() until 6.14',
    examples: ['reboot: HARDWARE PROTECTION shutdown (Temperature too high)'],
    ...says('line', ['HARDWARE PROTECTION ']),
    reads: [/HARDWARE PROTECTION (?<action>\w+) \((?<reason>[^)]*)\)/],
    fields: { action: words, reason: words },
  },
  gpu_over_temperature: {
    printer: 'drivers/gpu/drm/amd/pm/swsmu/amdgpu_smu.c smu_swctf_delayed_work_handler(); nouveau/nvkm/subdev/therm/temp.c',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: ERROR: GPU over temperature range(SW CTF) detected!',
      "nouveau 0000:01:00.0: therm: temperature (105 C) hit the 'shutdown' threshold",
    ],
    ...says('line', ['ERROR: GPU over temperature range', 'temperature ('], (text) =>
      /GPU over temperature range|hit the '(?:critical|shutdown|downclock)' threshold/.test(text),
    ),
    start: /[^\n]{1,60}: (?:ERROR: GPU over temperature range|temperature \(\d+ C\) hit the ')/,
    reads: [
      /^(?<driver>\w+) (?<device>[0-9a-f:.]+): .*(?<what>over temperature range)/,
      /^(?<driver>\w+) (?<device>[0-9a-f:.]+): .*temperature \((?<celsius>\d+) C\) hit the '(?<what>[\w ]+)' threshold/,
    ],
    fields: { driver: words, device: words, what: words, celsius: int },
  },
  undervoltage: {
    printer: 'drivers/hwmon/raspberrypi-hwmon.c rpi_firmware_get_throttled()',
    releases: '`Under-voltage detected! (0x00050005)` of the vendor until 4.19',
    examples: ['hwmon hwmon1: Undervoltage detected!', 'Under-voltage detected! (0x00050005)'],
    ...says('line', ['Undervoltage detected!', 'Under-voltage detected!']),
    reads: [/^hwmon (?<device>hwmon\d+): (?<what>Undervoltage)/, /(?<what>Under-voltage)/],
    fields: { device: words, what: words },
  },
  sensor_out_of_range: {
    printer: 'drivers/hwmon/lm90.c lm90_report_alarms()',
    examples: ['lm90 0-004c: temp1 out of range, please check!'],
    ...says('line', ['temp'], (text) => text.includes(' out of range, please check!')),
    start: /[^\n]{1,60}: temp\d+ out of range, please check!/,
    reads: [/^(?<driver>\S+) (?<device>\S+): (?<sensor>temp\d+) out of range/],
    fields: { driver: words, device: words, sensor: words },
  },
  watchdog_pretimeout: {
    printer: 'drivers/watchdog/pretimeout_noop.c pretimeout_noop()',
    releases: 'since 4.9',
    examples: ['pretimeout_noop: watchdog0: pretimeout event', 'watchdog0: pretimeout event'],
    start: /(?:\w+: )?watchdog\d+: pretimeout event/,
    opens: [{ form: 'line', literals: ['watchdog'], at: 'message', test: (text) => text.endsWith(': pretimeout event') }],
    reads: [/(?<device>watchdog\d+): pretimeout event/],
    fields: { device: words },
  },
  softdog_fire: {
    printer: 'drivers/watchdog/softdog.c softdog_fire()',
    releases: '`SoftDog: ` until 3.x',
    examples: ['softdog: Initiating system reboot', 'softdog: Triggered - Reboot ignored'],
    ...starts('line', ['softdog: Initiating system reboot', 'softdog: Triggered - Reboot ignored', 'SoftDog: Initiating system reboot.']),
    reads: [/[sS]oft[dD]og: (?<what>Initiating system reboot|Triggered - Reboot ignored)/],
    fields: { what: words },
  },
  watchdog_bark: {
    printer: 'drivers/soc/qcom/watchdog_v2.c wdog_bark_handler() of phones with Qualcomm chips',
    releases: '`QCOM Apps Watchdog` since 4.9',
    examples: [
      'msm_watchdog 17980000.qcom,wdt: Watchdog bark! Now = 931.201116',
      'msm_watchdog 17980000.qcom,wdt: QCOM Apps Watchdog bark! Now = 931.201116',
      'Causing a watchdog bite!',
      'Causing a QCOM Apps Watchdog bite!',
    ],
    ...says('line', [
      'Watchdog bark! Now = ',
      'QCOM Apps Watchdog bark! Now = ',
      'Causing a watchdog bite!',
      'Causing a QCOM Apps Watchdog bite!',
    ]),
    reads: [/(?<what>Watchdog bark)/, /(?<what>[Ww]atchdog bite)/],
    fields: { what: words },
  },
  hardware_watchdog_bit: {
    printer: 'drivers/watchdog/sp5100_tco.c tco_timer_init(), iTCO_wdt.c iTCO_wdt_probe() and others that know why the machine booted',
    examples: [
      'sp5100-tco sp5100-tco: Last reboot was triggered by watchdog.',
      'driver_xyz: Previous reset was caused by watchdog',
      'sbsa-gwdt 2a440000.watchdog: System reset by WDT.',
    ],
    ...says('line', [
      ...[
        'Last reboot was triggered by watchdog',
        'Previous reset was caused by watchdog',
        'Watchdog reset detected',
        'System reset by WDT',
      ],
    ]),
    reads: [/^(?<driver>[\w-]+)[ :]/],
    fields: { driver: words },
  },
  microcode_update_failed: {
    printer: 'arch/x86/kernel/cpu/microcode/intel.c apply_microcode_late(), core.c load_late_stop_cpus()',
    releases: '`update to revision … failed` until 6.6',
    examples: [
      'microcode: CPU3 update to revision 0x2b000181 failed!',
      'microcode: load failed on primary CPUs',
      'microcode: Reload failed, current microcode revision: 0x2b000161',
    ],
    ...starts('line', ['microcode: '], (text) =>
      /^microcode: (?:CPU\d+ update to revision \S+ failed|.*[Ll]oad(?:ing)? failed|Error loading)/.test(text),
    ),
    start: /microcode: (?:CPU\d+ update to revision|[^\n]{0,40}[Ll]oad(?:ing)? failed|Error loading)/,
    reads: [
      /CPU(?<cpu>\d+) update to revision (?<revision>0x[0-9a-f]+) failed/,
      /current microcode revision: (?<revision>0x[0-9a-f]+)/,
      /microcode: /,
    ],
    fields: { cpu: int, revision: words },
  },
});
