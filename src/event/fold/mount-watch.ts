import type { Mount } from '../hardware/filesystem/mount.ts';

/** At most so many devices are remembered; beyond that the oldest is forgotten. */
const MAX_DEVICES = 1024;

/**
 * Tells the mounts of a device apart. What a mount finds wrong belongs to that mount, but ext4 and F2FS say that they mount only once they
 * have done so. So their line begins a new mount only where the log has no unmount before it (ext4 prints one since 5.19, F2FS never).
 */
export class MountWatch {
  readonly #state = new Map<string, Mount['step']>();

  /** @returns whether what the device's file system reports from here on belongs to another mount */
  turns({ device, step }: Mount, boot: number): boolean {
    const key = `${boot}/${device}`;
    const before = this.#state.get(key);
    this.#state.delete(key);
    this.#state.set(key, step);
    const oldest = this.#state.size > MAX_DEVICES ? this.#state.keys().next().value : undefined;
    if (oldest !== undefined) this.#state.delete(oldest);
    return step !== 'stands' || before === 'stands';
  }
}
