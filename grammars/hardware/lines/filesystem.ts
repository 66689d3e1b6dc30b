import type { OldFamily as Family } from '../../common/legacy.ts';
import { alone, starts } from './line-keys.ts';
import { isMount } from './mount.ts';

const OTHERS =
  /^(?:FAT-fs|exFAT-fs|UBIFS error|UBI error|ubi\d+ error|SQUASHFS error|erofs|EROFS|GFS2|gfs2|OCFS2|NILFS|REISERFS error|JFFS2 error|ntfs3?|bcachefs|hfsplus|UDF-fs|ISOFS|JFS)(?:[:( ]|-fs)/;
const TROUBLE = /error|corrupt|not properly unmounted|set read-only|fatal|inconsisten|panic/i;

/** File systems. Whether a line without a level is trouble is the builder's business: it knows their words. */
export const filesystem: Family = {
  name: 'filesystem',
  openers: [
    ...['EXT2-fs (', 'EXT3-fs (', 'EXT4-fs (', 'XFS (', 'BTRFS info (', 'F2FS-fs ('].map((text) => ({
      text,
      form: 'mount',
      test: isMount,
    })),
    ...['EXT2', 'EXT3', 'EXT4'].flatMap((fs) => [
      ...starts('line', `${fs}-fs error`, `${fs}-fs warning`),
      { text: `${fs}-fs (`, form: 'line', test: (t: string) => !/\): (?:re-?)?(?:un)?mount(?:ed|ing)\b/.test(t) },
    ]),
    ...starts('line', 'Aborting journal on device ', 'JBD: ', 'JBD2: ', 'XFS (', 'XFS: ', 'xfs_force_shutdown('),
    { text: 'Filesystem "', form: 'line', test: (t) => t.includes('XFS') },
    ...starts('line', 'I/O error in filesystem ("'),
    ...['error', 'critical', 'warning', 'alert', 'emergency', 'info', 'panic'].flatMap((level) =>
      starts('line', `BTRFS ${level} (`, `BTRFS: ${level} (`, `BTRFS ${level}: `),
    ),
    ...starts('line', 'BTRFS: Transaction aborted', 'F2FS-fs ('),
    { text: 'nfs: server ', form: 'line' },
    { text: 'nfs4: server ', form: 'line' },
    { text: 'lockd: server ', form: 'line' },
    { text: 'NFS: ', form: 'line' },
    { text: 'NFSv4: ', form: 'line' },
    { text: 'CIFS: VFS: ', form: 'line' },
    { text: 'CIFS VFS: ', form: 'line' },
    { text: 'ceph: mds', form: 'line' },
    { text: 'ceph: [', form: 'line' },
    { text: 'libceph: osd', form: 'line' },
    { text: 'libceph: mon', form: 'line' },
    ...[
      'FAT-fs (',
      'exFAT-fs (',
      'UBIFS error',
      'UBI error',
      'ubi',
      'SQUASHFS error',
      'erofs',
      'EROFS',
      'GFS2: ',
      'gfs2: ',
      'OCFS2: ',
      'NILFS',
      'REISERFS error',
      'JFFS2 error',
      'ntfs',
      'bcachefs',
      'hfsplus: ',
      'UDF-fs: error',
      'JFS: ',
    ].map((text) => ({ text, form: 'line', test: (t: string) => OTHERS.test(t) && TROUBLE.test(t) })),
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    // no event: what is told of the file system before it is another story
    { name: 'mount', needs: 'nothing', key: alone, single: true },
  ],
};
