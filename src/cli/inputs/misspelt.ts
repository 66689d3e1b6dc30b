import { existsSync } from 'node:fs';
import { UsageError } from '../exit.ts';
import { nearest } from '../nearest.ts';

/** A FILE that is not there and is spelt nearly as a command was meant as one. @throws UsageError that says so */
export function noMisspeltCommand([first]: readonly string[], commands: readonly string[]): void {
  if (first === undefined || first === '-' || existsSync(first)) return;
  const meant = nearest(first, commands);
  if (meant !== undefined) throw new UsageError(`${first}: no such file, and no command; did you mean ${meant}?`);
}
