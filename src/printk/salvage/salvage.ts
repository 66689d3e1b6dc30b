import type { PrintkLog } from '../log.ts';
import type { Fragment } from './fragment.ts';
import { salvageLockless } from './lockless.ts';
import { salvageVariable } from './variable.ts';

/** What the buffers of a log hold besides its records, oldest first; those in flight last. Nothing of a character log: it is printed whole. */
export function salvage({ buffers }: PrintkLog): Fragment[] {
  const found = [...buffers.rings.flatMap(salvageLockless), ...(buffers.variable ? salvageVariable(buffers.variable) : [])];
  return [...found.filter(({ inFlight }) => !inFlight), ...found.filter(({ inFlight }) => inFlight)];
}
