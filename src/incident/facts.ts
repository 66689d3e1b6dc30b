import { diskOfNumber } from '../decode/device-number.ts';
import type { Event } from '../event/event.ts';
import { isKindOf } from '../event/kinds.ts';
import { panicReason } from './rules/panic-reasons.ts';
import { both, type Shared } from './shared.ts';

/** What panic() was called with. */
export const reasonOf = (event: Event): string => {
  const said = event.details?.reason;
  return typeof said === 'string' ? said : event.title.replace(/^kernel panic: /, '');
};

/** Of a module that has checks of its own, as ZFS and Lustre. */
export const isAssertion = ({ title }: Event): boolean => /^(?:ZFS assertion failed|LBUG)\b/.test(title);

/** mce_notify_irq() says no more than that there is something to read: the numbers have gone to EDAC or mcelog (arch/x86/kernel/cpu/mce/core.c). */
export const isNotice = ({ title }: Event): boolean => title === 'Machine check events logged';

/** What an incident's verdict begins with: the first event that says what happened. */
export const beginningOf = (events: readonly Event[]): Event | undefined => events.find((event) => !isNotice(event)) ?? events[0];

/** Memory ran short: a kill, a failed request, or a panic instead of a kill (panic_on_oom). */
export const isShortOfMemory = (event: Event): boolean =>
  event.oom !== undefined ||
  isKindOf(event.kind, 'oom') ||
  (event.kind === 'panic' && panicReason(reasonOf(event))?.policy === 'panic_on_oom');

/** The fields by which both are about one task: pid and name. Each CPU has an idle task of its own. */
export function sameTask(a: Event, b: Event): Shared | undefined {
  const [x, y] = [a.task, b.task];
  if (x?.pid === undefined || x.pid !== y?.pid) return undefined;
  if (x.pid === 0) return x.cpu !== undefined && x.cpu === y.cpu ? both('task.pid', 'task.cpu') : undefined;
  return x.comm === undefined || y.comm === undefined || x.comm === y.comm ? both('task.pid', 'task.comm') : undefined;
}

/** The victim of an OOM kill that has the pid, by its path. */
export function victimWith({ oom }: Event, pid: number | undefined): string | undefined {
  const at = pid === undefined ? -1 : (oom?.victims ?? []).findIndex((victim) => victim.pid === pid);
  return at < 0 ? undefined : `oom.victims.${at}`;
}

/** A value with the path of the field that says it. */
type Placed<T> = readonly [value: T, path: string];

/** CPUs that the event is about: the one that reported and those that a stall lists; each with the path of the field that says so. */
export function cpusOf({ task, details, stacks }: Event): Map<number, string> {
  const listed = details?.cpus;
  const cpus: Placed<unknown>[] = Array.isArray(listed)
    ? listed.map((cpu, i) => [cpu, `details.cpus.${i}`])
    : typeof listed === 'number'
      ? [[listed, 'details.cpus']]
      : [];
  const own: Placed<unknown>[] = [
    [task?.cpu, 'task.cpu'],
    [details?.cpu, 'details.cpu'],
    ...(stacks ?? []).map(({ cpu }, i) => [cpu, `stacks.${i}.cpu`] as const),
  ];
  const isNumber = (placed: Placed<unknown>): placed is Placed<number> => typeof placed[0] === 'number';
  return firstPaths((cpus.some(isNumber) ? cpus : own).filter(isNumber));
}

/** Each value with the path of the first field that says it. */
function firstPaths<T>(placed: readonly Placed<T>[]): Map<T, string> {
  const paths = new Map<T, string>();
  for (const [value, path] of placed) if (!paths.has(value)) paths.set(value, path);
  return paths;
}

/** The first value that both have, by the paths of the fields that say it. */
function firstShared<T>(a: ReadonlyMap<T, string>, b: ReadonlyMap<T, string>): Shared | undefined {
  for (const [value, path] of a) {
    const other = b.get(value);
    if (other !== undefined) return { from: [path], to: [other] };
  }
  return undefined;
}

export const sharesCpu = (a: Event, b: Event): Shared | undefined => firstShared(cpusOf(a), cpusOf(b));

/** Seconds since boot at which it began: a stall began before it was reported. */
export function began(event: Event): number | undefined {
  const seconds = event.details?.seconds;
  return event.uptime === undefined ? undefined : event.uptime - (typeof seconds === 'number' ? seconds : 0);
}

/** Seconds since boot of its last report, where repeats are folded. */
export function ended({ uptime, details }: Event): number | undefined {
  const last = details?.lastUptime;
  return typeof last === 'number' ? last : uptime;
}

/** Details that name a device; drivers and file systems are no devices. */
const DEVICE_KEYS = ['device', 'member', 'disk', 'dev', 'interface', 'port', 'pci', 'address', 'parent', 'sender', 'netdev', 'server'];

/** Names of the devices that an event is about, each with the path of the field that names it: `vda`, `0000:01:00.0`, `eth0`. */
export function namedDevices({ details }: Event): Map<string, string> {
  const names: Placed<string>[] = [];
  for (const key of DEVICE_KEYS) {
    const said = details?.[key];
    for (const name of Array.isArray(said) ? said : [said])
      if (typeof name === 'string' && name !== '') names.push([name.replace(/^\/dev\//, ''), `details.${key}`]);
  }
  return firstPaths(names);
}

/** Names of the devices that an event is about. */
export const devicesOf = (event: Event): Set<string> => new Set(namedDevices(event).keys());

/**
 * The disk that a partition or a journal lies on: `sda1` and `sda-8` on `sda`, `nvme0n1p2` on `nvme0n1`, `vda3` on `vda`. A mapped device (`dm-0`)
 * stands for itself: its name does not say what is below it.
 */
export function diskOf(device: string): string {
  const name = device.replace(/(?<=.[^m])-8$/, ''); // jbd2 names a journal after its inode, 8; dm-8 is a device
  const numbered = /^((?:nvme\d+n\d+|mmcblk\d+|loop\d+|nbd\d+|md\d+))p\d+$/.exec(name)?.[1];
  if (numbered !== undefined) return numbered;
  return /^((?:[shv]|xv|ub)d[a-z]+|dasd[a-z]+)\d+$/.exec(name)?.[1] ?? name;
}

/**
 * The card that a PCI function is on: `0000:09:00.2` and `09:00` are `0000:09:00`. On bus 0 each function of the chipset
 * is a device of its own. Undefined: no PCI function.
 */
function cardOf(device: string): string | undefined {
  const [, domain = '0000', bus, slot, fn = ''] = /^(?:([0-9a-f]{4,}):)?([0-9a-f]{2}):([0-9a-f]{2})(\.[0-7])?$/.exec(device) ?? [];
  return bus === undefined ? undefined : `${domain}:${bus}:${slot}${bus === '00' ? fn : ''}`;
}

/**
 * The part that can fail by itself: of an NVMe disk the controller (`nvme9n1p2` → `nvme9`), of a PCI function the card in its slot
 * (`0000:09:00.2` → `0000:09:00`). What sits on bus 0 is built into the chipset: its functions are parts of their own. A device by number
 * (`8:16`) is the disk of that number; the device mapper's own numbers are those of `dm-N`.
 */
function partOf(device: string, { details }: Event): string {
  const numbered = /^\d+:(\d+)$/.exec(device)?.[1];
  const name = diskOf(
    numbered === undefined ? device : (diskOfNumber(device) ?? (details?.target === undefined ? device : `dm-${numbered}`)),
  );
  // a hub names its port `usb1-port4` or `1-2-port4`, and what is plugged in there is `1-4`, `1-2.4`
  const [, bus, hub, plug] = /^(?:usb(\d+)|(\d+-[\d.]+))-port(\d+)$/.exec(name) ?? [];
  if (plug !== undefined) return bus === undefined ? `${hub}.${plug}` : `${bus}-${plug}`;
  const session = /^connection(\d+):\d+$/.exec(name)?.[1];
  if (session !== undefined) return `session${session}`;
  return /^(nvme\d+)(?:c\d+)?n\d+$/.exec(name)?.[1] ?? cardOf(name) ?? name;
}

/** The part that both are about: a partition counts as its disk, a function of a card as the card. */
export function sharesDevice(a: Event, b: Event): Shared | undefined {
  const parts = (event: Event): Map<string, string> =>
    firstPaths([...namedDevices(event)].map(([name, path]) => [partOf(name, event), path]));
  return firstShared(parts(a), parts(b));
}

/** The field of a device of the event that a text names as a word. */
export function namesDevice(text: string, event: Event): string | undefined {
  const words = new Set(text.split(/[\s()[\],;]+/).flatMap((word) => [word, diskOf(word.replace(/:$/, ''))]));
  return [...namedDevices(event)].find(([name]) => words.has(name) || words.has(diskOf(name)))?.[1];
}
