import type { Family } from '../../common/family.ts';
import { alone, pciAddress } from '../line-keys.ts';
import { AER_LINES, EEH } from './aer-lines.ts';
import { PCI } from './pci-lines.ts';

/**
 * The function that a root port names as the source: `0000:01:00.0`, or `id=0100` until 4.17. Source 0 is none: the port speaks for
 * itself.
 */
function source(text: string): string | undefined {
  const said = /received(?: from|:)? (?:id=)?([0-9a-f:.]+)/.exec(text)?.[1];
  if (said === undefined || isNone(said)) return pciAddress(text);
  if (said.includes(':')) return said;
  const id = Number.parseInt(said, 16);
  const hex = (n: number) => n.toString(16).padStart(2, '0');
  return `0000:${hex(id >> 8)}:${hex((id >> 3) & 31)}.${id & 7}`;
}
const isNone = (id: string): boolean => id === '0000' || id.endsWith(':00:00.0');

/** PCI Express: each line names the function it is about, those of a recovery the port above it. */
export const bus: Family = {
  name: 'bus',
  lines: [AER_LINES, EEH, PCI].flatMap((table) => Object.values(table)),
  forms: [
    { name: 'received', needs: 'nothing', key: source },
    { name: 'error', needs: 'nothing', key: pciAddress, after: ['received'] },
    { name: 'lost', needs: 'nothing', key: pciAddress },
    { name: 'contained', needs: 'nothing', key: pciAddress, after: ['received'], adopts: ['lost'] },
    { name: 'field', needs: 'nothing', key: pciAddress, further: true },
    { name: 'outcome', needs: 'nothing', key: () => undefined, further: true },
    { name: 'link', needs: 'nothing', key: pciAddress, after: ['link'] },
    { name: 'slot', needs: 'nothing', key: (text) => `slot ${pciAddress(text) ?? ''}`, after: ['slot'] },
    { name: 'eeh', needs: 'nothing', key: () => 'eeh' },
    { name: 'eeh-field', needs: 'nothing', key: () => 'eeh', further: true },
    { name: 'single', needs: 'nothing', key: alone, single: true },
  ],
};
