import type { Event } from '../../event/event.ts';
import { devicesOf, diskOf } from '../facts.ts';
import { type StepContext, type StepRule, step } from './context.ts';
import { safeDevice, safeId } from './safe.ts';

/** What a device of such a name is asked; `$` stands for the name, as far as the pattern's group takes it. */
type Ask = readonly [name: RegExp, command: string, why: string];

/** By the name of the device: the disk itself, then what is built upon it. */
const BY_NAME: readonly Ask[] = [
  [/^((?:sd|hd)[a-z]+)$/, 'smartctl -x /dev/$', 'what the disk says of itself: reallocated, pending, CRC errors'],
  [/^(nvme\d+)(?:n\d+)?$/, 'nvme smart-log /dev/$', 'what the drive says of itself: media errors, spare, temperature'],
  [/^(nvme\d+)(?:n\d+)?$/, 'nvme error-log /dev/$', 'its last failed commands'],
  [/^(md\d+)$/, 'mdadm --detail /dev/$', 'which members the array has lost'],
  [/^(dm-\d+)$/, 'lsblk -s /dev/$', 'what lies below that mapped device'],
  [/^(drbd\d+)$/, 'drbdadm status', 'the state of both sides'],
  [/^(mmcblk\d+)$/, 'mmc extcsd read /dev/$', 'life time and bad blocks of the card'],
  [/^(ata\d+)$/, 'ls -l /sys/block | grep /$/', 'which disk is on that port'],
  [/^(\d+:\d+:\d+:\d+)$/, 'lsscsi -s $', 'which disk that address is'],
  [/^((?:session|connection)\d[\d:]*)$/, 'iscsiadm -m session -P 3', 'sessions, their targets and disks'],
  [/^(rport-[\d:-]+)$/, 'grep . /sys/class/fc_remote_ports/$/port_state', 'whether the remote port came back'],
  [/^(nbd\d+|rbd\d+|loop\d+|bcache\d+|[vx]v?d[a-z]+)$/, 'lsblk -o NAME,TYPE,FSTYPE,MOUNTPOINT,STATE /dev/$', 'what lies on it'],
  [/^((?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])$/, 'lspci -vvv -s $', 'the device, its link and its error registers'],
];

/** A check that writes nothing; `$` stands for the device. */
const CHECKS: readonly Ask[] = [
  [/^EXT[234]/, 'e2fsck -n /dev/$', 'checks the file system and changes nothing; unmount it first'],
  [/^XFS/, 'xfs_repair -n /dev/$', 'checks the file system and changes nothing; unmount it first'],
  [/^BTRFS/, 'btrfs device stats /dev/$', 'errors by device, since they were last reset'],
  [/^F2FS/, 'fsck.f2fs --dry-run /dev/$', 'checks the file system and changes nothing; unmount it first'],
];

/** By what the report is called: who keeps a history of such errors, and which part it is. */
const BY_TITLE: readonly Ask[] = [
  [/^(?:EDAC|Machine check|Hardware error|Memory failure|Uncorrected hardware)/, 'ras-mc-ctl --errors', 'errors that rasdaemon has logged'],
  [/memory|DIMM|^EDAC|csrow/, 'grep . /sys/devices/system/edac/mc/mc*/dimm*/dimm_[cu]e_count', 'errors by memory module'],
  [/memory|DIMM|^EDAC|csrow/, 'dmidecode -t memory', 'which module is in which slot'],
  [/^(?:Machine check|Hardware error|NMI|PCIe|EEH|Hardware protection)/, 'ipmitool sel elist', 'what the management controller noted'],
  [/throttled|temperature|too hot/i, 'sensors', 'temperatures and fans now'],
  [/PCIe|IOMMU|\bbus\b/, 'lspci -tv', 'what hangs on which port'],
  [/Xid|NVRM/, 'nvidia-smi -q', 'what the card says of itself'],
  [/USB/, 'lsusb -t', 'what hangs on which port, at which speed'],
  [/irq|vector/i, 'cat /proc/interrupts', 'who uses which interrupt, and how often'],
  [/[Cc]locksource/, 'grep . /sys/devices/system/clocksource/clocksource0/*_clocksource', 'which clock is used now'],
  [/multipath/, 'multipath -ll', 'paths and their states'],
  [/thin|snapshots/, 'lvs -a -o +devices,data_percent,metadata_percent', 'how full the pool is'],
  [/NFS|CIFS/, 'findmnt -t nfs,nfs4,cifs', 'which mounts are of that server'],
  [/megaraid|mpt\d/, 'storcli /call show all', 'what the controller says of its disks'],
];

/** Names of the disks and parts of the incident, the first events' first. */
const namesIn = ({ events }: StepContext): readonly string[] =>
  [...new Set(events.slice(0, MOST_EVENTS).flatMap((event) => [...devicesOf(event)].map(diskOf)))].filter(
    (name) => safeDevice(name) !== undefined,
  );
/** Events whose devices are asked, and devices, at most: a storm names one again and again. */
const MOST_EVENTS = 64;
const MOST = 3;

const asked = (table: readonly Ask[], text: string, name: string | undefined) =>
  table.flatMap(([pattern, command, why]) => {
    const found = pattern.exec(text);
    const value = name ?? found?.[1];
    return found === null || (command.includes('$') && value === undefined) ? [] : [step('shell', command.replace('$', value ?? ''), why)];
  });

const deviceOf = ({ details }: Event): string | undefined =>
  typeof details?.device === 'string' ? safeDevice(details.device.replace(/^\/dev\//, '')) : undefined;

/** Steps on the machine for what is below the kernel: disks, memory modules, buses, networks. */
export const DEVICE_STEPS: readonly StepRule[] = [
  {
    kinds: ['hw'],
    steps: (c) => {
      const names = namesIn(c);
      const pool = c.first.details?.pool;
      return [
        ...names.slice(0, MOST).flatMap((name) => asked(BY_NAME, name, undefined)),
        ...asked(BY_TITLE, c.first.title, undefined),
        typeof pool === 'string' ? step('shell', safeId(pool) && `zpool status -v ${pool}`, 'which device of the pool fails') : undefined,
        ...c.events
          .filter(({ kind }) => kind === 'filesystem-error')
          .slice(0, 1)
          .flatMap((event) => (deviceOf(event) === undefined ? [] : asked(CHECKS, event.title, deviceOf(event)))),
      ];
    },
  },
  {
    kinds: ['netdev-watchdog'],
    steps: (c) =>
      namesIn(c)
        .filter((name) => /^[a-z]\w{1,14}$/i.test(name))
        .slice(0, 1)
        .flatMap((name) => [
          step('shell', `ip -s link show dev ${name}`, 'whether the link is up, and its errors'),
          step('shell', `ethtool -S ${name}`, "the interface's counters"),
          step('shell', `ethtool -i ${name}`, 'driver and firmware'),
        ]),
  },
];
