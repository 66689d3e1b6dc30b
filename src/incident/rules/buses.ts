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

/** The firmware's own log and the resets of an adapter, which has a name of its own and no number of a host. */
const isSasAdapter = ({ details }: Event): boolean => /^mpt[23]sas/.test(String(details?.device));

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
    name: 'sas-adapter-then-disk',
    why: 'the firmware of a SAS adapter logs why it ends or retries the commands that the SCSI midlayer then reports',
    unproven: 'that the disk is on that adapter: the driver counts its adapters by itself',
    from: ['block-error'],
    to: ['block-error'],
    within: 60,
    test: (from, to) =>
      isSasAdapter(from) && isUnit(to.details?.address)
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
