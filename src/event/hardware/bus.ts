import { address } from '../../../grammars/common/numbers.ts';
import type { Severity } from '../event.ts';
import { type Fields, plain, type Rules } from './old-rule.ts';

const severity = (f: Fields): Severity => (/^Correct/.test(f.severity ?? '') ? 'warning' : 'error');
/** `00e4` is bus 0, device 0x1c, function 4. */
export const pciName = (id: string): string => {
  const n = Number.parseInt(id, 16);
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `0000:${hex(n >> 8)}:${hex((n >> 3) & 31)}.${n & 7}`;
};
const device = (f: Fields): Record<string, string> => (f.device === undefined && f.id !== undefined ? { device: pciName(f.id) } : {});

export const BUS_RULES: Rules = {
  aer_print_error: {
    kind: 'hardware-error',
    severity,
    title: (f) =>
      `PCIe Bus Error: ${f.severity ?? 'unknown severity'}, ${f.layer ?? 'unknown layer'}${f.driver === undefined ? '' : ` (${f.driver})`}`,
    fold: ['device', 'error'],
  },
  pci_print_aer: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'PCIe error reported by firmware[: {layer}][ ({driver})]',
    fold: ['device', 'status'],
  },
  aer_print_port_info: {
    kind: 'hardware-error',
    severity,
    title: (f) => `PCIe Bus Error: ${(f.severity ?? 'unknown severity').replace('Correctable', 'Corrected')}, source not read`,
    weak: true,
    derive: device,
  },
  dpc_process_error: { kind: 'hardware-error', severity: 'error', title: 'PCIe port contained by DPC[: {reason}]' },
  dmar_fault_do_one: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `IOMMU fault: ${plain(f.what ?? f.operation ?? 'unknown')}`,
    event: (f) => fault(f, /Read/.test(f.operation ?? '') ? 'read' : /Write/.test(f.operation ?? '') ? 'write' : undefined),
  },
  iommu_print_event: { kind: 'hardware-error', severity: 'error', title: 'IOMMU fault: {what}', event: (f) => fault(f, undefined) },
  arm_smmu_context_fault: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'IOMMU fault: unhandled context fault',
    event: (f) => fault(f, undefined),
  },
  eeh_dev_check_failure: { kind: 'hardware-error', severity: 'error', title: 'EEH: PCI device frozen', fold: ['device', 'pe'] },
};

const fault = (f: Fields, access: 'read' | 'write' | undefined) => {
  if (f.address === undefined) return {};
  const made = { address: address(f.address) };
  return { fault: access === undefined ? made : { ...made, access } };
};
