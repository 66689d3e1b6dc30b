import { existsSync, readFileSync } from 'node:fs';
import { getRawAsset, isSea } from 'node:sea';

/**
 * A file that the build lays beside the bundle, or into the single executable.
 * @returns undefined where it runs from source, and the file is elsewhere
 */
export function beside(name: string): Uint8Array | undefined {
  if (isSea()) return new Uint8Array(getRawAsset(name) as ArrayBuffer);
  const file = new URL(`./${name}`, import.meta.url);
  return existsSync(file) ? readFileSync(file) : undefined;
}
