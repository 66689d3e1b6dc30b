import { BootEnds } from '../../event/boot/reboot.ts';
import type { Event } from '../../event/event.ts';
import { Folder } from '../../event/fold/folder.ts';
import { MountWatch } from '../../event/fold/mount-watch.ts';
import type { LogNotes } from '../../record/log-notes.ts';
import type { Happening } from './happenings.ts';

/** Puts what happened together, which one thread alone can do: repeats become one event, boots end, ids are given. */
export class Story {
  readonly #folder = new Folder();
  readonly #ends = new BootEnds();
  readonly #mounts = new MountWatch();
  #count = 0;
  #unclaimed = 0;

  constructor(readonly notes: LogNotes | undefined) {}

  /** Stacks so far that belong to no event. */
  get unclaimed(): number {
    return this.#unclaimed;
  }

  /** @returns the events that are now complete */
  take(happenings: readonly Happening[]): Event[] {
    return happenings.length === 0 ? [] : this.#number(happenings.flatMap((happening) => this.#happened(happening)));
  }

  /** A growing log has paused. @returns the events that have nothing more to wait for */
  pause(): Event[] {
    return this.#number(this.#folder.pause());
  }

  /** The log ended. @returns the events that were still open */
  end(): Event[] {
    return this.#number(this.#folder.end());
  }

  #happened(happening: Happening): Event[] {
    switch (happening.what) {
      case 'event':
        this.#ends.happened(happening.event);
        return this.#folder.take(happening.event, happening.fold);
      case 'boot': {
        const { said, event } = happening;
        return this.#ends.unexpected(said) && event !== undefined ? this.#folder.take(event, undefined) : [];
      }
      case 'mount': {
        const { mount, boot, seq } = happening;
        // no event, but the end of the one that a file system's repeats are folded to
        if (!this.#mounts.turns(mount, boot)) return [];
        if (seq !== undefined) this.notes?.mounted(mount.device, seq);
        return this.#folder.mounted(mount.device, boot);
      }
      case 'suppressed':
        this.#folder.suppressed(happening.suppressed, happening.boot);
        return [];
      case 'unclaimed':
        this.#unclaimed++;
        return [];
    }
  }

  /** Ids go by order of what is given out: folded repeats have none. */
  #number(events: Event[]): Event[] {
    for (const event of events) event.id = `E${++this.#count}`;
    return events;
  }
}
