import type { HeadRule } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** PCI Express error reporting, IOMMUs, EEH. */
export const BUS_HEADS: readonly HeadRule[] = [
  // drivers/pci/pcie/aer.c aer_print_error(); type and agent in one line since 4.2, `id=` until 4.17, "AER: " before it since 4.20.
  said(
    'aer_print_error',
    /PCIe Bus Error: /,
    /^(?<driver>\S+) (?<device>[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): .*?severity=(?<severity>[^,]+), type=(?<layer>[^,]+),? *(?:id=[0-9a-f]+)?\(?(?<agent>[^)]*)\)?/,
    /severity=(?<severity>[^,]+), type=(?<layer>[^,]+)/,
  ),
  // aer_print_port_info(), aer_isr_one_error(): the root port says whose error it is; `id=00e4` until 4.17. "error message received from" since 6.13.
  said(
    'aer_print_port_info',
    /(?:AER: )?(?:Multiple )?(?:Corrected|Correctable|Uncorrected|Uncorrectable)(?: \([\w-]+\))? error (?:message )?received/,
    /(?<severity>Corrected|Correctable|(?:Uncorrected|Uncorrectable)(?: \([\w-]+\))?) error (?:message )?received(?: from|:) (?:(?<device>[0-9a-f]{4,}:\S+)|id=(?<id>[0-9a-f]{4}))/,
  ),
  said(
    'aer_print_status',
    /(?:AER: )? *device \[[0-9a-f]{4}:/,
    /device \[(?<vendorId>[0-9a-f]{4}):(?<deviceId>[0-9a-f]{4})\] error status\/mask=(?<status>[0-9a-f]+)\/(?<mask>[0-9a-f]+)/,
  ),
  said('__aer_print_error', /(?:AER: )? *\[ ?\d+\] /, /\[ *\d+\] (?<error>\S+(?: \S+)*?)(?: +\(First\))? *$/),
  said('__print_tlp_header', /(?:AER: )? *TLP Header: /, /TLP Header: (?<tlpHeader>[0-9a-f]{8}(?: [0-9a-f]{8})*)/),
  said(
    'pci_print_aer',
    /(?:AER: )?aer_(?:status|layer|uncor_severity)[:=]/,
    /^(?<driver>\S+) (?<device>[0-9a-f]{4,}:\S+): .*aer_status: 0x(?<status>[0-9a-f]+)/,
    /aer_layer=(?<layer>[^,]+), aer_agent=(?<agent>.+)/,
  ),
  said(
    'pcie_do_recovery',
    /(?:AER: )? *(?:[Dd]evice recovery |[Bb]roadcast |Error of this Agent|can't recover)/,
    /[Dd]evice recovery (?<recovery>\w+)/,
  ),
  // drivers/pci/pcie/dpc.c dpc_process_error().
  said(
    'dpc_process_error',
    /(?:DPC: )?(?:DPC )?containment event, /,
    /^(?<driver>\S+) (?<device>[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): .*status:(?<status>0x[0-9a-f]+)/,
  ),
  said('dpc_reason', /DPC: |DPC unmasked/, /(?<reason>unmasked uncorrectable error|ERR_NONFATAL|ERR_FATAL|RP PIO error|software trigger)/),
  // drivers/iommu/intel/dmar.c dmar_fault_do_one(); "[DMA Read]" until 5.17, "[DMA Read NO_PASID]" since.
  said(
    'dmar_fault_do_one',
    /DMAR: ?\[(?:DMA|INTR-REMAP)/,
    /\[(?<operation>[^\]]+)\] Request device \[(?<device>[0-9a-f:.]+)\] .*?fault (?:addr|index) (?:0x)?(?<address>[0-9a-f]+).*?\[?fault reason (?:0x)?(?<reason>[0-9a-f]+)\]? (?<what>.*)/,
    /\[(?<operation>[^\]]+)\] Request device \[(?<device>[0-9a-f:.]+)\]/,
  ),
  // drivers/iommu/amd/iommu.c amd_iommu_report_page_fault(), iommu_print_event(); "AMD-Vi: Event logged [" before 4.18 had the device in the brackets as well.
  said(
    'iommu_print_event',
    /(?:AMD-Vi: )?Event logged \[/,
    /logged \[(?<what>\w+) device=(?<device>[0-9a-f:.]+)(?: (?:domain|pasid)=(?<domain>0x[0-9a-f]+))?,? ?(?:address=(?<address>0x[0-9a-f]+))?(?: flags=(?<flags>0x[0-9a-f]+))?/,
    /logged \[(?<what>\w+) domain=(?<domain>0x[0-9a-f]+) address=(?<address>0x[0-9a-f]+) flags=(?<flags>0x[0-9a-f]+)/,
    /logged \[(?<what>\w+)/,
  ),
  // drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_context_fault(); arm-smmu-v3 prints events as words.
  said(
    'arm_smmu_context_fault',
    /Unhandled context fault: /,
    /^(?<driver>\S+) (?<device>\S+): .*fsr=(?<status>0x[0-9a-f]+), iova=(?<address>0x[0-9a-f]+)/,
  ),
  // arch/powerpc/kernel/eeh.c eeh_dev_check_failure(), eeh_driver.c.
  said('eeh_dev_check_failure', /EEH: Frozen /, /Frozen (?:PE#(?<pe>[0-9a-f]+) on )?(?<device>PHB#[0-9a-f]+)/),
];
