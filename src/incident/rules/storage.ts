import type { Event } from '../../event/event.ts';
import type { Rule } from '../rule.ts';
import { both, follows, rests } from '../shared.ts';

/** Whether both say it, and not the same. */
const differ = (from: Event, to: Event, field: string): boolean =>
  from.details?.[field] !== undefined && to.details?.[field] !== undefined && from.details[field] !== to.details[field];

/** drivers/s390/block/dasd.c names a disk by its bus id, the block layer by its letters. */
const isBusId = ({ details }: Event): boolean => /^\d\.\d\.[0-9a-f]{4}$/.test(String(details?.device));
const isDasd = ({ details }: Event): boolean => /^dasd[a-z]+\d*$/.test(String(details?.device));

const isBcache = ({ title }: Event): boolean => title.startsWith('bcache: ');
/** A set is given up, not only one request of a device of it. */
const isOfSet = ({ title }: Event): boolean => !title.startsWith('bcache: I/O error');

const isFabric = ({ title }: Event): boolean => /^FC remote port|^lpfc: |^qla2xxx: |^zfcp: /.test(title);
const isPath = ({ title }: Event): boolean => title.startsWith('device-mapper multipath: Failing path');
/** The SCSI host, where a line of Fibre Channel says it; lpfc's number is its own. */
const hostOf = ({ title, details }: Event): string | undefined =>
  title.startsWith('qla2xxx: ') && typeof details?.host === 'number'
    ? String(details.host)
    : /^rport-(\d+):/.exec(String(details?.device))?.[1];
/** Two adapters, or two hosts. */
function areApart(from: Event, to: Event): boolean {
  if (from.details?.driver !== undefined && from.details.driver === to.details?.driver) return differ(from, to, 'device');
  const [a, b] = [hostOf(from), hostOf(to)];
  return a !== undefined && b !== undefined && a !== b;
}

const isSuperblock = ({ title, details }: Event): boolean =>
  title.startsWith('md: super_written') && details?.device === undefined && details?.member === undefined;
const isDisk = ({ details }: Event): boolean =>
  typeof details?.device === 'string' && /^(?:[shv]d[a-z]+|xvd[a-z]+|nvme\d|dm-\d|mmcblk\d)/.test(details.device);

/** A disk, adapter or session that was given up. */
const isGone = ({ details }: Event): boolean =>
  details?.outcome === 'gone' || /^DID_(?:NO_CONNECT|BAD_TARGET)$/.test(String(details?.host));
const isUsbHost = ({ title }: Event): boolean => title === 'USB host controller died';
const isScsiDisk = ({ details }: Event): boolean => typeof details?.device === 'string' && /^(?:sd[a-z]+\d*|sr\d+)$/.test(details.device);
/** A device of device mapper or md, which lies on others. */
const isMapped = ({ details }: Event): boolean => typeof details?.device === 'string' && /^(?:dm-|md)\d+/.test(details.device);
/** A disk, or an array under a mapped device and the other way round. */
const isBelow = (from: Event, to: Event): boolean =>
  isMapped(from) ? String(from.details?.device).slice(0, 2) !== String(to.details?.device).slice(0, 2) : isDisk(from);
const isPool = ({ title }: Event): boolean => /^ZFS: pool .* suspended$/.test(title);

/** Drivers whose error handler names at most the number of its host. */
const adapterOf = ({ details }: Event): string | undefined =>
  details?.device === undefined && typeof details?.driver === 'string' && /^(?:aacraid|arcmsr|3w-)/.test(details.driver)
    ? details.driver
    : undefined;

const isCeph = ({ title }: Event): boolean => title.startsWith('ceph: ');
const isRbd = ({ details }: Event): boolean => /^rbd\d/.test(String(details?.device));

/** Storage behind more storage: what stands next to a report and is about the same thing, although no line names it. */
export const STORAGE_RULES: readonly Rule[] = [
  {
    name: 'cache-then-its-disks',
    why: 'a bcache set whose device has too many errors is given up, and stops the disks that it caches',
    unproven: 'that the disk was cached by that set: its line does not name it',
    from: ['block-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) =>
      isBcache(from) && isBcache(to) && (isOfSet(from) || isOfSet(to)) && !differ(from, to, 'set') ? 'medium' : undefined,
    says: (to) => (to.title.includes('cache is dirty') ? `${String(to.details?.device)} was stopped, as its cache is dirty` : undefined),
  },
  {
    name: 'dasd-then-disk',
    why: 'a request that the error recovery of a DASD gives up fails in the block layer',
    unproven: 'that both are one disk: one is named by its bus id, the other by its letters',
    from: ['block-error'],
    to: ['block-error'],
    within: 5,
    test: (from, to) => (isBusId(from) && isDasd(to) ? rests('medium', both('details.device')) : undefined),
    says: (to) => `I/O failed on ${String(to.details?.device)}`,
  },
  {
    name: 'fabric-and-paths',
    why: 'a link or remote port of Fibre Channel that goes down takes the paths with it that lead through it',
    unproven: 'that the paths led through it: their lines name other numbers',
    from: ['block-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) =>
      (isFabric(from) && (isPath(to) || (isFabric(to) && !areApart(from, to)))) || (isPath(from) && isFabric(to)) ? 'medium' : undefined,
    says: (to) => (isPath(to) ? `path ${String(to.details?.member ?? '')} failed`.replace('  ', ' ') : `${to.title} was reported`),
  },
  {
    name: 'commands-then-reset',
    why: "a driver's error handler aborts commands, then resets devices, the bus, the adapter",
    unproven: 'that one adapter did all of it: the driver names none',
    from: ['block-error'],
    to: ['block-error'],
    within: 300,
    test(from, to) {
      const [a, b] = [adapterOf(from), adapterOf(to)];
      return a !== undefined && a === b && !differ(from, to, 'host') ? rests('medium', both('details.driver')) : undefined;
    },
    says: (to) => `${to.title.replace(/^[\w-]+: /, '')} followed`,
  },
  {
    name: 'disk-then-superblock',
    why: 'an array writes its superblock to each member, and a member that fails there is dropped',
    unproven: 'that the superblock was on that disk: since 4.x the line names none',
    from: ['block-error'],
    to: ['block-error'],
    within: 5,
    test: (from, to) =>
      follows(from, to) && ((isDisk(from) && isSuperblock(to)) || (isSuperblock(from) && to.title.startsWith('md: Disk failure')))
        ? 'medium'
        : undefined,
    says: (to) => (isSuperblock(to) ? 'the superblock of an array could not be written' : undefined),
  },
  {
    name: 'host-died-then-disk',
    why: 'a USB host controller that dies takes all that hangs on it with it: usb_hc_died() disconnects the devices',
    unproven: 'that the disk hung on that controller: its line does not name it',
    from: ['hardware-error'],
    to: ['disk'],
    within: 10,
    test: (from, to) => (isUsbHost(from) && isScsiDisk(to) ? rests('medium', { to: ['details.device'] }) : undefined),
    says: (to) => `${String(to.details?.device)} was gone with it`,
  },
  {
    name: 'disk-gone-then-mapped',
    why: 'device mapper and md pass on what they are asked to the disks below: where one is gone, all that lies on it fails',
    unproven: 'that the device lies on that disk: its line names only itself',
    from: ['block-error'],
    to: ['disk'],
    within: 10,
    test: (from, to) =>
      isGone(from) && !isMapped(from) && isMapped(to) ? rests('medium', { from: ['details.outcome'], to: ['details.device'] }) : undefined,
    says: (to) => (to.kind === 'filesystem-error' ? `the file system on ${String(to.details?.device)} failed` : `${to.title} followed`),
  },
  {
    name: 'pool-then-volume',
    why: 'a thin pool without space queues what is written to its volumes, and after a minute or a read-only switch fails it (dm-thin.c)',
    unproven: 'that the volume is of that pool: its line names only itself',
    from: ['block-error'],
    to: ['disk'],
    within: 120,
    test: (from, to) =>
      from.details?.target === 'thin' && from.details.outcome === 'stopped' && isMapped(to)
        ? rests('medium', { from: ['details.mode'], to: ['details.device'] })
        : undefined,
    says: (to) => (to.kind === 'filesystem-error' ? `the file system on ${String(to.details?.device)} failed` : `${to.title} followed`),
  },
  {
    name: 'disk-error-then-mapped',
    why: 'a request that fails on a disk fails at once on the device of device mapper or md that passed it on',
    unproven: 'that the device lies on that disk: its line names only itself',
    from: ['block-error'],
    to: ['disk'],
    within: 1,
    test: (from, to) => (isBelow(from, to) && isMapped(to) && follows(from, to) ? rests('medium', both('details.device')) : undefined),
    says: (to) => (to.kind === 'filesystem-error' ? `the file system on ${String(to.details?.device)} failed` : `${to.title} followed`),
  },
  {
    name: 'disks-gone-then-pool',
    why: 'a ZFS pool whose disks are gone is suspended',
    unproven: 'that the disks were those of the pool: its line names none',
    from: ['block-error'],
    to: ['filesystem-error'],
    within: 60,
    test: (from, to) => (isGone(from) && isPool(to) ? rests('medium', { to: ['details.pool'] }) : undefined),
    says: (to) => `the ZFS pool ${String(to.details?.pool)} was suspended`,
  },
  {
    name: 'ceph-and-its-disks',
    why: 'a client of Ceph loses its monitors, metadata servers and disks together when it or the cluster loses the network',
    unproven: 'that they are servers of one cluster: their lines name no cluster',
    from: ['filesystem-error'],
    to: ['disk'],
    within: 60,
    test: (from, to) => (isCeph(from) && (isCeph(to) || isRbd(to)) ? 'medium' : undefined),
    says: (to) => (isCeph(to) ? `${to.title.replace(/^ceph: /, '')} as well` : `I/O failed on ${String(to.details?.device)}`),
  },
];
