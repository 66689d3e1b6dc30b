import type { Family } from '../../common/family.ts';
import { hex, int, pciFunction, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { alone } from '../line-keys.ts';
import { says, starts } from '../opens.ts';

const EVENT = { grammar: 'bus', name: 'iommu_event', mode: 'iommu' } as const;

/** DMA and interrupts that an IOMMU did not let through: drivers/iommu, kernel/dma. */
export const IOMMU = lines({
  dmar_fault_do_one: {
    printer: 'drivers/iommu/intel/dmar.c dmar_fault_do_one()',
    releases: '`[0x03:0x00.0]` 5.15–6.0, the segment since 6.1; `NO_PASID` since 5.17; the reason on a line of its own until 4.x',
    examples: [
      'DMAR: [DMA Write NO_PASID] Request device [0000:03:00.0] fault addr 0xffff0000 [fault reason 0x05] PTE Write access is not set',
      'DMAR: [DMA Read] Request device [03:00.0] PASID ffffffff fault addr ffff0000 [fault reason 06] PTE Read access is not set',
      'DMAR: [INTR-REMAP] Request device [0x64:0x00.5] fault index 0x8800 [fault reason 0x25] Blocked a compatibility format interrupt request',
      'DMAR:[DMA Write] Request device [03:00.0] fault addr ffff0000 ',
    ],
    ...starts('fault', ['DMAR: [DMA', 'DMAR: [INTR-REMAP]', 'DMAR:[DMA', 'dmar: [DMA', 'dmar: [INTR-REMAP]', 'INTR-REMAP: Request device']),
    rule: EVENT,
    fields: { operation: words, device: pciFunction, pasid: hex, address: hex, index: hex, reason: hex, what: words },
  },
  dmar_fault_reason: {
    printer: 'drivers/iommu/intel/dmar.c dmar_fault_do_one()',
    releases: 'until 4.x',
    examples: ['DMAR:[fault reason 05] PTE Write access is not set'],
    ...starts('field', ['DMAR:[fault reason ', 'DMAR: [fault reason ', 'INTR-REMAP:[fault reason ']),
    rule: EVENT,
    fields: { reason: hex, what: words },
  },
  qi_dump_fault: {
    printer: 'drivers/iommu/intel/dmar.c qi_dump_fault()',
    releases: 'since 5.18',
    examples: ['DMAR: VT-d detected Invalidation Time-out Error: SID 100', 'DMAR: VT-d detected Invalidation Queue Error: Reason f'],
    ...starts('fault', ['DMAR: VT-d detected ']),
    reads: [/VT-d detected (?<what>[\w -]+?): SID (?<sid>[0-9a-f]+)/, /VT-d detected (?<what>[\w -]+?): Reason (?<reason>[0-9a-f]+)/],
    fields: { what: words, sid: hex, reason: hex },
  },
  domain_mapping: {
    printer: 'drivers/iommu/intel/iommu.c __domain_mapping()',
    examples: ['DMAR: ERROR: DMA PTE for vPFN 0xfffff already set (to a5b6c003 not a5b6d003)'],
    ...starts('fault', ['DMAR: ERROR: DMA PTE for vPFN ']),
    reads: [/vPFN (?<pfn>0x[0-9a-f]+) (?<what>already set)/],
    fields: { pfn: hex, what: words },
  },
  iommu_print_event: {
    printer: 'drivers/iommu/amd/iommu.c iommu_print_event(), amd_iommu_report_page_fault()',
    releases: 'the device before the message where its driver is known, since 4.14; its segment since 5.20',
    examples: [
      'driver_xyz 0000:0b:00.3: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0011 address=0xfdf8000000 flags=0x0020]',
      'AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=0000:0b:00.3 pasid=0x00000 address=0xfffffffdf8000000 flags=0x0a00]',
      'AMD-Vi: Event logged [RMP_PAGE_FAULT device=0b:00.3, vmg_tag=0x0001, gpa=0xfdf8000000, flags_rmp=0x0000, flags=0x0020]',
      'AMD-Vi: Event logged [Device not attached to domain properly]',
    ],
    ...says('fault', ['Event logged [']),
    rule: EVENT,
    fields: { driver: words, device: pciFunction, what: words, domain: hex, pasid: hex, address: hex, flags: hex },
  },
  amd_not_attached: {
    printer: 'drivers/iommu/amd/iommu.c amd_iommu_report_page_fault()',
    releases: 'since 6.5',
    examples: ['AMD-Vi:   device=0000:0b:00.3 domain=0x0011'],
    ...starts('field', ['AMD-Vi:   device=']),
    rule: EVENT,
    fields: { device: pciFunction, domain: hex },
  },
  amd_wait_on_sem: {
    printer: 'drivers/iommu/amd/iommu.c wait_on_sem(), __iommu_queue_command_sync()',
    examples: [
      'AMD-Vi: Completion-Wait loop timed out',
      'AMD-Vi: IOMMU 0000:00:00.2: Completion-Wait loop timed out',
      'AMD-Vi: Command buffer timeout',
    ],
    ...says('fault', ['Completion-Wait loop timed out', 'Command buffer timeout']),
    start: /AMD-Vi: (?:IOMMU \S+: )?(?:Completion-Wait loop timed out|Command buffer timeout)/,
    reads: [
      /IOMMU (?<device>[0-9a-f:.]+): (?<what>Completion-Wait loop timed out)/,
      /(?<what>Completion-Wait loop timed out|Command buffer timeout)/,
    ],
    fields: { device: pciFunction, what: words },
  },
  arm_smmu_context_fault: {
    printer: 'drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_print_context_fault_info()',
    releases: '`Unhandled context fault: iova=…` until 4.x; the stream behind it since 5.3',
    examples: ['arm-smmu 5000000.iommu: Unhandled context fault: fsr=0x402, iova=0x8a5b6c700, fsynr=0x10003, cbfrsynra=0x860, cb=3'],
    ...says('fault', ['Unhandled context fault: ']),
    rule: EVENT,
    fields: { driver: words, device: words, fsr: hex, address: hex, fsynr: hex, stream: hex, context: int },
  },
  arm_smmu_fault_registers: {
    printer: 'drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_print_context_fault_info()',
    releases: 'since 6.12',
    examples: [
      'arm-smmu 5000000.iommu: FSR    = 00000402 [Format=2 TF], SID=0x860',
      'arm-smmu 5000000.iommu: FSYNR0 = 00010003 [S1CBNDX=1 PLVL=3]',
    ],
    ...says('field', ['FSR    = ', 'FSYNR0 = ']),
    reads: [/FSR {4}= [0-9a-f]+ \[(?<decoded>[^\]]*)\]/, /FSYNR0 = [0-9a-f]+ \[(?<syndrome>[^\]]*)\]/],
    fields: { decoded: words, syndrome: words },
  },
  arm_smmu_global_fault: {
    printer: 'drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_global_fault(); arm-smmu-v3.c arm_smmu_gerror_handler()',
    examples: [
      'arm-smmu 5000000.iommu: Unexpected global fault, this could be serious',
      'arm-smmu 5000000.iommu: Blocked unknown Stream ID 0x860; boot with "arm-smmu.disable_bypass=0" to allow, but this may have security implications',
      'arm-smmu-v3 5000000.iommu: unexpected global error reported (0x00000081), this could be serious',
      'arm-smmu-v3 5000000.iommu: device has entered Service Failure Mode!',
    ],
    ...says('fault', [
      'Unexpected global fault, this could be serious',
      'Blocked unknown Stream ID ',
      'unexpected global error reported (',
      'device has entered Service Failure Mode!',
    ]),
    reads: [
      /^(?<driver>[\w-]+) (?<device>\S+): (?<what>Blocked unknown Stream ID) (?<stream>0x[0-9a-f]+)/,
      /^(?<driver>[\w-]+) (?<device>\S+): (?<what>unexpected global error) reported \((?<status>0x[0-9a-f]+)\)/,
      /^(?<driver>[\w-]+) (?<device>\S+): (?<what>Unexpected global fault|device has entered Service Failure Mode)/,
    ],
    fields: { driver: words, device: words, what: words, stream: hex, status: hex },
  },
  arm_smmu_global_registers: {
    printer: 'drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_global_fault()',
    examples: ['arm-smmu 5000000.iommu: \tGFSR 0x80000002, GFSYNR0 0x00000000, GFSYNR1 0x00000860, GFSYNR2 0x00000000'],
    ...says('field', ['\tGFSR ']),
    start: /[^\n]{1,60}: \tGFSR /,
    reads: [/GFSR (?<status>0x[0-9a-f]+), GFSYNR0 (?<fsynr>0x[0-9a-f]+), GFSYNR1 (?<stream>0x[0-9a-f]+)/],
    fields: { status: hex, fsynr: hex, stream: hex },
  },
  arm_smmu_timeout: {
    printer: 'drivers/iommu/arm/arm-smmu/arm-smmu.c __arm_smmu_tlb_sync(); arm-smmu-v3.c arm_smmu_cmdq_poll_until_sync()',
    examples: [
      'arm-smmu 5000000.iommu: TLB sync timed out -- SMMU may be deadlocked',
      'arm-smmu-v3 5000000.iommu: CMD_SYNC timeout at 0x00000012 [hwprod 0x00000013, hwcons 0x00000012]',
      'arm-smmu-v3 5000000.iommu: EVTQ overflow detected -- events lost',
      'arm-smmu-v3 5000000.iommu: CMDQ error (cons 0x01000012): Illegal command',
    ],
    ...says('fault', ['TLB sync timed out -- SMMU', 'CMD_SYNC timeout', 'EVTQ overflow detected', 'CMDQ error (', 'CMDQ timeout']),
    reads: [
      /^(?<driver>[\w-]+) (?<device>\S+): (?<what>CMDQ error) \(cons \w+\): (?<error>.+)/,
      /^(?<driver>[\w-]+) (?<device>\S+): (?<what>TLB sync timed out|CMD_SYNC timeout|EVTQ overflow|CMDQ timeout)/,
    ],
    fields: { driver: words, device: words, what: words, error: words },
  },
  arm_smmu_dump_raw_event: {
    printer: 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c arm_smmu_dump_raw_event()',
    examples: ['arm-smmu-v3 5000000.iommu: event 0x10 received:'],
    ...says('event', ['event 0x'], (text) => text.endsWith(' received:')),
    start: /[^\n]{1,60}: event 0x[0-9a-f]+ received:/,
    reads: [/^(?<driver>[\w-]+) (?<device>\S+): event (?<event>0x[0-9a-f]+) received/],
    fields: { driver: words, device: words, event: hex },
  },
  arm_smmu_raw_words: {
    printer: 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c arm_smmu_dump_raw_event()',
    examples: ['arm-smmu-v3 5000000.iommu: \t0x0000010000000010'],
    ...says('field', ['\t0x']),
    start: /[^\n]{1,60}: \t0x[0-9a-f]{16}$/,
  },
  arm_smmu_dump_event: {
    printer: 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c arm_smmu_dump_event()',
    releases: 'since 6.13',
    examples: ['arm-smmu-v3 5000000.iommu: event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0x0 iova: 0x8a5b6c700 ipa: 0x0'],
    ...says('event', ['event: '], (text) => text.includes(' client: ')),
    start: /[^\n]{1,60}: event: \S+ client: /,
    rule: EVENT,
    fields: { driver: words, what: words, device: words, sid: hex, address: hex },
  },
  arm_smmu_dump_event_flags: {
    printer: 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c arm_smmu_dump_event()',
    releases: 'since 6.13',
    examples: ['arm-smmu-v3 5000000.iommu: unpriv data write s1 "Input address caused fault" stag: 0x0'],
    ...says('field', ['unpriv ', 'priv '], (text) => text.includes(' stag: ')),
    start: /[^\n]{1,60}: (?:un)?priv (?:inst|data) /,
    reads: [/: (?:un)?priv (?:inst|data) (?<access>read|write) s\d "(?<cause>[^"]*)"/],
    fields: { access: words, cause: words },
  },
  soc_iommu_fault: {
    printer: 'drivers/iommu: rk_iommu_irq(), mtk_iommu_isr(), sun50i_iommu_report_fault(), exynos_sysmmu_irq()',
    examples: [
      'rk_iommu ff903f00.iommu: Page fault at 0x00000000fe0a1000 of type write',
      'sun50i-iommu 30f0000.iommu: Page fault for 0x00000000fe0a1000 (master 1, dir wr)',
      'mtk-iommu 14018000.iommu: fault type=0x5 iova=0xfe0a1000 pa=0x0 master=0x1(larb=0 port=1) layer=1 read',
    ],
    opens: [
      {
        form: 'fault',
        literals: ['Page fault at 0x', 'Page fault for 0x', 'fault type=0x'],
        at: 'message',
        test: (text) => /^[\w-]*iommu[\w-]* \S+: /.test(text),
      },
    ],
    start: /[\w-]*iommu[\w-]* \S+: (?:Page fault (?:at|for) 0x|fault type=0x)/,
    reads: [
      /^(?<driver>\S+) (?<device>\S+): (?<what>Page fault) at (?<address>0x[0-9a-f]+) of type (?<operation>\w+)/,
      /^(?<driver>\S+) (?<device>\S+): (?<what>Page fault) for (?<address>0x[0-9a-f]+) \(master (?<master>\d+), dir (?<operation>\w+)/,
      /^(?<driver>\S+) (?<device>\S+): (?<what>fault) type=0x[0-9a-f]+ iova=(?<address>0x[0-9a-f]+)(?:.* (?<operation>read|write)$)?/,
    ],
    fields: { driver: words, device: words, what: words, address: hex, operation: words, master: int },
  },
  swiotlb_full: {
    printer: 'kernel/dma/swiotlb.c swiotlb_tbl_map_single()',
    releases: 'slots since 4.12; `swiotlb buffer is full` since 3.x',
    examples: ['driver_xyz 0000:01:00.0: swiotlb buffer is full (sz: 65536 bytes), total 32768 (slots), used 32700 (slots)'],
    ...says('single', ['swiotlb buffer is full ']),
    reads: [
      /^(?<driver>[\w-]+) (?<device>\S+): swiotlb buffer is full \(sz: (?<bytes>\d+) bytes\), total (?<total>\d+) \(slots\), used (?<used>\d+)/,
      /^(?<driver>[\w-]+) (?<device>\S+): swiotlb buffer is full \(sz: (?<bytes>\d+) bytes\)/,
    ],
    fields: { driver: words, device: words, bytes: int, total: int, used: int },
  },
});

/** IOMMUs: a fault is a line or two. */
export const iommu: Family = {
  name: 'iommu',
  lines: Object.values(IOMMU),
  forms: [
    { name: 'fault', needs: 'nothing', key: alone },
    // the raw words of an event come before it is decoded
    { name: 'event', needs: 'nothing', key: () => 'event', after: ['event'] },
    { name: 'field', needs: 'nothing', key: () => undefined, further: true },
    { name: 'single', needs: 'nothing', key: alone, single: true },
  ],
};
