import { existsSync } from 'node:fs';
import type { InputFile } from './input-file.ts';

/** `DDRCS0_0.BIN@0x80000000`, as crash takes it; an address is hex with 0x, else decimal. */
const PIECE = /^(.+)@(0x[0-9a-f]{1,13}|\d{1,16})$/i;

/**
 * Pieces of one memory, each with the physical address at which it begins: `FILE@ADDRESS`, several with commas between.
 * @returns undefined where this is the name of a file, or is not written so
 */
export function memoryPieces(name: string): readonly InputFile[] | undefined {
  if (!name.includes('@') || existsSync(name)) return undefined;
  const pieces = name.split(',').map((part) => PIECE.exec(part));
  if (pieces.some((found) => found === null)) return undefined;
  return pieces.flatMap((found) => (found ? [{ name: found[1]!, at: Number(found[2]) }] : []));
}
