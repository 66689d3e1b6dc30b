import type { Family } from '../../common/family.ts';
import { alone } from '../line-keys.ts';
import { AMD } from './amd-lines.ts';
import { CPER } from './cper-lines.ts';
import { EDAC } from './edac-lines.ts';
import { GHES } from './ghes-lines.ts';
import { MCE } from './mce-lines.ts';
import { MEMORY } from './memory-lines.ts';
import { recordOf } from './opens.ts';

const found = (pattern: RegExp) => (text: string) => pattern.exec(text)?.[0] ?? '';
const controller = found(/MC\d+/);
const pfn = found(/0x[0-9a-f]+/);
const cpu = found(/CPU\d+/);

/** What the hardware itself reports of its memory, caches and buses: arch/x86/kernel/cpu/mce, drivers/edac, drivers/acpi/apei. */
export const ras: Family = {
  name: 'ras',
  lines: [MCE, AMD, GHES, CPER, EDAC, MEMORY].flatMap((table) => Object.values(table)),
  forms: [
    // the lines of the machine check follow the one that announces it
    { name: 'record', needs: 'nothing', key: recordOf, after: ['notified'] },
    { name: 'bert', needs: 'nothing', key: () => 'mce' },
    { name: 'cper', needs: 'nothing', key: recordOf, after: ['bert', 'record'] },
    // where the lines before it are lost, a section begins the record
    { name: 'section', needs: 'nothing', key: recordOf, after: ['bert', 'record', 'cper', 'section'] },
    { name: 'field', needs: 'nothing', key: recordOf, further: true },
    { name: 'notified', needs: 'nothing', key: recordOf },
    { name: 'logged', needs: 'nothing', key: alone, single: true },
    { name: 'line', needs: 'nothing', key: alone, single: true },
    // the driver of a memory controller tells of the machine check before the core names the memory
    { name: 'edac', needs: 'nothing', key: controller, after: ['edac'] },
    { name: 'mc', needs: 'nothing', key: controller, after: ['edac'] },
    { name: 'poison', needs: 'nothing', key: pfn, after: ['poison'] },
    { name: 'power', needs: 'nothing', key: cpu },
    { name: 'power-field', needs: 'nothing', key: cpu, further: true },
    { name: 'old-power', needs: 'nothing', key: () => 'power' },
    { name: 'old-power-field', needs: 'nothing', key: () => 'power', further: true },
  ],
};
