import { type Case, NEXT } from './case.ts';

/** What disks, their adapters and what lies on them lead to. */
export const STORAGE: Readonly<Record<string, Case>> = {
  'host-died-then-disk': {
    yes: [
      { kind: 'hardware-error', title: 'USB host controller died', details: { device: '0000:00:14.0' } },
      { kind: 'filesystem-error', details: { device: 'sdb1' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'USB host controller died', details: { device: '0000:00:14.0' } },
      { kind: 'filesystem-error', details: { device: 'nvme0n1p2' } },
    ],
  },
  'disk-gone-then-mapped': {
    yes: [
      { kind: 'block-error', title: 'a', details: { device: 'nvme0', outcome: 'gone' } },
      { kind: 'filesystem-error', details: { device: 'dm-1' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { device: 'nvme0', outcome: 'reset' } },
      { kind: 'filesystem-error', details: { device: 'dm-1' } },
    ],
  },
  'pool-then-volume': {
    yes: [
      { kind: 'block-error', title: 'a', details: { target: 'thin', device: '253:4', outcome: 'stopped', mode: 'out-of-data-space' } },
      { kind: 'filesystem-error', details: { device: 'dm-7' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { target: 'thin', device: '253:4', outcome: 'stopped', mode: 'out-of-data-space' } },
      { kind: 'filesystem-error', details: { device: 'sda1' } },
    ],
  },
  'disk-error-then-mapped': {
    yes: [
      { kind: 'block-error', title: 'a', details: { device: 'sdq' } },
      { kind: 'block-error', title: 'b', details: { device: 'dm-1' }, records: NEXT, uptime: 100 },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { device: 'sdq' } },
      { kind: 'block-error', title: 'b', details: { device: 'dm-1' } },
    ],
  },
  'cache-then-its-disks': {
    yes: [
      { kind: 'block-error', title: 'bcache: too many IO errors (sdq)', details: { device: 'sdq' } },
      { kind: 'block-error', title: 'bcache: cache is dirty, stop it (bcache9)', details: { device: 'bcache9' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'bcache: I/O error on sdp, backing device', details: { device: 'sdp' } },
      { kind: 'block-error', title: 'bcache: I/O error on sdq, backing device', details: { device: 'sdq' } },
    ],
  },
  'dasd-then-disk': {
    yes: [
      { kind: 'block-error', title: '0.0.0200: ERP failed for the DASD', details: { device: '0.0.0200' } },
      { kind: 'block-error', details: { device: 'dasda1' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: '0.0.0200: ERP failed for the DASD', details: { device: '0.0.0200' } },
      { kind: 'block-error', details: { device: 'sda1' } },
    ],
  },
  'fabric-and-paths': {
    yes: [
      { kind: 'block-error', title: 'FC remote port timed out (rport-3:0-1)', details: { device: 'rport-3:0-1' } },
      { kind: 'block-error', title: 'device-mapper multipath: Failing path', details: { target: '253:5', member: '65:16' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'FC remote port timed out (rport-3:0-1)', details: { device: 'rport-3:0-1' } },
      { kind: 'block-error', title: 'FC remote port timed out (rport-4:0-1)', details: { device: 'rport-4:0-1' } },
    ],
  },
  'commands-then-reset': {
    yes: [
      { kind: 'block-error', title: 'aacraid: Host adapter abort request', details: { driver: 'aacraid' } },
      { kind: 'block-error', title: 'aacraid: Host bus reset request', details: { driver: 'aacraid' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'aacraid: Host adapter is dead', details: { driver: 'aacraid', host: 0 } },
      { kind: 'block-error', title: 'aacraid: Host adapter is dead', details: { driver: 'aacraid', host: 1 } },
    ],
  },
  'disk-then-superblock': {
    yes: [
      { kind: 'block-error', title: 'I/O error on sdq (WRITE)', details: { device: 'sdq' } },
      { kind: 'block-error', title: 'md: super_written gets error', records: NEXT },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'I/O error on sdq (WRITE)', details: { device: 'sdq' } },
      { kind: 'block-error', title: 'md: super_written gets error', details: { device: 'md9' }, records: NEXT },
    ],
  },
  'disks-gone-then-pool': {
    yes: [
      { kind: 'block-error', title: 'SCSI sdq: Synchronize Cache failed', details: { device: 'sdq', host: 'DID_NO_CONNECT' } },
      { kind: 'filesystem-error', title: "ZFS: pool 'tank' suspended", details: { pool: 'tank' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'SCSI error on sdq: Unrecovered read error', details: { device: 'sdq', host: 'DID_OK' } },
      { kind: 'filesystem-error', title: "ZFS: pool 'tank' suspended", details: { pool: 'tank' } },
    ],
  },
  'ceph-and-its-disks': {
    yes: [
      { kind: 'filesystem-error', title: 'ceph: osd14 down', details: { server: 'osd14' } },
      { kind: 'block-error', title: 'I/O error on rbd3', details: { device: 'rbd3' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'filesystem-error', title: 'ceph: osd14 down', details: { server: 'osd14' } },
      { kind: 'block-error', title: 'I/O error on sdb', details: { device: 'sdb' } },
    ],
  },
};
