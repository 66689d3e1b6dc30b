import type { Event } from '../../event/event.ts';
import { beginning } from '../../event/symbols.ts';
import { taskName } from '../../event/task-name.ts';
import { isNotice } from '../facts.ts';
import { culpritOf, frameIn } from '../frames.ts';
import type { Rule } from '../rule.ts';
import { both, follows, rests } from '../shared.ts';
import { functionText } from '../verdict/words.ts';

/** Waits for a server, behind which the file system of another machine lies. */
const WAITS_FOR_SERVER = beginning(
  // net/sunrpc, fs/nfs
  'rpc_wait_bit_killable|__?rpc_execute|rpc_(?:execute|wait|call_sync|run_task)|nfs4?_|nfs3_|nlmclnt_',
  // fs/smb/client, fs/ceph, net/ceph
  'wait_for_response|compound_send_recv|cifs_|smb[23]?_|SMB2_|ceph_',
);

const isRemote = ({ details }: Event): boolean => typeof details?.server === 'string';

/** `CIFS`, `SQUASHFS`, `nfs`, `BTRFS error (device sda1)`: who speaks. */
const speaker = ({ title }: Event): string | undefined => /^([\w-]+)(?:: | \w+ \(device )/.exec(title)?.[1]?.toLowerCase();
const subjectOf = ({ details }: Event): unknown => details?.device ?? details?.server;

/** The line of the error stands within the report of the check: it is what the check says. */
const isMessage = (from: Event, to: Event): boolean => from.records.first <= to.records.first && to.records.last <= from.records.last;
const isPlace = (from: Event, to: Event): boolean =>
  typeof from.details?.line === 'number' && from.details.line === to.details?.line && from.culprit?.symbol === to.details?.function;

const isPcieError = ({ title }: Event): boolean => /^PCIe (?:Bus Error|port contained|error reported)|^EEH: /.test(title);
/** drivers/nvme/host/pci.c nvme_error_detected(): nobody but the recovery of a PCIe error calls it. */
const isFrozen = ({ title }: Event): boolean => /^nvme: (?:frozen|failure) state error/.test(title);

const ofMemory = ({ title, details }: Event): boolean =>
  /^Machine check: /.test(title) && /memory controller|dram|\bumc\b|ecc/i.test(`${title} ${String(details?.errorName ?? '')}`);
const isUncorrected = ({ title }: Event): boolean => title.includes('uncorrected');

/** What a machine check was: the module, or where the kernel met its error. */
const isDecoded = ({ title }: Event): boolean => /^EDAC: |^\w+ hardware memory error in |^Memory failure: /.test(title);
const isStorm = ({ title }: Event): boolean => title === 'Storm of corrected machine checks';
const isCorrected = ({ title }: Event): boolean => /^(?:EDAC|Machine check): corrected /.test(title);

/** drivers/acpi/acpica: a region without a handler is reported as such, as a field of it, and as AE_NOT_EXIST of the method that touched it. */
const isRegion = ({ details }: Event): boolean => /^(?:No handler for Region|has no handler)/.test(String(details?.what));

const isSlab = ({ details }: Event): boolean => details?.what === 'slab';

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
    within: 10,
    test: (from, to) =>
      speaker(from) !== undefined && speaker(from) === speaker(to) && subjectOf(to) === undefined ? 'medium' : undefined,
    says: (to) => (to.severity === 'fatal' ? to.title : `more errors of ${to.title.split(':')[0]} followed`),
  },
  {
    name: 'error-then-stack',
    why: 'a driver or file system that finds something wrong dumps its stack behind the message (dump_stack())',
    unproven: 'that the stack was printed for that message: it has no heading',
    from: ['disk', 'hardware', 'netdev-watchdog'],
    to: ['warning'],
    within: 0.1,
    test: (from, to) => (to.title.startsWith('stack trace in ') && follows(from, to) ? rests('medium', { to: ['culprit'] }) : undefined),
    says: (to) => `it was found in ${culpritOf(to) ?? 'the code whose stack follows'}`,
  },
  {
    name: 'check-then-filesystem',
    why: 'a file system that gives up warns where it found why, and names the place again in its error (btrfs_abort_transaction())',
    from: ['warning'],
    to: ['filesystem-error'],
    within: 1,
    test: (from, to) =>
      isMessage(from, to)
        ? rests('high', { from: ['details.message'] })
        : isPlace(from, to)
          ? rests('high', { from: ['details.line'], to: ['details.line'] })
          : undefined,
    says(to, from) {
      if (isMessage(from, to)) return to.title;
      const { device, what, outcome } = to.details ?? {};
      const said = typeof what === 'string' ? ` ("${what}")` : '';
      return outcome === 'stopped' ? `the file system on ${String(device)} gave up${said}` : undefined;
    },
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
        : isNotice(from) !== isNotice(to) && [from, to].some(isDecoded) && follows(from, to)
          ? 'medium'
          : undefined,
    says: (to, from) => (isNotice(to) || isNotice(from) ? undefined : `the memory is ${/ on (\S+)$/.exec(to.title)?.[1] ?? 'not named'}`),
  },
  {
    name: 'machine-check-storm',
    why: 'corrected machine checks that come too fast are polled for, no longer reported one by one (arch/x86/kernel/cpu/mce/intel.c)',
    unproven: 'that the storm is of the error that was decoded: its line names at most the bank',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 60,
    test: (from, to) =>
      (isStorm(from) || isStorm(to)) && [from, to].every((event) => isStorm(event) || isNotice(event) || isCorrected(event))
        ? 'medium'
        : undefined,
    says: (to) => (isStorm(to) ? 'so many came that they are no longer reported one by one' : undefined),
  },
  {
    name: 'iommu-waits-for-device',
    why: 'an IOMMU that waits for a device to drop its translations stops, and says which device did not answer (drivers/iommu/amd)',
    unproven: 'that it waited for that device: the first line names none',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 5,
    test: (from, to) =>
      /^IOMMU: (?:Completion-Wait|Command buffer)/.test(from.title) && to.title.startsWith('IOMMU fault: ') && follows(from, to)
        ? rests('medium', { to: ['details.device'] })
        : undefined,
    says: (to) =>
      typeof to.details?.device === 'string'
        ? `${to.details.device} did not answer (${to.title.replace(/^IOMMU fault: /, '')})`
        : undefined,
  },
  {
    name: 'acpi-then-method',
    why: 'a method of the firmware that meets an error is aborted with its code',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 1,
    test: (from, to) =>
      !from.title.startsWith('ACPI error') || !to.title.startsWith('ACPI error') || !follows(from, to)
        ? undefined
        : from.details?.what === to.details?.what || (isRegion(from) && (isRegion(to) || to.details?.what === 'AE_NOT_EXIST'))
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
  {
    name: 'slab-check-warns',
    why: 'where the slab allocator finds an object corrupt it says so, and warns for the trace (mm/slub.c object_err(), since 6.15 and in stable releases before)',
    from: ['slab-corruption'],
    to: ['warning'],
    within: 1,
    test: (from, to) => (to.details?.file === 'mm/slub.c' && follows(from, to) ? rests('high', { to: ['details.file'] }) : undefined),
    says: (to) => (to.culprit?.symbol === undefined ? undefined : `it was found in ${functionText(to.culprit)}`),
  },
];
