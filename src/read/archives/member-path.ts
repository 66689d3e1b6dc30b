/** Longest name that is shown. */
const MAX_NAME = 4096;

/**
 * A member's name as it is shown: without `./` and doubled slashes. Nothing is ever written to it.
 * @returns undefined where it leads out of the archive (`../`, from the root, by a drive) or is no name
 */
export function memberPath(name: string): string | undefined {
  if (name.length > MAX_NAME || name.includes('\0')) return undefined;
  const slashed = name.includes('/') ? name : name.replaceAll('\\', '/'); // zips of Windows
  if (slashed.startsWith('/') || /^[A-Za-z]:[/\\]/.test(slashed)) return undefined;
  const parts = slashed.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}
