import type { Event } from '../event/event.ts';
import { ownerOf } from './rules/locks.ts';

/** A semaphore names only who held it last. */
const isHeld = ({ details }: Event): boolean => details?.ownerIs !== 'last held';

/**
 * The hung tasks that wait in a circle, from the first of the incident on, by the owners that the kernel named (debug_show_blocker() of
 * kernel/hung_task.c); undefined where they do not close one.
 */
export function circleOf(events: readonly Event[]): readonly Event[] | undefined {
  const byPid = new Map(
    events.flatMap((event) => (event.kind === 'hung-task' && event.task && isHeld(event) ? [[event.task.pid, event] as const] : [])),
  );
  const [first] = events;
  const circle: Event[] = [];
  let at = byPid.get(first?.task?.pid);
  while (at !== undefined && circle.length < byPid.size) {
    circle.push(at);
    at = byPid.get(ownerOf(at));
    if (at?.task?.pid === first?.task?.pid) return circle;
  }
  return undefined;
}
