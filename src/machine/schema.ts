import { z } from 'zod';
import type { Overview } from './overview/overview.ts';
import { memoryRow, ROWS, stuckRow, sysRow } from './row-schemas.ts';

/** The JSON Schema of what `inspect --format json` prints; nothing at run time loads this file. */

const slabHoles = z.strictObject({
  slabs: z.int(),
  headsMissing: z.int(),
  multiPage: z.int(),
  secondsMissing: z.int(),
  partial: z.boolean(),
  cause: z.string().optional().describe('What left them out, and the mend'),
});

const OVERVIEW: { readonly [K in keyof Required<Overview>]: z.ZodType } = {
  system: sysRow,
  panicStack: z.array(
    z.strictObject({
      symbol: z.string(),
      offset: z.int(),
      module: z.string().optional(),
      kind: z.string(),
      reliable: z.boolean(),
    }),
  ),
  agreement: z
    .strictObject({ agrees: z.boolean().optional(), frames: z.int().optional(), why: z.string().optional() })
    .optional()
    .describe('Whether the stack is the one that the log has'),
  stuck: z.array(stuckRow),
  memory: z.array(memoryRow),
  largest: z.array(z.strictObject({ pid: z.int(), comm: z.string(), rssKb: z.number() })),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean() })),
  slabHoles: slabHoles.optional(),
  recovered: z.array(z.strictObject({ from: z.string(), tasks: z.int() })).describe('Tasks that their list did not lead to'),
};

/** Rows of each part, the overview's too. @tested */
export const rowSchemas: Readonly<Record<string, z.ZodType>> = { overview: z.strictObject(OVERVIEW), ...ROWS };

export const inspectionSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    source: z.string(),
    release: z.string().optional(),
    tier: z
      .enum(['full', 'text-symbols', 'none'])
      .describe('What of the kernel is in the dump: symbols and types, symbols of functions, neither'),
    command: z.string().describe('The part, with its arguments'),
    rows: z.union(Object.entries(rowSchemas).map(([part, row]) => z.array(row).describe(part))),
    unknown: z.array(z.strictObject({ what: z.string(), reason: z.string() })),
    holes: z
      .strictObject({ dumpLevel: z.int().optional(), pagesLacking: z.int(), slabs: slabHoles.optional() })
      .optional()
      .describe('What of memory the dump does not have'),
  })
  .meta({ id: 'Inspection' });
