import { FLASH_LINES as FLASH } from '../../../../grammars/hardware/filesystem/flash-lines.ts';
import { OTHER_LINES as OTHER } from '../../../../grammars/hardware/filesystem/other-lines.ts';
import { REMOTE_LINES as REMOTE } from '../../../../grammars/hardware/filesystem/remote-lines.ts';
import { ZFS_LINES as ZFS } from '../../../../grammars/hardware/filesystem/zfs-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly fs?: string;
  readonly device?: string;
  readonly level?: string;
  readonly what?: string;
}
const says = ({ fs, device, what }: Told): string =>
  `${fs ?? 'file system'}${device === undefined ? '' : ` (${device})`}: ${plain(what ?? '')}`;
const bySeverity = ({ level }: Told) => (/^warning$/i.test(level ?? '') ? ('warning' as const) : ('error' as const));
/** A file system was asked for a disk that holds another. */
const NOT_MINE = /can't find an? [\w -]*(?:superblock|file ?system)/i;
const readOnly = ({ what }: Told) => (/read-only/.test(what ?? '') ? ('stopped' as const) : undefined);

export const FLASH_RULES = [
  rule([FLASH.f2fs_stop_checkpoint], { title: 'F2FS-fs ({device}): {what}', outcome: 'stopped' }),
  rule([FLASH.f2fs_printk], { title: ({ device, what }) => `F2FS-fs (${device ?? '?'}): ${plain(what ?? '')}` }),
  rule([FLASH.ubifs_err], { title: says, severity: (told) => (readOnly(told) ? 'error' : bySeverity(told)), outcome: readOnly }),
  rule([FLASH.ubi_err], {
    title: ({ device, what, function: name }) =>
      `UBI${device === undefined ? '' : ` (${device})`}: ${name === undefined ? '' : `${name}: `}${plain(what ?? '')}`,
    severity: (told) => (readOnly(told) ? 'error' : bySeverity(told)),
    outcome: readOnly,
    fold: ['device', 'function'],
  }),
  rule([FLASH.jffs2_error], { title: says, severity: bySeverity }),
];

export const REMOTE_RULES = [
  rule([REMOTE.call_timeout], { title: ({ service }) => `${service ?? 'nfs'}: server not responding`, fold: ['service', 'server'] }),
  rule([REMOTE.nfs4_state_manager], { title: ({ what }) => `NFS: ${plain(what ?? 'error')}`, fold: ['server'] }),
  ...each([REMOTE.cifs_reconnect, REMOTE.cifs_dbg], { title: ({ what }) => `CIFS: ${plain(what ?? 'error')}`, fold: ['server'] }),
  ...each([REMOTE.ceph_mds, REMOTE.ceph_con], {
    title: ({ server, what }) => `ceph: ${server ?? 'server'} ${plain(what ?? '')}`,
    fold: ['server'],
  }),
  rule([REMOTE.ceph_connect], { title: 'ceph: server not reached', fold: ['server'] }),
  rule([REMOTE.p9_client], { title: 'afs: {what}', fold: ['server'] }),
];

export const ZFS_RULES = [
  rule([ZFS.zio_suspend], { title: "ZFS: pool '{pool}' suspended", fold: ['pool'], outcome: 'stopped' }),
  rule([ZFS.vdev_disk_error], { kind: 'block-error', title: 'ZFS: I/O error[ on {device}][ (pool {pool})]', fold: ['pool', 'device'] }),
  ...each([ZFS.zfs_panic_recover, ZFS.spa_load], { title: 'ZFS: {what}', fold: [] }),
];

export const OTHER_RULES = [
  rule([OTHER.fat_unclean], { title: says, severity: 'warning' }),
  // what was unpacked before may be all that is needed: whether the boot goes on, its end says
  rule([OTHER.initramfs_unpack], { title: ({ what }) => `initramfs not unpacked: ${plain(what ?? 'unknown error')}`, severity: 'warning' }),
  rule([OTHER.jfs_error], {
    title: ({ device, function: name, what }) => `JFS (${device ?? '?'}): ${name === undefined ? '' : `${name}: `}${plain(what ?? '')}`,
  }),
  rule([OTHER.quota_error], { title: 'Quota error (device {device}) in {function}', fold: ['device', 'function'] }),
  rule([OTHER.ovl_error], { title: says, severity: 'warning' }),
  rule([OTHER.ocfs2_error], { title: 'OCFS2 (device {device}): error in {function}', fold: ['device', 'function'] }),
  rule([OTHER.o2quo_fence_self], { title: 'OCFS2: {what}', severity: 'fatal', outcome: 'stopped' }),
  rule([OTHER.o2net_idle], { title: 'OCFS2: {what}[ (node {server})]', severity: 'warning', fold: ['server'] }),
  rule([OTHER.mlog_error], { title: ({ what }) => `OCFS2: ${plain(what ?? 'error')}`, fold: ['function', 'device'] }),
  rule([OTHER.gfs2_withdraw], { title: says, outcome: ({ what }) => (what?.includes('withdraw') ? 'stopped' : undefined) }),
  // whoever tries what a disk holds asks every file system: `bread failed` is what a disk says that ends too early
  rule([OTHER.isofs_read], {
    severity: ({ what }) => (what === 'bread failed' ? 'info' : 'error'),
    title: ({ device, what }) => `ISOFS${device === undefined ? '' : ` (${device})`}: ${plain(what ?? '')}`,
  }),
  rule([OTHER.fs_error], {
    title: says,
    severity: (told) => (NOT_MINE.test(told.what ?? '') ? 'info' : bySeverity(told)),
    outcome: ({ what }) => (/emergency read.only|set read-only/.test(what ?? '') ? 'stopped' : undefined),
  }),
];
