import type { OldFamily as Family } from '../../common/legacy.ts';
import { alone, says, starts } from './line-keys.ts';

const MODULE =
  /^[\w-]+: (?:disagrees about version of symbol |Unknown symbol \S+ \(err|version magic '|no symbol version for |exports duplicate symbol )|^(?:\S+: )?Loading of .*is rejected/;
const FIRMWARE =
  /Microcode SW error detected|[Ff]irmware (?:has )?(?:crashed|halted)|firmware error detected|FW in FAULT state|fault_state\(0x|Controller lockup detected|Adapter (?:is )?in fault|ISP System Error|Health issue observed|device's health compromised/;

/** Lines in which drivers say that their device is ill. */
export const platform: Family = {
  name: 'platform',
  openers: [
    {
      text: 'CPU',
      form: 'line',
      at: 'message',
      test: (t, i) =>
        /^CPU\d+: (?:(?:Core |Package )?[Tt]emperature above|(?:Core |Package )?power limit notification)/.test(t.slice(i, i + 80)),
    },
    ...says('line', 'critical temperature reached', 'Critical temperature reached'),
    ...starts('line', 'ACPI Error: ', 'ACPI Exception: ', 'ACPI BIOS Error (bug): ', 'ACPI BIOS Error: '),
    { text: 'clocksource: timekeeping watchdog', form: 'clock', test: (t) => t.includes('unstable') },
    { text: 'clocksource: ', form: 'clock-field', test: (t) => /^clocksource: +'[^']+' (?:wd|cs|skewed)/.test(t) },
    { text: 'Clocksource ', form: 'line', test: (t) => / unstable \(delta/.test(t) },
    ...starts('clock-field', 'tsc: Marking TSC unstable due to clocksource'),
    ...starts('line', 'tsc: Marking TSC unstable due to ', 'Marking TSC unstable due to '),
    ...[
      'Microcode SW error',
      'Firmware',
      'firmware',
      'FW in FAULT',
      'fault_state(0x',
      'Controller lockup',
      'controller lockup',
      'Adapter',
      'print_health_info',
      'Health issue',
      "device's health",
      'ISP System Error',
    ].map((text) => ({
      text,
      form: 'line',
      at: 'message' as const,
      test: (t: string) => FIRMWARE.test(t),
    })),
    { text: 'qla2xxx [', form: 'line', test: (t) => t.includes('ISP System Error') },
    ...says('line', 'xHCI host controller not responding, assume dead', 'HC died; cleaning up', 'over-current condition'),
    ...says(
      'line',
      'disagrees about version of symbol ',
      'Unknown symbol ',
      "version magic '",
      'Loading of ',
      'no symbol version for ',
      'exports duplicate symbol ',
    ).map((o) => ({
      ...o,
      test: (t: string) => MODULE.test(t),
    })),
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'clock', needs: 'nothing', key: () => 'clock' },
    { name: 'clock-field', needs: 'nothing', key: () => 'clock', further: true },
  ],
};
