/** What a line says of a file system on a device: it begins, it is there now, it ends. */
export interface Mount {
  readonly device: string;
  readonly step: 'begins' | 'stands' | 'ends';
}

/**
 * As the kernel prints them; a remount goes on with what was mounted.
 * - ext2, ext3, ext4: `mounted filesystem…` when all is read; since 5.19 also `unmounting filesystem` (fs/ext4/super.c)
 * - XFS: `Mounting V5 Filesystem` first, `Unmounting Filesystem` (fs/xfs/xfs_log.c, xfs_super.c)
 * - Btrfs: `first mount of filesystem`, `last unmount of filesystem`, since 6.8 (fs/btrfs/super.c)
 * - F2FS: `Mounted with checkpoint version` when all is read (fs/f2fs/super.c)
 */
const MOUNT =
  /^(?:EXT[234]-fs|XFS|BTRFS info|F2FS-fs) \((?:device )?([^\s)]+)[^)]*\): (?:(mounted filesystem|mounted with)|(unmounting filesystem|last unmount of)|mounting V\d|first mount of)/i;

export function mountOf(text: string): Mount | undefined {
  const [, device, stands, ends] = MOUNT.exec(text) ?? [];
  return device === undefined ? undefined : { device, step: stands !== undefined ? 'stands' : ends !== undefined ? 'ends' : 'begins' };
}

export const isMount = (text: string): boolean => MOUNT.test(text);
