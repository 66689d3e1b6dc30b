import type { Family } from '../../common/family.ts';
import { alone } from '../line-keys.ts';
import { BTRFS_LINES } from './btrfs-lines.ts';
import { EXT_LINES } from './ext4-lines.ts';
import { FLASH_LINES } from './flash-lines.ts';
import { MOUNT_LINES } from './mount-lines.ts';
import { OTHER_LINES } from './other-lines.ts';
import { REMOTE_LINES } from './remote-lines.ts';
import { XFS_LINES } from './xfs-lines.ts';
import { ZFS_LINES } from './zfs-lines.ts';

/** The device that a line of XFS names. */
const device = (text: string): string | undefined => /^(?:XFS \(|xfs_force_shutdown\()([^),]+)/.exec(text)?.[1];

/** File systems, their journals, and the servers behind them. */
export const filesystem: Family = {
  name: 'filesystem',
  lines: [
    ...Object.values(MOUNT_LINES),
    ...Object.values(EXT_LINES),
    ...Object.values(XFS_LINES),
    ...Object.values(BTRFS_LINES),
    ...Object.values(FLASH_LINES),
    ...Object.values(REMOTE_LINES),
    ...Object.values(ZFS_LINES),
    ...Object.values(OTHER_LINES),
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    // what OpenZFS says of a vdev's request is the disk's
    { name: 'zio', needs: 'nothing', key: alone, single: true },
    // no event: what is told of the file system before it is another story
    { name: 'mount', needs: 'nothing', key: alone, single: true },
    // no event either: what the printer was too fast for
    { name: 'suppressed', needs: 'nothing', key: alone, single: true },
    // a stack follows, and then the end
    { name: 'internal', needs: 'nothing', yields: true },
    { name: 'internal-end', needs: 'nothing', single: true },
    { name: 'corruption', needs: 'nothing', key: device },
    { name: 'corruption-field', needs: 'nothing', key: device, further: true },
    { name: 'dump', needs: 'nothing', key: () => undefined, further: true },
    { name: 'shutdown', needs: 'nothing', key: device, along: ['shutdown'] },
    { name: 'shutdown-field', needs: 'nothing', key: device, further: true },
  ],
  joins(head, line, before) {
    const [first] = before;
    if (head.line !== XFS_LINES.xfs_corruption_error || first?.line !== XFS_LINES.xfs_error_report) return undefined;
    return device(first.text) === device(line.text) ? true : undefined;
  },
};
