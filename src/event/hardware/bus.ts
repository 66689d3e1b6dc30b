import { AER_LINES as AER, EEH } from '../../../grammars/hardware/bus/aer-lines.ts';
import { PCI } from '../../../grammars/hardware/bus/pci-lines.ts';
import type { Severity } from '../kinds.ts';
import { rule } from './rule.ts';

/** `Uncorrectable (Non-Fatal)` since 6.16, `Uncorrected (Non-Fatal)` before: one name for both. */
const severityName = (said: string | undefined): string => (said ?? 'unknown severity').replace('orrectable', 'orrected');
const severity = ({ severity: said }: { readonly severity?: string }): Severity => (/^Correct/.test(said ?? '') ? 'warning' : 'error');

/** The kernel prints `pci` for a device without a driver. */
const boundTo = (driver: string | undefined): string => (driver === undefined || driver === 'pci' ? '' : ` (${driver})`);

const DETAILS = [
  AER.aer_print_status,
  AER.__aer_print_error,
  AER.pcie_print_tlp_log,
  AER.pci_print_aer_layer,
  AER.pci_print_aer_severity,
  AER.pcie_do_recovery,
] as const;

/** PCI Express. */
export const BUS_RULES = [
  rule([AER.aer_print_error, ...DETAILS], {
    severity,
    title: ({ severity: said, layer, driver }) =>
      `PCIe Bus Error: ${severityName(said)}, ${layer ?? 'unknown layer'}${driver === undefined ? '' : ` (${driver})`}`,
    fold: ['device', 'error'],
  }),
  rule([AER.pci_print_aer, ...DETAILS], {
    title: 'PCIe error reported by firmware[: {layer}][ ({driver})]',
    fold: ['device', 'status'],
  }),
  rule([AER.aer_print_source, ...DETAILS], {
    severity,
    title: ({ severity: said }) => `PCIe Bus Error: ${severityName(said)}, source not read`,
    weak: true,
    // source 0 means none: the port itself names the error on the following lines, or nobody does
    unless: ({ device }) => device === undefined || device.endsWith(':00:00.0'),
  }),
  rule([AER.dpc_process_error, AER.dpc_reason, AER.dpc_process_rp_pio_error], { title: 'PCIe port contained by DPC[: {reason}]' }),
  rule([EEH.eeh_handle_normal_event, EEH.eeh_location, EEH.eeh_count, EEH.eeh_driver, EEH.eeh_outcome], {
    title: ({ driver }) => `EEH: PCI device frozen${boundTo(driver)}`,
    fold: ['device', 'pe'],
    outcome: ({ recovery }) => (recovery === undefined ? undefined : recovery === 'successful' ? 'recovered' : 'gone'),
  }),
  rule([PCI.pci_power_inaccessible], {
    title: ({ driver }) => `PCI device inaccessible: power state not changed${boundTo(driver)}`,
    weak: true,
  }),
  rule([PCI.pci_power_refused], {
    severity: 'warning',
    title: ({ driver }) => `PCI device refused to change its power state${boundTo(driver)}`,
  }),
  rule([PCI.pci_dev_wait], {
    title: ({ after, driver }) => `PCI device not ready${after === undefined ? '' : ` after ${after}`}${boundTo(driver)}`,
  }),
  rule([PCI.pcie_failed_link_retrain], {
    severity: ({ result }) => (result === undefined ? 'warning' : 'error'),
    title: ({ result }) => (result === undefined ? 'PCIe link retrained at 2.5 GT/s' : 'PCIe link not retrained'),
  }),
  rule([PCI.pcie_wait_for_link], { severity: 'warning', title: 'PCIe link did not come up' }),
  rule([PCI.pciehp_link_down], {
    severity: ({ what }) => (what === 'Link Down' ? 'warning' : 'info'),
    title: ({ what, slot }) =>
      `PCIe hotplug: ${what === 'Link Down' ? 'link down' : 'card removed'}${slot === undefined ? '' : ` in slot ${slot}`}`,
    fold: ['device', 'slot'],
  }),
  rule([PCI.pciehp_fault], {
    title: ({ what, slot }) => `PCIe hotplug: ${what?.toLowerCase() ?? 'fault'}${slot === undefined ? '' : ` in slot ${slot}`}`,
  }),
  rule([PCI.pciehp_command_timeout], { severity: 'warning', title: 'PCIe hotplug: command timed out' }),
];
