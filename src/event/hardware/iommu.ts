import { IOMMU } from '../../../grammars/hardware/iommu/lines.ts';
import type { Fault } from '../event.ts';
import type { Said, Sayable } from '../facts/said.ts';
import { plain } from './plain.ts';
import { rule } from './rule.ts';

const access = (operation: string): Fault['access'] | undefined =>
  /read/i.test(operation) ? 'read' : /write/i.test(operation) ? 'write' : undefined;

/** The address that a device wanted to use. */
function fault(said: { readonly address?: Said<string>; readonly operation?: Said<string>; readonly access?: Said<string> }): {
  fault?: Sayable<Fault>;
} {
  const { address } = said;
  const how = said.operation ?? said.access;
  const what = how === undefined ? undefined : access(how.value);
  if (address === undefined) return {};
  return { fault: how === undefined || what === undefined ? { address } : { address, access: how.map(() => what) } };
}

/** IOMMUs and bounce buffers. */
export const IOMMU_RULES = [
  rule([IOMMU.dmar_fault_do_one, IOMMU.dmar_fault_reason], {
    title: ({ what, operation }) => `IOMMU fault: ${plain(what ?? operation ?? 'DMA blocked')}`,
    event: fault,
  }),
  rule([IOMMU.qi_dump_fault], { title: ({ what }) => `IOMMU fault: ${plain(what ?? 'invalidation error')}`, fold: ['sid'] }),
  rule([IOMMU.domain_mapping], { title: 'IOMMU: DMA page table entry already set', fold: [] }),
  rule([IOMMU.iommu_print_event, IOMMU.amd_not_attached], {
    title: ({ what }) => `IOMMU fault: ${plain(what ?? 'DMA blocked')}`,
    event: fault,
  }),
  rule([IOMMU.amd_wait_on_sem], { title: 'IOMMU: {what}' }),
  rule([IOMMU.arm_smmu_context_fault, IOMMU.arm_smmu_fault_registers], {
    title: 'IOMMU fault: unhandled context fault',
    fold: ['device', 'stream'],
    event: fault,
  }),
  rule([IOMMU.arm_smmu_global_fault, IOMMU.arm_smmu_global_registers], {
    title: ({ what }) => `IOMMU fault: ${plain(what ?? 'global fault')}`,
    fold: ['device', 'stream'],
  }),
  rule([IOMMU.arm_smmu_timeout], { title: 'IOMMU: {what}' }),
  rule([IOMMU.arm_smmu_dump_event, IOMMU.arm_smmu_dump_event_flags, IOMMU.arm_smmu_dump_raw_event], {
    title: ({ what }) => `IOMMU fault: ${plain(what ?? 'event')}`,
    event: fault,
  }),
  rule([IOMMU.arm_smmu_dump_raw_event], {
    title: ({ event }) => `IOMMU fault: ${SMMU_V3.get(event ?? '') ?? 'event'}`,
    weak: true,
    fold: ['device', 'event'],
  }),
  rule([IOMMU.soc_iommu_fault], { title: 'IOMMU fault: page fault', event: fault }),
  rule([IOMMU.swiotlb_full], { severity: 'warning', title: 'DMA bounce buffers (swiotlb) are full[ ({driver})]' }),
];

/** Events of the Arm SMMU v3 (architecture specification 7.3), by their number. */
const SMMU_V3: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0x1': 'F_UUT',
    '0x2': 'C_BAD_STREAMID',
    '0x3': 'F_STE_FETCH',
    '0x4': 'C_BAD_STE',
    '0x5': 'F_BAD_ATS_TREQ',
    '0x6': 'F_STREAM_DISABLED',
    '0x7': 'F_TRANSL_FORBIDDEN',
    '0x8': 'C_BAD_SUBSTREAMID',
    '0x9': 'F_CD_FETCH',
    '0xa': 'C_BAD_CD',
    '0xb': 'F_WALK_EABT',
    '0x10': 'F_TRANSLATION',
    '0x11': 'F_ADDR_SIZE',
    '0x12': 'F_ACCESS',
    '0x13': 'F_PERMISSION',
    '0x20': 'F_TLB_CONFLICT',
    '0x21': 'F_CFG_CONFLICT',
    '0x25': 'F_VMS_FETCH',
  }),
);
