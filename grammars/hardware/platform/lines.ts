import type { Family } from '../../common/family.ts';
import { alone } from '../line-keys.ts';
import { ACPI } from './acpi-lines.ts';
import { CLOCK } from './clock-lines.ts';
import { CPUS } from './cpu-lines.ts';
import { FIRMWARE } from './firmware-lines.ts';
import { MODULE_LINES } from './module-lines.ts';
import { PERIPHERALS } from './peripheral-lines.ts';
import { POWER } from './power-lines.ts';
import { THERMAL } from './thermal-lines.ts';

/** Heat and power, clocks, the firmware's tables, firmware that crashed, modules: what has no subsystem of its own. */
export const platform: Family = {
  name: 'platform',
  lines: [THERMAL, ACPI, CLOCK, CPUS, FIRMWARE, PERIPHERALS, POWER, MODULE_LINES].flatMap((table) => Object.values(table)),
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'clock', needs: 'nothing', key: () => 'clock' },
    { name: 'clock-field', needs: 'nothing', key: () => 'clock', further: true },
  ],
};
