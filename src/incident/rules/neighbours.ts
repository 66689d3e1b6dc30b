import type { Event } from '../../event/event.ts';
import { beginning } from '../../event/symbols.ts';
import { taskName } from '../../event/task-name.ts';
import { frameIn } from '../frames.ts';
import type { Rule } from '../rule.ts';
import { both, rests } from '../shared.ts';

/** Waits for a server, behind which the file system of another machine lies. */
const WAITS_FOR_SERVER = beginning(
  // net/sunrpc, fs/nfs
  'rpc_wait_bit_killable|__?rpc_execute|rpc_(?:execute|wait|call_sync|run_task)|nfs4?_|nfs3_|nlmclnt_',
  // fs/smb/client, fs/ceph, net/ceph
  'wait_for_response|compound_send_recv|cifs_|smb[23]?_|SMB2_|ceph_',
);

const isRemote = ({ details }: Event): boolean => typeof details?.server === 'string';

/** `CIFS`, `SQUASHFS`, `nfs`: who speaks, where the message does not begin with a device in parentheses. */
const speaker = ({ title }: Event): string | undefined => /^([\w-]+): /.exec(title)?.[1]?.toLowerCase();
const subjectOf = ({ details }: Event): unknown => details?.device ?? details?.server;

const isPcieError = ({ title }: Event): boolean => /^PCIe (?:Bus Error|port contained|error reported)|^EEH: /.test(title);
/** drivers/nvme/host/pci.c nvme_error_detected(): nobody but the recovery of a PCIe error calls it. */
const isFrozen = ({ title }: Event): boolean => /^nvme: (?:frozen|failure) state error/.test(title);

const ofMemory = ({ title, details }: Event): boolean =>
  /^Machine check: /.test(title) && /memory controller|dram|\bumc\b|ecc/i.test(`${title} ${String(details?.errorName ?? '')}`);
const isUncorrected = ({ title }: Event): boolean => title.includes('uncorrected');

/** The line without the numbers, which a driver in the kernel or mcelog has taken. */
const isLogged = ({ title }: Event): boolean => title === 'Machine check events logged';

/** Lines between two reports of one cause at most. */
const NEXT = 4;
const follows = (from: Event, to: Event): boolean => to.records.first > from.records.first && to.records.first - from.records.last <= NEXT;

const isSlab = ({ details }: Event): boolean => details?.what === 'slab';

/** drivers/s390/block/dasd.c names a disk by its bus id, the block layer by its letters. */
const isBusId = ({ details }: Event): boolean => /^\d\.\d\.[0-9a-f]{4}$/.test(String(details?.device));
const isDasd = ({ details }: Event): boolean => /^dasd[a-z]+\d*$/.test(String(details?.device));

const isBcache = ({ title }: Event): boolean => title.startsWith('bcache: ');
const isFabric = ({ title }: Event): boolean => /^FC remote port|^lpfc: |^qla2xxx: /.test(title);
const isPath = ({ title }: Event): boolean => title.startsWith('device-mapper multipath: Failing path');

/** What stands next to a report and is about the same thing, although no line names it. */
export const NEIGHBOUR_RULES: readonly Rule[] = [
  {
    name: 'server-then-hung',
    why: 'who uses a file system of a server that does not answer waits in the kernel until it does',
    unproven: 'that the hung task waits for that server: its stack names none',
    from: ['filesystem-error'],
    to: ['hung-task'],
    within: 1800,
    test(from, to) {
      if (!isRemote(from)) return undefined;
      const frame = frameIn(to, WAITS_FOR_SERVER);
      return frame === undefined ? undefined : rests('medium', { from: ['details.server'], to: [frame] });
    },
    says: (to, from) => `${taskName(to.task?.comm, to.task?.pid) ?? 'a task'} hung waiting for ${String(from.details?.server)}`,
  },
  {
    name: 'unnamed-filesystem',
    why: 'a file system whose messages name no device reports one failure at several places',
    unproven: 'that the lines are about one file system: not all of them name it',
    from: ['filesystem-error'],
    to: ['filesystem-error'],
    within: 60,
    test: (from, to) =>
      speaker(from) !== undefined && speaker(from) === speaker(to) && (subjectOf(from) === undefined || subjectOf(to) === undefined)
        ? 'medium'
        : undefined,
    says: (to) => `more errors of ${to.title.split(':')[0]} followed`,
  },
  {
    name: 'pcie-then-nvme',
    why: 'the recovery of a PCIe error tells the driver of the disk below the port to stop (drivers/pci/pcie/err.c)',
    unproven: 'that the disk is below that port: one is named by address, the other by its controller',
    from: ['hardware-error'],
    to: ['block-error'],
    within: 5,
    test: (from, to) =>
      isPcieError(from) && isFrozen(to) ? rests('medium', { from: ['details.device'], to: ['details.device'] }) : undefined,
    says: (to) => `${String(to.details?.device)} was stopped for its recovery`,
  },
  {
    name: 'port-then-its-error',
    why: 'a root port says from whom it has a message, and then reads who has the error: they may differ where several did',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 1,
    test: (from, to) =>
      from.title.endsWith('source not read') && /^PCIe Bus Error: /.test(to.title) && from.details?.reporter === to.details?.device
        ? rests('high', { from: ['details.reporter'], to: ['details.device'] })
        : undefined,
    says: (to) => `${to.title} was read from ${String(to.details?.device)}`,
  },
  {
    name: 'machine-check-then-memory',
    why: 'the driver of the memory controller works out from a machine check which module it was (drivers/edac)',
    unproven: 'that both lines are about one error: they share no number',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 2,
    test: (from, to) =>
      ofMemory(from) && to.title.startsWith('EDAC: ') && isUncorrected(from) === isUncorrected(to)
        ? 'medium'
        : from.title.startsWith('EDAC: ') && isLogged(to) && follows(from, to)
          ? 'medium'
          : undefined,
    says: (to) => (isLogged(to) ? undefined : `the memory is ${/ on (\S+)$/.exec(to.title)?.[1] ?? 'not named'}`),
  },
  {
    name: 'cache-then-its-disks',
    why: 'a bcache set whose device has too many errors is given up, and stops the disks that it caches',
    unproven: 'that the disk was cached by that set: its line does not name it',
    from: ['block-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) => (isBcache(from) && isBcache(to) ? 'medium' : undefined),
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
    test: (from, to) => ((isFabric(from) && (isPath(to) || isFabric(to))) || (isPath(from) && isFabric(to)) ? 'medium' : undefined),
    says: (to) => (isPath(to) ? `path ${String(to.details?.member ?? '')} failed`.replace('  ', ' ') : `${to.title} was reported`),
  },
  {
    name: 'acpi-then-method',
    why: 'a method of the firmware that meets an error is aborted with its code',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 1,
    test: (from, to) =>
      from.title.startsWith('ACPI error') &&
      to.title.startsWith('ACPI error') &&
      from.details?.what === to.details?.what &&
      follows(from, to)
        ? rests('high', both('details.what'))
        : undefined,
    says: (to) => (typeof to.details?.object === 'string' ? `${to.details.object} was aborted` : undefined),
  },
  {
    name: 'slab-and-pages',
    why: 'a slab cache grows by whole pages: where it gets none, both the page allocator and the slab allocator say so (mm/slub.c)',
    unproven: 'that the request for pages was that of the cache',
    from: ['page-allocation-failure'],
    to: ['page-allocation-failure'],
    within: 1,
    test: (from, to) => (isSlab(from) !== isSlab(to) && follows(from, to) ? 'medium' : undefined),
    says: (to, from) => {
      const { cache } = (isSlab(to) ? to : from).details ?? {};
      return `the ${isSlab(to) ? '' : 'pages were for the '}slab cache${typeof cache === 'string' ? ` ${cache}` : ''}${isSlab(to) ? ' could not grow' : ''}`;
    },
  },
];
