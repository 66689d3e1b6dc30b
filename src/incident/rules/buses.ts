import type { Event } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import type { Rule } from '../rule.ts';
import { both, rests } from '../shared.ts';

const isUnit = (value: unknown): boolean => typeof value === 'string' && /^\d+:\d+:\d+:\d+$/.test(value);

/** A slot whose link went down, or a port that cut off what is below it. */
const isSlot = ({ title }: Event): boolean => /^PCIe (?:hotplug: (?:link down|card removed)|port contained by DPC)/.test(title);
/** What only a device says whose registers no longer answer: all ones, or the driver's own word for it. */
const leftBus = ({ title, details }: Event): boolean =>
  details?.csts === '0xffffffff' ||
  /^PCI device (?:inaccessible|not ready)/.test(title) ||
  (details?.outcome === 'gone' && (/^nvme\d+$/.test(String(details.device)) || /link lost|removed|fallen off the bus/i.test(title)));

const isUsb = ({ title }: Event): boolean => /^USB device /.test(title);
/** The disk of a USB device that does not come back. */
const isLostDisk = ({ details }: Event): boolean =>
  isUnit(details?.address) && (details?.outcome === 'gone' || details?.host === 'DID_NO_CONNECT');

/** An adapter of SAS or UFS, which has a name of its own and no number of a host. */
const isController = ({ title, details }: Event): boolean => /^mpt[23]sas/.test(String(details?.device)) || title.startsWith('UFS: ');

/** What hangs on a bus and fails with it: neither line names the other. */
export const BUS_RULES: readonly Rule[] = [
  {
    name: 'slot-then-device',
    why: 'a device whose slot lost its link, or whose port was cut off, reads as all ones, and its driver gives it up',
    unproven: 'that the device is in that slot: no line names both',
    from: ['hardware-error'],
    to: ['hardware-error', 'block-error'],
    within: 10,
    test: (from, to) =>
      isSlot(from) && !isSlot(to) && leftBus(to) ? rests('medium', { from: ['details.device'], to: ['details.device'] }) : undefined,
    says: (to) => `${typeof to.details?.device === 'string' ? to.details.device : 'a device'} was gone with it`,
  },
  {
    name: 'port-and-what-it-cut-off',
    why: 'a port that is contained names the function whose message it was (drivers/pci/pcie/dpc.c)',
    from: ['hardware-error'],
    to: ['hardware-error'],
    within: 300,
    test(from, to) {
      const source = (event: Event): unknown => (event.title.startsWith('PCIe port contained') ? event.details?.source : undefined);
      const named = (event: Event): unknown => event.details?.device ?? event.details?.address;
      if (typeof source(to) === 'string' && source(to) === named(from))
        return rests('high', { from: ['details.device'], to: ['details.source'] });
      return typeof source(from) === 'string' && source(from) === named(to)
        ? rests('high', { from: ['details.source'], to: ['details.device'] })
        : undefined;
    },
    says: (to) =>
      to.title.startsWith('PCIe port contained')
        ? `the port ${String(to.details?.device)} cut it off${to.details?.recovery === 'failed' ? ', and its recovery failed' : ''}`
        : `${to.title} followed`,
  },
  {
    name: 'usb-then-disk',
    why: 'the error handler of a USB disk resets the device, and where that does not come back the disk goes offline',
    unproven: 'that the disk is that USB device: one is named by its port, the other by its SCSI number',
    from: ['hardware-error', 'block-error'],
    to: ['hardware-error', 'block-error'],
    within: 60,
    test(from, to) {
      if (from.title.startsWith('UAS: ') && isUsb(to)) return rests('medium', { to: ['details.device'] });
      return isUsb(from) && isLostDisk(to) ? rests('medium', { from: ['details.device'], to: ['details.address'] }) : undefined;
    },
    says: (to) => (isUsb(to) ? `${to.title} followed` : `the disk ${String(to.details?.device ?? to.details?.address)} was gone`),
  },
  {
    name: 'controller-then-disk',
    why: 'a SAS adapter or UFS host controller logs why it ends or retries the commands that the SCSI midlayer then reports',
    unproven: 'that the disk is on that controller: its driver does not say the number of the host',
    from: ['block-error', 'hardware-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) =>
      isController(from) && isUnit(to.details?.address)
        ? rests('medium', { from: ['details.device'], to: ['details.address'] })
        : undefined,
    says: (to) => `${to.title} followed`,
  },
  {
    name: 'array-loses-members',
    why: 'an array without a member goes on until it loses one too many',
    unproven: 'that what it had lost was not put back in between',
    from: ['block-error'],
    to: ['block-error'],
    within: Number.POSITIVE_INFINITY,
    key: ({ kind, details }) =>
      isKindOf(kind, 'block-error') && /^md/.test(String(details?.device)) && /^(?:degraded|stopped)$/.test(String(details?.outcome))
        ? String(details?.device)
        : undefined,
    test: () => rests('medium', both('details.device')),
    says: (to) => (to.details?.outcome === 'degraded' ? `${String(to.details.device)} lost ${String(to.details.member)} too` : undefined),
  },
];
