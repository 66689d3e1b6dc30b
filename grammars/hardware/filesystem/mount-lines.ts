import { words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

const LEADS = ['EXT2-fs (', 'EXT3-fs (', 'EXT4-fs (', 'XFS (', 'BTRFS info (', 'F2FS-fs ('];
const WHO = String.raw`(?:EXT[234]-fs|XFS|BTRFS info|F2FS-fs) \((?:device )?`;
const mount = (said: string): RegExp => new RegExp(String.raw`${WHO}[^)\n]+\): ${said}`);
const opens = (start: RegExp) => [{ form: 'mount', literals: LEADS, test: (text: string) => text.search(start) === 0 }];
const row = (said: string, step: string) => {
  const start = mount(said);
  return { start, opens: opens(start), reads: [new RegExp(String.raw`^${WHO}(?<device>[^\s):]+)[^)]*\): (?<${step}>${said})`)] };
};

/** A file system on a device begins, is there, or ends: no event, but what is told of it before is another story. A remount goes on. */
export const MOUNT_LINES = lines({
  mount_begins: {
    printer: 'fs/xfs/xfs_log.c xfs_log_mount(); fs/btrfs/super.c since 6.8',
    examples: [
      'XFS (sdq1): Mounting V5 Filesystem',
      'BTRFS info (device sdq1): first mount of filesystem 01234567-89ab-cdef-0123-456789abcdef',
    ],
    ...row(String.raw`(?:Mounting V\d|first mount of)`, 'begins'),
    fields: { device: words, begins: words },
  },
  mount_stands: {
    printer: 'fs/ext4/super.c ext4_fill_super(), fs/f2fs/super.c f2fs_fill_super(): when all is read',
    examples: [
      'EXT4-fs (sdq1): mounted filesystem with ordered data mode. Quota mode: none.',
      'F2FS-fs (sdq1): Mounted with checkpoint version = 4711',
    ],
    ...row(String.raw`(?:mounted filesystem|[Mm]ounted with)`, 'stands'),
    fields: { device: words, stands: words },
  },
  mount_ends: {
    printer:
      'fs/ext4/super.c ext4_put_super() since 5.19, fs/xfs/xfs_super.c xfs_fs_put_super(), fs/btrfs/disk-io.c close_ctree() since 6.8',
    examples: [
      'EXT4-fs (sdq1): unmounting filesystem.',
      'XFS (sdq1): Unmounting Filesystem',
      'BTRFS info (device sdq1): last unmount of filesystem 01234567-89ab-cdef-0123-456789abcdef',
    ],
    ...row(String.raw`(?:unmounting filesystem|Unmounting Filesystem|last unmount of)`, 'ends'),
    fields: { device: words, ends: words },
  },
});
