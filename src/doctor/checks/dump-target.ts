import { type Check, ok, unknown, warn } from '../check.ts';
import { memory } from '../facts.ts';
import type { Host } from '../host.ts';
import { dumpTarget } from '../target.ts';
import { size } from '../text.ts';

/** Bytes a second that a disk with platters takes, and one without: cautious, and said to be a guess. */
const SPEED = { rotating: 100 * 2 ** 20, solid: 400 * 2 ** 20 };

/** Is there room for a dump where dumps go, and how long will it take? */
export const DUMP_TARGET: Check = {
  id: 'dump-target',
  title: 'Where the dump goes',
  ask: (host) => {
    const target = dumpTarget(host);
    const from = [target.file];
    if (target.kind === 'network')
      return warn(`dumps go over the network: ${target.where}`, {
        why: 'Whether it answers after a crash was not tried; a local disk is surer.',
        from,
      });
    if (target.kind === 'device') return unknown(`dumps go to ${target.where}; its room was not looked at`, { from });
    const space = host.space(target.path);
    const total = memory(host);
    if (space === undefined || total === undefined)
      return unknown(`dumps go to ${target.path}; the room there is known only when the machine runs`, { from });
    // with the pages of processes and caches left out, and compressed, a dump is seldom more than a tenth of memory
    const usual = Math.max(total / 10, 2 ** 28);
    const room = `${size(space.freeBytes)} free in ${target.path}`;
    if (space.freeBytes < usual)
      return warn(`${room}: a dump of ${size(total)} of memory may need ${size(usual)}`, {
        why: 'A dump that finds no room is cut. lastkmsg reads a cut dump, as far as it goes.',
        type: [`du -xsh ${target.path}/*`],
        from,
      });
    return ok(`${room}${duration(host, space.device, usual)}`, { from });
  },
};

function duration(host: Host, device: string | undefined, bytes: number): string {
  // a partition has no queue of its own: its disk is the folder above
  const queues = device === undefined ? [] : [`/sys/dev/block/${device}/queue`, `/sys/dev/block/${device}/../queue`];
  const rotating = queues.map((queue) => host.text(`${queue}/rotational`)?.trim()).find(Boolean);
  if (rotating === undefined) return '';
  const seconds = bytes / (rotating === '1' ? SPEED.rotating : SPEED.solid);
  const time = seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  return `; a usual dump takes about ${time} to write (a guess)`;
}
