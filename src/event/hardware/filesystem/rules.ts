import { BTRFS_RULES } from './btrfs.ts';
import { EXT_RULES } from './ext.ts';
import { FLASH_RULES, OTHER_RULES, REMOTE_RULES, ZFS_RULES } from './other.ts';
import { XFS_RULES } from './xfs.ts';

/** What the lines of file systems and their servers mean. */
export const FILESYSTEM_RULES = [...EXT_RULES, ...XFS_RULES, ...BTRFS_RULES, ...FLASH_RULES, ...REMOTE_RULES, ...ZFS_RULES, ...OTHER_RULES];
