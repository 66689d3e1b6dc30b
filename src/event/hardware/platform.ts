import { plain, type Rules } from './old-rule.ts';

const HEX_ID = /^[0-9a-f]{4}:/;

export const PLATFORM_RULES: Rules = {
  therm_throt_process: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) =>
      /power/.test(f.what ?? '')
        ? `CPU power limit reached`
        : `CPU throttled: ${(f.level ?? 'core').toLowerCase()} temperature above threshold`,
    fold: [],
  },
  thermal_zone_device_critical: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'Critical temperature reached[ ({device})]',
    fold: ['zone', 'device'],
  },
  acpi_error: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) =>
      `ACPI error: ${plain(f.what ?? 'unknown')}${f.object === undefined ? '' : ` in ${f.object.replace(/[^\x21-\x7e]/g, '?').slice(0, 80)}`}`,
    fold: [],
  },
  clocksource_watchdog: {
    kind: 'hardware-error',
    severity: 'warning',
    title: 'Clocksource {device} unstable',
    unless: (f) => f.device === undefined,
  },
  mark_tsc_unstable: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) => `Clocksource tsc unstable: ${plain(f.reason ?? 'unknown reason')}`,
    // "TSCs unsynchronized" is a choice at boot, not a fault.
    unless: (f) => /^TSCs unsynchronized|^running on|^KVM|^cpufreq/.test(f.reason ?? ''),
  },
  firmware_crash: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `Firmware crash${f.driver === undefined || HEX_ID.test(f.driver) ? '' : ` of ${f.driver.replace(/_?\d+$/, '')}`}`,
    fold: ['driver', 'device'],
  },
  request_firmware: { kind: 'hardware-error', severity: 'warning', title: 'Firmware {firmware} failed to load' },
  xhci_hc_died: { kind: 'hardware-error', severity: 'error', title: 'USB host controller died', fold: ['device'] },
  hub_over_current: { kind: 'hardware-error', severity: 'warning', title: 'USB over-current' },
  load_module: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `Module${f.module === undefined ? '' : ` ${f.module}`} failed to load: ${plain(f.what ?? 'unknown reason')}`,
    fold: [],
  },
};
