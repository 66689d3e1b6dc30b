import { z } from 'zod';

/** Addresses, registers, error codes: lower case, no leading zeros. */
export const hexSchema = z
  .string()
  .regex(/^0x(0|[1-9a-f][0-9a-f]*)$/)
  .describe('Lower-case hex without leading zeros');

/** A number of bytes; a hex string only where it does not fit 2^53 (symbol sizes of noreturn tails and arenas). */
export const sizeSchema = z.union([z.int(), hexSchema]);
