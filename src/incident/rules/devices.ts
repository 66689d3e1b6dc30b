import type { Event } from '../../event/event.ts';
import { beginning } from '../../event/symbols.ts';
import { taskName } from '../../event/task-name.ts';
import { began, devicesOf, sharesDevice } from '../facts.ts';
import { frameIn } from '../frames.ts';
import type { Finding, Rule } from '../rule.ts';
import { both, rests } from '../shared.ts';

/** Waits for a disk. */
const WAITS_FOR_DISK = beginning(
  // block/ and kernel/sched
  'io_schedule|blk_|submit_bio_wait|bit_wait_io|wbt_wait|rq_qos_wait',
  // fs/buffer.c, mm/filemap.c
  'wait_on_buffer|__wait_on_buffer|wait_on_page|folio_wait',
  // journals
  '__?jbd2_|jbd2_|kjournald2|xlog_|xfs_buf',
  // file systems and writeback
  'ext4_|btrfs_|iomap_|writeback_|wb_|sync_inodes',
);

const device = (event: Event): string => [...devicesOf(event)][0] ?? 'the device';

/** What became of the part, where a report says how it ended. */
function ended(event: Event): string | undefined {
  const { outcome, member, what } = event.details ?? {};
  const said = typeof what === 'string' ? ` ("${what}")` : '';
  switch (outcome) {
    case 'gone':
      return `the kernel gave ${device(event)} up${said}`;
    case 'stopped':
      return event.kind === 'filesystem-error'
        ? `the file system on ${device(event)} went read-only or was shut down`
        : `${device(event)} stopped${said}`;
    case 'degraded':
      return typeof member === 'string' ? `${device(event)} lost ${member}` : undefined;
    default:
      return undefined;
  }
}

/** Of a part that is gone, what only says so again adds nothing. */
const isGoneAgain = (to: Event, from: Event): boolean => from.details?.outcome === 'gone' && to.details?.outcome === 'gone';

/** A reset by itself harms nobody; what else is only information adds nothing. */
const noted = (to: Event): string | undefined => (to.details?.outcome === 'reset' ? `${device(to)} was reset` : undefined);
const failed = (to: Event, from: Event): string =>
  from.kind === 'block-error' ? `more I/O errors on ${device(to)} followed` : `I/O failed on ${device(to)}`;

/** How a reset ended. */
const succeeded = ({ details }: Event): string => (details?.outcome === 'recovered' ? ', and succeeded' : '');

/** Both are about one part; the verdict then says how it ended. */
function onOneDevice(from: Event, to: Event): Finding | undefined {
  const device = sharesDevice(from, to);
  return device === undefined ? undefined : rests('high', device, { to: ['details.outcome'] });
}

/** Disks, links and the hardware below. */
export const DEVICE_RULES: readonly Rule[] = [
  {
    name: 'device-then-disk',
    why: 'requests fail on a device whose link or controller reported an error',
    from: ['hardware', 'block-error'],
    to: ['block-error'],
    within: 300,
    test: onOneDevice,
    says: (to, from) => (isGoneAgain(to, from) ? undefined : (ended(to) ?? (to.severity === 'info' ? noted(to) : failed(to, from)))),
  },
  {
    name: 'port-then-disk',
    why: "when libata's error handler is done with a port, the SCSI midlayer reports the commands of its disk",
    unproven: 'that the disk hangs on that port: neither line names the other',
    from: ['block-error'],
    to: ['block-error'],
    within: 10,
    test: ({ details: from }, { details: to }) =>
      /^ata\d+$/.test(String(from?.port)) && /^\d+:\d+:\d+:\d+$/.test(String(to?.address))
        ? rests('medium', { from: ['details.port'], to: ['details.address'] })
        : undefined,
    says: (to) => ended(to) ?? `commands to ${device(to)} failed`,
  },
  {
    name: 'disk-then-filesystem',
    why: 'a file system that cannot read or write its disk aborts its journal and goes read-only',
    from: ['disk', 'hardware-error'],
    to: ['filesystem-error'],
    within: 600,
    test: onOneDevice,
    says: (to, from) =>
      ended(to) ??
      (to.title.includes(': not mounted')
        ? `the file system on ${device(to)} could not be mounted`
        : from.kind === 'filesystem-error'
          ? `more errors of the file system on ${device(to)} followed`
          : `the file system on ${device(to)} failed`),
  },
  {
    name: 'disk-then-hung',
    why: 'who waits for a disk that fails or does not answer hangs',
    unproven: 'that the hung task waits for the disk that failed',
    from: ['disk'],
    to: ['hung-task'],
    within: 1800,
    test(from, to) {
      const [start, failed] = [began(to), from.uptime];
      // a request is retried for some 30 s (SCSI, NVMe) before it fails: the wait may have begun before
      if (start !== undefined && failed !== undefined && start < failed - 180) return undefined;
      const frame = frameIn(to, WAITS_FOR_DISK);
      return frame === undefined ? undefined : rests('medium', { to: [frame] });
    },
    says: (to) => `${taskName(to.task?.comm, to.task?.pid) ?? 'a task'} hung waiting for I/O`,
  },
  {
    name: 'device-lost',
    why: 'what is sent to a device that left the bus, or over a link that is down, times out',
    from: ['hardware', 'netdev-watchdog', 'block-error'],
    to: ['hardware', 'netdev-watchdog'],
    within: 300,
    test: onOneDevice,
    says: (to, from) =>
      isGoneAgain(to, from)
        ? undefined
        : to.kind === 'netdev-watchdog' && /time|hang|stuck/i.test(to.title)
          ? `${device(to)} timed out`
          : (ended(to) ?? `${to.title} followed on ${device(to)}${succeeded(to)}`),
  },
  {
    name: 'gpu-hang-then-reset',
    why: 'a ring that stops is reset by its driver, which until 6.8 did not say on which GPU',
    unproven: 'that the reset was of the GPU that had stopped: its line names none',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 60,
    test: (from, to) => {
      const [stopped, reset] = [from.details?.driver, to.details?.driver];
      return stopped !== undefined && stopped === reset && from.details?.device === undefined && from.details?.address === undefined
        ? rests('medium', both('details.driver'))
        : undefined;
    },
    says: (to) => ended(to) ?? `${to.title} followed${succeeded(to)}`,
  },
  {
    name: 'hardware-then-fault',
    why: 'an uncorrected hardware error is reported on the CPU that then faults on the data',
    unproven: 'that the fault used the data which the hardware lost',
    from: ['hardware-error'],
    to: ['oops', 'user-fault', 'bad-page'],
    within: 1,
    test: (from, to) =>
      (from.severity === 'fatal' || from.severity === 'error') && from.task?.cpu !== undefined && from.task.cpu === to.task?.cpu
        ? rests('low', both('task.cpu'))
        : undefined,
    says: (to) => `${to.title} followed on the same CPU`,
  },
];

/** On purpose, or from outside. */
export const OUTSIDE_RULES: readonly Rule[] = [
  {
    name: 'sysrq-crash',
    why: 'SysRq-c is a request to crash: before 5.0 by a NULL dereference in sysrq_handle_crash(), since then by panic()',
    from: ['sysrq'],
    to: ['oops', 'oom-kill'],
    within: 10,
    test(_from, to) {
      const path =
        to.kind !== 'oom-kill' ? frameIn(to, /sysrq_handle_crash/) : to.oom?.trigger?.order === -1 ? 'oom.trigger.order' : undefined;
      return path === undefined ? undefined : rests('high', { to: [path] });
    },
    says: (to) =>
      to.kind === 'oom-kill' ? 'the OOM killer was called by hand (SysRq-f)' : 'the kernel was crashed on purpose through SysRq-c',
  },
  {
    name: 'nmi-then-lockup',
    why: 'the hard lockup detector and the answers to its backtraces are NMIs',
    from: ['nmi'],
    to: ['hard-lockup'],
    within: 10,
    test: () => 'low',
    says: () => 'a hard lockup was reported',
  },
  {
    name: 'reset',
    why: 'a watchdog, the firmware or the power ended the boot: the next lines are those of a new kernel',
    unproven: 'that the last report before the reset is why it happened',
    from: ['hung', 'oops', 'hardware-error', 'nmi'],
    to: ['reboot'],
    within: Number.POSITIVE_INFINITY,
    acrossBoots: true,
    test: (from, to) => (to.records.first - from.records.last <= 40 ? 'low' : undefined),
    says: () => 'the machine restarted without shutting down first',
  },
];
