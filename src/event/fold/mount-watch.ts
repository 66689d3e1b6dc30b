import type { Mount } from '../hardware/filesystem/mount.ts';

/** Devices whose state is known; a machine of more forgets the first. */
const MAX_DEVICES = 1024;

/**
 * Tells where the story of a file system ends and another begins. What a mount finds wrong belongs to that mount, but ext4 and F2FS say
 * that they mount only when they have done so: their line is a new beginning only where the one before it was never unmounted in the
 * log (ext4 says so since 5.19, F2FS never).
 */
export class MountWatch {
  readonly #state = new Map<string, Mount['step']>();

  /** @returns whether what the device's file system reports from here on is another story */
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
