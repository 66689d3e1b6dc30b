import { ADAPTER_RULES } from './adapter.ts';
import { ATA_RULES } from './ata.ts';
import { MAPPER_RULES } from './mapper.ts';
import { MMC_RULES } from './mmc.ts';
import { NVME_RULES } from './nvme.ts';
import { RAID_RULES } from './raid.ts';
import { REQUEST_RULES } from './request.ts';
import { SCSI_RULES } from './scsi.ts';
import { UFS_RULES } from './ufs.ts';
import { VIRTUAL_RULES } from './virtual.ts';

/** What the lines of disks and their adapters mean. */
export const BLOCK_RULES = [
  ...REQUEST_RULES,
  ...ATA_RULES,
  ...SCSI_RULES,
  ...NVME_RULES,
  ...MMC_RULES,
  ...UFS_RULES,
  ...RAID_RULES,
  ...MAPPER_RULES,
  ...VIRTUAL_RULES,
  ...ADAPTER_RULES,
];
