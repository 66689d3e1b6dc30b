import type { OldFamily as Family } from '../../common/legacy.ts';
import { alone, pciAddress, says, starts } from './line-keys.ts';

/** The function that a root port names as the source: `0000:01:00.0`, or `id=0100` until 4.17. */
const source = (text: string): string | undefined => {
  const said = /received(?: from|:)? (?:id=)?([0-9a-f:.]+)/.exec(text)?.[1];
  if (said === undefined || said.includes(':')) return said ?? pciAddress(text);
  const id = Number.parseInt(said, 16);
  const hex = (n: number) => n.toString(16).padStart(2, '0');
  return `0000:${hex(id >> 8)}:${hex((id >> 3) & 31)}.${id & 7}`;
};
const received = (text: string, at: number): boolean =>
  /^(?:AER: )?(?:Multiple )?(?:Un)?[Cc]orrect(?:ed|able).{0,14} error (?:message )?received/.test(text.slice(at, at + 80));

/** PCI Express, IOMMUs: each line names the function it is about. */
export const bus: Family = {
  name: 'bus',
  openers: [
    ...says('error', 'PCIe Bus Error: ', 'AER: PCIe Bus Error: ', 'aer_status: ', 'AER: aer_status: '),
    ...[
      'AER: Correct',
      'AER: Uncorrect',
      'AER: Multiple ',
      'Multiple Correct',
      'Multiple Uncorrect',
      'Corrected error',
      'Uncorrected (',
      'Uncorrectable (',
    ].map((text) => ({ text, form: 'received', at: 'message' as const, test: received })),
    ...says(
      'field',
      '  device [',
      'AER:   device [',
      'device [',
      '   [',
      'AER:    [',
      '  TLP Header: ',
      'AER:   TLP Header: ',
      'TLP Header: ',
      'aer_layer=',
      'AER: aer_layer=',
      'aer_uncor_severity: ',
      'AER: aer_uncor_severity: ',
      '  Error of this Agent',
      'AER:   Error of this Agent',
    ).map((o) => ({
      ...o,
      test: (text: string) => pciAddress(text) !== undefined,
    })),
    ...says('field', 'AER: device recovery ', 'AER: Device recovery ', 'device recovery ', 'AER: broadcast ', 'broadcast '),
    ...says('error', 'containment event, ', 'DPC: containment event, ', 'DPC containment event, '),
    ...says('field', 'DPC: unmasked', 'unmasked uncorrectable', 'DPC unmasked', 'DPC: ERR_', 'DPC: RP PIO', 'DPC: software'),
    ...says('line', 'DMAR:[DMA', '[DMA Read', '[DMA Write', '[INTR-REMAP', 'Event logged [', 'Unhandled context fault: '),
    ...starts('line', 'DMAR: [', 'EEH: Frozen '),
  ],
  forms: [
    { name: 'received', needs: 'nothing', key: source },
    { name: 'error', needs: 'nothing', key: pciAddress, after: ['received'] },
    { name: 'field', needs: 'nothing', key: pciAddress, further: true },
    { name: 'line', needs: 'nothing', key: alone, single: true },
  ],
};
