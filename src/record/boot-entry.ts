/**
 * Entries that a text reader adds to the dictionary of a record, where the container says what the kernel does not: the boot it
 * belongs to (journald's id, empty where only "another one" is known), and the host, where one file holds several. They are on the
 * first record of a boot or host only.
 */
export const BOOT_ENTRY = '_BOOT_ID=';
export const HOST_ENTRY = '_HOSTNAME=';

/** The value of an entry, or undefined. */
export function entryOf(dict: readonly string[] | undefined, name: string): string | undefined {
  return dict?.find((d) => d.startsWith(name))?.slice(name.length);
}
