import type { Family } from '../../common/family.ts';
import { alone, firstWord } from '../line-keys.ts';
import { ADAPTER_LINES } from './adapter-lines.ts';
import { ATA_LINES } from './ata-lines.ts';
import { MAPPER_LINES } from './mapper-lines.ts';
import { MMC_LINES } from './mmc-lines.ts';
import { NVME_LINES } from './nvme-lines.ts';
import { RAID_LINES } from './raid-lines.ts';
import { REQUEST_LINES } from './request-lines.ts';
import { SCSI_LINES } from './scsi-lines.ts';
import { UFS_LINES } from './ufs-lines.ts';
import { VIRTUAL_LINES } from './virtual-lines.ts';

/** The port or address that a line of a block of lines names: `ata3`, `sd 2:0:7:0`. */
const device = (text: string): string | undefined => /^(?:ata\d+|(?:s[drgt]|ses|scsi) \S+)(?=[.: ])/.exec(text)?.[0].replace(/:$/, '');
const beyond = (): string => 'beyond';

/** Disks and what lies between them and the file systems: libata's and SCSI's blocks of lines, all others line by line. */
export const block: Family = {
  name: 'block',
  lines: [
    ...Object.values(REQUEST_LINES),
    ...Object.values(ATA_LINES),
    ...Object.values(SCSI_LINES),
    ...Object.values(NVME_LINES),
    ...Object.values(MMC_LINES),
    ...Object.values(UFS_LINES),
    ...Object.values(RAID_LINES),
    ...Object.values(MAPPER_LINES),
    ...Object.values(VIRTUAL_LINES),
    ...Object.values(ADAPTER_LINES),
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    // no event: what the printer was too fast for
    { name: 'suppressed', needs: 'nothing', key: alone, single: true },
    { name: 'ata', needs: 'nothing', key: device, after: ['ata-trouble'] },
    { name: 'ata-trouble', needs: 'nothing', key: device, along: ['ata', 'ata-trouble'] },
    { name: 'ata-field', needs: 'nothing', key: device, further: true },
    { name: 'ata-result', needs: 'nothing', key: () => undefined, further: true },
    { name: 'scsi', needs: 'nothing', key: device },
    { name: 'scsi-sense', needs: 'nothing', key: device, along: ['scsi', 'scsi-sense'] },
    { name: 'scsi-field', needs: 'nothing', key: device, further: true },
    { name: 'scsi-alone', needs: 'nothing', key: () => undefined, further: true },
    { name: 'adapter', needs: 'nothing', key: firstWord },
    { name: 'adapter-field', needs: 'nothing', key: firstWord, further: true },
    { name: 'beyond', needs: 'nothing', key: beyond },
    { name: 'beyond-field', needs: 'nothing', key: beyond, further: true },
  ],
};
