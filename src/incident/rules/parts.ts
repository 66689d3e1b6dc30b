import type { Event } from '../../event/event.ts';
import { taskName } from '../../event/task-name.ts';
import { sameTask } from '../facts.ts';
import { frameIn } from '../frames.ts';
import type { Finding, Rule } from '../rule.ts';
import { both, rests } from '../shared.ts';

/** The SCSI host that a report names: `3:0:1:4`, `rport-3:0-2`, `scsi host3:`, `qla2xxx [0000:81:00.1]-500b:3:`; with the field that says so. */
function hostOf({ details }: Event): readonly [host: number, path: string] | undefined {
  const { address, device, host, lun } = details ?? {};
  if (typeof host === 'number') return [host, 'details.host'];
  // aacraid: host, channel, target, unit
  if (typeof lun === 'string' && /^\d+,\d+,\d+,\d+$/.test(lun)) return [Number.parseInt(lun, 10), 'details.lun'];
  const unit = typeof address === 'string' ? /^(\d+):\d+:\d+:\d+$/.exec(address)?.[1] : undefined;
  if (unit !== undefined) return [Number(unit), 'details.address'];
  const port = typeof device === 'string' ? /^rport-(\d+):/.exec(device)?.[1] : undefined;
  return port === undefined ? undefined : [Number(port), 'details.device'];
}

/** UAS and USB storage make a host for each device. */
const isUsb = (event: Event): boolean => event.title.startsWith('UAS: ');

function onOneHost(from: Event, to: Event): Finding | undefined {
  const [a, b] = [hostOf(from), hostOf(to)];
  if (a === undefined || b === undefined || a[0] !== b[0] || (a[1] === 'details.address' && b[1] === 'details.address')) return undefined;
  const isSame = String(from.details?.lun).replaceAll(',', ':') === to.details?.address;
  return rests(isSame || isUsb(from) || isUsb(to) ? 'high' : 'medium', { from: [a[1]], to: [b[1]] });
}

/** An adapter of SCSI disks, or a session to them, that was given up; an array of an adapter that is offline. */
const takesDisks = ({ details, title }: Event): boolean =>
  (details?.outcome === 'gone' || (details?.outcome === 'stopped' && details.driver !== undefined)) &&
  details.address === undefined &&
  !/^(?:nvme|ata)\d/.test(String(details.device)) &&
  !/^USB|^UAS/.test(title);

/** A SCSI unit that is offline. */
const isOfflineUnit = ({ details, title }: Event): boolean =>
  typeof details?.address === 'string' &&
  /^\d+:\d+:\d+:\d+$/.test(details.address) &&
  (details.outcome === 'gone' || /offline/i.test(title) || /^DID_(?:NO_CONNECT|BAD_TARGET)$/.test(String(details.host)));

/** The number of `mmc2` and of `mmcblk2p1`. */
const cardOf = ({ details }: Event, name: RegExp): string | undefined =>
  typeof details?.device === 'string' ? name.exec(details.device)?.[1] : undefined;

/** Shifts of the page sizes that kernels are built with. */
const PAGE_SHIFTS = [12n, 14n, 16n];

/** `0x3f1a2b3`: of a page, by its number or by an address within it. */
function isOnPage(address: unknown, pfn: unknown): boolean {
  if (typeof address !== 'string' || typeof pfn !== 'string' || !/^0x[0-9a-f]+$/.test(address) || !/^0x[0-9a-f]+$/.test(pfn)) return false;
  return PAGE_SHIFTS.some((shift) => BigInt(address) >> shift === BigInt(pfn));
}

const isNvidiaAt = ({ details, title }: Event): boolean => title.startsWith('NVRM: ') && typeof details?.device === 'string';

const isThrottled = ({ title }: Event): boolean => title.startsWith('CPU throttled');

/** A thread that works for all users of a file system or an array, and the functions in which those wait for it. */
const WORKERS: readonly (readonly [comm: RegExp, waits: RegExp, does: string])[] = [
  [
    /^jbd2\//,
    /^(?:wait_transaction_(?:locked|switching)|add_transaction_credits|start_this_handle|jbd2_(?:log_wait_commit|complete_transaction)|__jbd2_log_wait_for_space)/,
    'to commit the journal',
  ],
  [
    /^btrfs-transacti/,
    /^(?:wait_current_trans|wait_for_commit|btrfs_commit_transaction|btrfs_wait_for_commit)/,
    'to commit the transaction',
  ],
  [
    /^xfs(?:aild|-cil|-log|-sync)/,
    /^(?:xlog_grant_head_wait|xlog_cil_(?:force|push)|xfs_log_(?:force|reserve)|xlog_wait)/,
    'to write the log',
  ],
  [/^txg_(?:sync|quiesce)/, /^(?:txg_wait_|dmu_tx_wait|dmu_tx_assign)/, 'to write the transaction group'],
  [
    /^md\d+_|^dm-raid/,
    /^(?:md_(?:write_start|flush_request|handle_request)|raid\w*_make_request|raid\d*_get_active_stripe|wait_barrier)/,
    'to serve the array',
  ],
];

/** Whether `waiting` waits for what the thread `working` does. */
function waitsForWorker(working: Event, waiting: Event): { readonly frame: string; readonly does: string } | undefined {
  for (const [comm, waits, does] of WORKERS) {
    if (!comm.test(working.task?.comm ?? '') || comm.test(waiting.task?.comm ?? '')) continue;
    const frame = frameIn(waiting, waits);
    if (frame !== undefined) return { frame, does };
  }
  return undefined;
}

const name = ({ task }: Event): string => taskName(task?.comm, task?.pid) ?? 'a task';

/** One part that two reports name each in its own way. */
export const PART_RULES: readonly Rule[] = [
  {
    name: 'adapter-then-disk',
    why: 'the disks of a SCSI host fail with it, and their numbers begin with its own',
    unproven: 'that the disk was reached through the port that failed: both name only the host',
    from: ['block-error'],
    to: ['block-error'],
    within: 120,
    test: onOneHost,
    says: (to) =>
      isUsb(to) ? undefined : typeof to.details?.device === 'string' ? `${to.title} followed on the same host` : 'more I/O errors followed',
  },
  {
    name: 'adapter-gone-then-disk',
    why: 'an adapter or session that is given up takes its disks with it: the SCSI midlayer sets them offline and rejects what is sent to them',
    unproven: 'that the disk was reached through what failed: its line names only its number',
    from: ['block-error', 'hardware-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) =>
      takesDisks(from) && isOfflineUnit(to) ? rests('medium', { from: ['details.outcome'], to: ['details.address'] }) : undefined,
    says: (to) => `the disk ${String(to.details?.address)} went offline`,
  },
  {
    name: 'disk-gone-then-filesystem',
    why: 'a file system whose disk is offline gets an error for all that it reads or writes',
    unproven: 'that the file system lies on that disk: one is named by number, the other by name',
    from: ['block-error'],
    to: ['disk'],
    within: 10,
    test: (from, to) =>
      isOfflineUnit(from) &&
      from.details?.device === undefined &&
      typeof to.details?.device === 'string' &&
      /^sd[a-z]+\d*$/.test(to.details.device)
        ? rests('medium', { from: ['details.address'], to: ['details.device'] })
        : undefined,
    says: (to) =>
      to.kind === 'filesystem-error'
        ? `the file system on ${String(to.details?.device)} failed`
        : `I/O failed on ${String(to.details?.device)}`,
  },
  {
    name: 'card-then-its-disk',
    why: 'since 4.7 the disk of a card has the number of the host that it sits in (drivers/mmc/core/block.c)',
    unproven: 'that mmcN and mmcblkN are one card: older kernels numbered them apart',
    from: ['block-error'],
    to: ['block-error'],
    within: 300,
    test(from, to) {
      const card = cardOf(from, /^mmc(\d+)$/) ?? cardOf(to, /^mmc(\d+)$/);
      const disk = cardOf(from, /^mmcblk(\d+)/) ?? cardOf(to, /^mmcblk(\d+)/);
      return card !== undefined && card === disk ? rests('medium', both('details.device')) : undefined;
    },
    says: (to) => `I/O failed on ${String(to.details?.device)}`,
  },
  {
    name: 'pci-then-nvme',
    why: 'the driver of NVMe disks reports of its PCI function by address and of its controller by name',
    unproven: 'that the controller is the one at that address: no line names both',
    from: ['hardware-error'],
    to: ['block-error'],
    within: 10,
    test: (from, to) =>
      from.details?.driver === 'nvme' && typeof to.details?.device === 'string' && /^nvme\d+$/.test(to.details.device)
        ? rests('medium', { from: ['details.device', 'details.driver'], to: ['details.device'] })
        : undefined,
    says: (to) => `${String(to.details?.device)} failed with it`,
  },
  {
    name: 'gpu-by-number',
    why: "NVIDIA's display driver numbers the GPUs that the rest of the driver calls by their addresses",
    unproven: 'that the numbered GPU is the one at that address: no line names both',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 10,
    test(from, to) {
      const [named, numbered] = typeof from.details?.gpu === 'number' ? [to, from] : [from, to];
      if (typeof numbered.details?.gpu !== 'number' || !isNvidiaAt(named)) return undefined;
      return named === from
        ? rests('medium', { from: ['details.device'], to: ['details.gpu'] })
        : rests('medium', { from: ['details.gpu'], to: ['details.device'] });
    },
    says: (to) => `${to.title} followed`,
  },
  {
    name: 'memory-error-then-page',
    why: 'the kernel takes the page of an uncorrected memory error out of use, and kills who needs it (mm/memory-failure.c)',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 60,
    test: (from, to) =>
      isOnPage(from.details?.address, to.details?.pfn) ? rests('high', { from: ['details.address'], to: ['details.pfn'] }) : undefined,
    says: (to) =>
      to.task?.comm === undefined
        ? `the page was taken out of use${/^Page with /.test(to.title) ? '' : ` (${to.title.replace(/^Memory failure: /, '')})`}`
        : `the kernel killed ${name(to)}, which used the page`,
  },
  {
    name: 'page-fails-again',
    why: 'a page whose errors were corrected until now has one that cannot be',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 86_400,
    test: (from, to) =>
      from.details?.class === 'CE' && isOnPage(to.details?.address, from.details.page)
        ? rests('high', { from: ['details.page'], to: ['details.address'] })
        : undefined,
    says: () => 'an error in the same page could no longer be corrected',
  },
  {
    name: 'throttled-then-too-hot',
    why: 'a processor that stays hot although it is throttled brings the machine to its critical temperature',
    unproven: 'that the zone is heated by that processor: its line names none',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 600,
    test: (from, to) => (isThrottled(from) && /^Critical temperature/.test(to.title) ? 'medium' : undefined),
    says: () => 'the machine still reached its critical temperature',
  },
  {
    name: 'too-hot-then-off',
    why: 'a thermal zone at its critical temperature shuts the machine down (drivers/thermal/thermal_core.c)',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 60,
    test: (from, to) =>
      /^Critical temperature/.test(from.title) && /^Hardware protection/.test(to.title) && /temperature/i.test(String(to.details?.reason))
        ? rests('high', { to: ['details.reason'] })
        : undefined,
    says: () => 'the kernel switched the machine off',
  },
  {
    name: 'throttled-together',
    why: 'one heat throttles each core and the package, and each says so',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 3600,
    key: (event) => (isThrottled(event) ? 'throttled' : undefined),
    test: (from, to) => (isThrottled(from) && isThrottled(to) ? 'high' : undefined),
  },
  {
    name: 'waits-for-worker',
    why: 'one thread commits the journal of a file system or serves an array, and everybody else waits for it',
    unproven: 'that they use the file system or array which that thread serves',
    from: ['hung-task'],
    to: ['hung-task'],
    within: 600,
    test(from, to) {
      if (sameTask(from, to)) return undefined;
      const behind = waitsForWorker(from, to);
      if (behind !== undefined) return rests('medium', { from: ['task.comm'], to: [behind.frame] });
      const ahead = waitsForWorker(to, from);
      return ahead && rests('medium', { from: [ahead.frame], to: ['task.comm'] });
    },
    says(to, from) {
      const behind = waitsForWorker(from, to);
      return behind === undefined ? `${name(to)}, which it waits for, hangs as well` : `${name(to)} waits for ${name(from)} ${behind.does}`;
    },
  },
];
