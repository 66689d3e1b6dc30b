import { z } from 'zod';

/** `lastkmsg fleet QUESTION --json`. Nothing at run time loads this file. */
export const replySchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    question: z.string(),
    title: z.string().describe('How many inputs it rests on, or what it is about'),
    rows: z
      .array(z.record(z.string(), z.unknown()))
      .describe('A row each, as --format ndjson has them a line each; null is not known. Times are ISO 8601, shares of 1'),
    notes: z.array(z.string()).describe('What the numbers rest on and leave out'),
    more: z.int().optional().describe('Rows that are not told'),
  })
  .describe('An answer of the store of the fleet')
  .meta({ id: 'FleetReply' });
