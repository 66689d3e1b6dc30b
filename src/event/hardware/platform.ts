import { ACPI } from '../../../grammars/hardware/platform/acpi-lines.ts';
import { CLOCK } from '../../../grammars/hardware/platform/clock-lines.ts';
import { CPUS } from '../../../grammars/hardware/platform/cpu-lines.ts';
import { FIRMWARE } from '../../../grammars/hardware/platform/firmware-lines.ts';
import { MODULE_LINES } from '../../../grammars/hardware/platform/module-lines.ts';
import { PERIPHERALS } from '../../../grammars/hardware/platform/peripheral-lines.ts';
import { POWER } from '../../../grammars/hardware/platform/power-lines.ts';
import { THERMAL } from '../../../grammars/hardware/platform/thermal-lines.ts';
import { plain, printable } from './plain.ts';
import { each, type Outcome, rule } from './rule.ts';

/** The name of a driver without the number of its instance; neither a PCI address nor the class of a radio is a name. */
const driverOf = (driver: string | undefined): string =>
  driver === undefined || /^[0-9a-f]{4}:|^ieee80211$/.test(driver)
    ? ''
    : ` of ${driver === 'brcmf' ? 'brcmfmac' : driver.replace(/_?\d+$/, '')}`;
const firmware = ({ driver }: { readonly driver?: string }): string => `Firmware crash${driverOf(driver)}`;
const objectOf = (object: string): string =>
  printable(object)
    .replace(/[^\x21-\x7e]/g, '?')
    .slice(0, 80);

interface Told {
  readonly driver?: string;
  readonly device?: string;
  readonly what?: string;
}
const says = ({ driver, device, what }: Told): string =>
  `${driver ?? device?.replace(/\d+$/, '') ?? 'device'}: ${plain(what?.replace(/^<\w+> |^\w+: /, '') ?? 'error')}`;

const boundTo = (driver: string | undefined): string => (driver === undefined ? '' : ` (${driver})`);

/** Heat and power, clocks, ACPI, firmware, modules. */
export const PLATFORM_RULES = [
  rule([THERMAL.therm_throt_process], {
    severity: 'warning',
    title: ({ what, level }) =>
      /power/.test(what ?? '')
        ? 'CPU power limit reached'
        : `CPU throttled: ${(level ?? 'core').toLowerCase()} temperature above threshold`,
    fold: [],
  }),
  rule([THERMAL.thermal_zone_device_critical], { title: 'Critical temperature reached[ ({device})]', fold: ['zone', 'device'] }),
  rule([THERMAL.hw_protection_shutdown], { title: 'Hardware protection: {action}[ ({reason})]' }),
  rule([THERMAL.gpu_over_temperature], {
    severity: ({ what }) => (what === 'downclock' ? 'warning' : 'error'),
    title: '{driver}: GPU too hot',
  }),
  rule([THERMAL.undervoltage], { severity: 'warning', title: 'Undervoltage detected', fold: [] }),
  rule([THERMAL.sensor_out_of_range], { severity: 'warning', title: 'Temperature out of range ({sensor})' }),
  rule([THERMAL.watchdog_pretimeout], { title: 'Watchdog about to fire ({device})' }),
  rule([THERMAL.softdog_fire], { title: 'Software watchdog fired' }),
  rule([THERMAL.watchdog_bark], { title: 'Hardware watchdog was not fed in time', fold: [] }),
  rule([THERMAL.hardware_watchdog_bit], { severity: 'warning', title: 'Last boot was ended by the watchdog[ ({driver})]' }),
  rule([THERMAL.microcode_update_failed], { title: 'Microcode not updated', fold: ['revision'] }),
  rule([ACPI.acpi_error], {
    severity: 'warning',
    title: ({ what, object, element }) =>
      what === 'has no handler'
        ? `ACPI error: region ${objectOf(element ?? '?')} has no handler`
        : `ACPI error${what === undefined ? '' : `: ${plain(what)}`}${object === undefined ? '' : ` in ${objectOf(object)}`}`,
    fold: [],
  }),
  rule([CLOCK.clocksource_watchdog, CLOCK.clocksource_intervals, CLOCK.clocksource_other, CLOCK.mark_tsc_unstable], {
    severity: 'warning',
    title: 'Clocksource {device} unstable',
    unless: ({ device }) => device === undefined,
  }),
  rule([CLOCK.mark_tsc_unstable], {
    severity: 'warning',
    title: ({ reason }) => `Clocksource tsc unstable${reason === undefined ? '' : `: ${plain(reason)}`}`,
    weak: true,
    // "TSCs unsynchronized" and its like are decisions at boot, no faults
    unless: ({ reason }) => /^TSCs unsynchronized|^running on|^boot parameter|^KVM|^cpufreq/.test(reason ?? ''),
  }),
  ...each(Object.values(CPUS), { title: ({ what }) => `CPU ${plain(what ?? 'failed')}`, fold: ['what'] }),
  rule([FIRMWARE.mt76_mcu_timeout], { title: 'Firmware of {driver} does not answer', fold: ['driver', 'device'], outcome: 'reset' }),
  ...each([FIRMWARE.wireless_firmware_crash, FIRMWARE.adapter_firmware_fault, FIRMWARE.nic_firmware_health], {
    title: firmware,
    fold: ['driver', 'device'],
    outcome: ({ what }): Outcome | undefined => (/Microcode SW error|Hardware error/.test(what ?? '') ? 'reset' : undefined),
  }),
  // one transfer or command that was not answered: its user says whether anything came of it
  ...each([PERIPHERALS.i2c_timeout, PERIPHERALS.i2c_bus_lost, PERIPHERALS.spi_transfer_timed_out], { title: says, severity: 'warning' }),
  ...each([PERIPHERALS.hda_codec, PERIPHERALS.tpm_transmit], { title: says, severity: 'warning' }),
  // a code of its own is an answer, as of a TPM that is switched off; an error of the bus is none
  rule([PERIPHERALS.tpm_transmit_cmd], { title: says, severity: ({ code }) => (code !== undefined && code > 0 ? 'info' : 'warning') }),
  rule([PERIPHERALS.hci_firmware], { title: ({ what }) => `Bluetooth: ${plain(what ?? 'firmware not loaded')}`, severity: 'warning' }),
  rule([PERIPHERALS.hci_cmd_timeout], {
    severity: 'warning',
    title: ({ what }) => (/error/i.test(what ?? '') ? 'Bluetooth: hardware error' : 'Bluetooth: controller does not answer'),
  }),
  rule([PERIPHERALS.sof_dsp], {
    severity: ({ what }) => (what === 'DSP panic!' ? 'error' : 'warning'),
    title: ({ what }) => `Audio DSP: ${what?.startsWith('DSP') ? 'panic' : 'firmware does not answer'}`,
  }),
  rule([PERIPHERALS.tegra30_mc_handle_irq], { title: 'Memory controller: {what}', fold: ['device', 'client', 'what'] }),
  rule([PERIPHERALS.tegra_cbb_error], { title: 'Control backbone error on {device}' }),
  rule([PERIPHERALS.rproc_crash], { title: 'Coprocessor crashed[: {firmware}]' }),
  rule([PERIPHERALS.q6v5_interrupts], {
    title: ({ what }) => `Coprocessor: ${what?.startsWith('watchdog') ? 'watchdog' : 'fatal error'}`,
  }),
  // a driver that refuses keeps the machine awake; one that does not wake up is lost
  rule([POWER.pm_dev_err], {
    severity: ({ what }) => (/resume|thaw|restore|recover/.test(what ?? '') ? 'error' : 'warning'),
    title: ({ device, what, driver }) => `${device ?? 'Device'}${boundTo(driver)} failed to ${what ?? 'change its power state'}`,
    fold: ['device', 'what'],
  }),
  ...each(Object.values(MODULE_LINES), {
    title: ({ module, what }) =>
      `Module${module === undefined ? '' : ` ${module}`} failed to load${what === undefined ? '' : `: ${plain(what)}`}`,
    fold: [],
  }),
];
